// SPDX-License-Identifier: GPL-3.0-or-later
// A way out for text that never waits for its reader: a terminal that stands still (Ctrl-S, a slow
// line) or a pipe that nobody empties holds up neither keys nor sound. What doesn't fit is dropped.
#ifndef LOOSEN_NONBLOCKING_WRITER_H
#define LOOSEN_NONBLOCKING_WRITER_H

#include "buffer.h"

struct nonblocking_writer {
    int fd; // -1: closed or broken
    bool owned;
    struct buffer waiting; // not written yet
    size_t written;        // bytes of it that were
};

// To `fd`, which stays open. A terminal or pipe is opened once more for it, so that whoever shares
// `fd` does not get it in non-blocking mode. Regular files and sockets are written as they are.
void nonblocking_writer_open(struct nonblocking_writer *writer, int fd);

// To `fd`, which is non-blocking already and stays the caller's.
void nonblocking_writer_borrow(struct nonblocking_writer *writer, int fd);

// Text to be written whole or, when 64 KiB are waiting already, not at all; then write what goes. A
// reader that has gone is no error: nothing is written any more.
void nonblocking_writer_add(struct nonblocking_writer *writer, struct text text);

// Write what goes. True when nothing is waiting.
bool nonblocking_writer_flush(struct nonblocking_writer *writer);

// Give the reader up to `wait_ms` to take the rest, and close.
void nonblocking_writer_close(struct nonblocking_writer *writer, int wait_ms);

#endif
