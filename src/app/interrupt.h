// Signals that ask the program to stop, as a flag that loops look at.
#ifndef LOOSEN_INTERRUPT_H
#define LOOSEN_INTERRUPT_H

// Catch INT, TERM and HUP; ignore PIPE and XFSZ, so that a write fails with its reason instead. Once, at
// the start.
void interrupt_install(void);

// The signal that came, or 0.
int interrupt_signal(void);

#endif
