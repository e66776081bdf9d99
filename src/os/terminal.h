// SPDX-License-Identifier: GPL-3.0-or-later
// The controlling terminal: single keys without Enter, a screen of its own, and the way back to
// what it was.
#ifndef LOOSEN_TERMINAL_H
#define LOOSEN_TERMINAL_H

#include <stdbool.h>

// Read keys one by one from the controlling terminal (also when stdin is a pipe): no echo, no line
// editing, Ctrl-C and Ctrl-Z keep their meaning. False when there is no terminal, or when the
// program runs in its background; keys are then not available. Crash signals (SEGV, ABRT, BUS, FPE,
// ILL) and exit() put the terminal back. May be opened again after terminal_close.
bool terminal_open(void);

// Whether keys can come: false before terminal_open and after the terminal went away.
bool terminal_is_open(void);

// Whether the terminal is open and we are in its foreground: what is drawn in the background lands
// in another program's screen.
bool terminal_is_ours(void);

// Put the terminal back, its screen and cursor included; safe at any time, also when it was not
// opened. Output that the user held with Ctrl-S goes on. In the background, where the terminal is
// another program's, it is left alone.
void terminal_close(void);

// Wait up to `timeout_ms` for bytes: returns how many were read into `bytes`, 0 at the timeout, on
// a signal, or when there is no terminal (it then sleeps the time).
int terminal_read(unsigned char *bytes, int capacity, int timeout_ms);

// Take the whole screen (the alternate one, so that what was on it comes back) and hide the cursor.
// Returns a non-blocking descriptor to write to, the terminal's own; -1 when it is not open.
int terminal_take_screen(void);

// Its present size; 24 rows of 80 columns when it doesn't know.
void terminal_size(int *rows, int *columns);

// Whether a line on `fd` can be written over: it is a terminal, not a dumb one, and not another
// program's while we are in its background.
bool terminal_can_rewrite(int fd);

// How wide `fd` is at present; 80 when it doesn't know.
int terminal_columns(int fd);

// Whether the kind of terminal (TERM) is unknown or shows plain text only.
bool terminal_is_dumb(void);

// Whether `fd` is the controlling terminal, with us in its foreground.
bool terminal_is(int fd);

#endif
