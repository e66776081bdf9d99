// SPDX-License-Identifier: GPL-3.0-or-later
// Signals that ask the program to stop, end or go on, as flags that loops look at.
#ifndef LOOSEN_INTERRUPT_H
#define LOOSEN_INTERRUPT_H

#include <stdbool.h>

// Catch INT, TERM and all others that end a process from outside (unless they are ignored, as HUP
// is under nohup), so that each ends it gently; ignore PIPE and XFSZ, so that a write fails with
// its reason instead. Once, at the start.
void interrupt_install(void);

// The signal that asked for an end, or 0.
int interrupt_signal(void);

// End as if that signal had asked for it.
void interrupt_end_by(int number);

// From now on Ctrl-Z (TSTP) is a request, too, instead of stopping the process on the spot.
void interrupt_catch_stop(void);

// True once after every such request.
bool interrupt_take_stop(void);

// Stop the process, as the signal does that was asked for; returns once it goes on (CONT), or at
// once where nobody could let it go on.
void interrupt_stop(void);

// True once after the process was let go on, by whomever it was stopped.
bool interrupt_take_continue(void);

#endif
