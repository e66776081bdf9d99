// The controlling terminal: single keys without Enter, and the way back to what it was.
#ifndef LOOSEN_TERMINAL_H
#define LOOSEN_TERMINAL_H

#include <stdbool.h>

// Read keys one by one from the controlling terminal (also when stdin is a pipe): no echo, no line
// editing, Ctrl-C and Ctrl-Z keep their meaning. False when there is no terminal, or when the
// program runs in its background; keys are then not available. Crash signals (SEGV, ABRT, BUS, FPE,
// ILL) and exit() put the terminal back.
bool terminal_open(void);

// Whether keys can come: false before terminal_open and after the terminal went away.
bool terminal_is_open(void);

// Put the terminal back; safe at any time, also when it was not opened.
void terminal_close(void);

// Wait up to `timeout_ms` for bytes: returns how many were read into `bytes`, 0 at the timeout, on a
// signal, or when there is no terminal (it then sleeps the time).
int terminal_read(unsigned char *bytes, int capacity, int timeout_ms);

#endif
