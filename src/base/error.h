// SPDX-License-Identifier: GPL-3.0-or-later
// One error with its place, filled by the function that fails and printed only by src/app.
#ifndef LOOSEN_ERROR_H
#define LOOSEN_ERROR_H

#include "status.h"

struct error {
    enum status status;
    int line;       // 1-based, 0: no line
    int column;     // 1-based, in characters; 0: no column
    char file[256]; // as the user named it; empty: no file
    char text[512]; // one sentence, no newline, no full stop
};

// Fill `error` (which may be NULL) and return `status`, so that a failure is one statement:
// return error_set(error, STATUS_IO, "cannot write %s: %s", path, strerror(errno)).
// Text that does not fit is cut at a character boundary. Any thread; no allocation.
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The same, with a place in a file.
enum status error_set_at(struct error *error, enum status status, const char *file, int line,
                         int column, const char *format, ...) __attribute__((format(printf, 6, 7)));

// STATUS_NO_MEMORY with its standard text.
enum status error_no_memory(struct error *error);

#endif
