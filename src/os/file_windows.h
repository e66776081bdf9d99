// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of one file on their way to the disk and back: two windows of it are in memory, and
// what is complete is written behind while the rest is still made.
//
// The first failure is remembered: every later operation fails.
#ifndef LOOSEN_FILE_WINDOWS_H
#define LOOSEN_FILE_WINDOWS_H

#include "file_marks.h"

// A window in memory. What lies beyond the end of the file is zero.
struct file_window {
    int64_t number; // its place in the file, in windows; -1: none
    bool dirty;     // not yet given to the system
    union {
        uint64_t words[FILE_WINDOW_WORDS];
        char bytes[FILE_WINDOW_BYTES];
    };
};

// Half a megabyte: not for the stack.
struct file_windows {
    int data; // descriptor, borrowed
    int64_t position;
    int64_t size;             // with what waits in memory
    int cause;                // errno of the first failure, 0: none; EBADMSG: other bytes came back
    const char *failed;       // what could not be done, for the message
    struct file_marks marks;  // what was written
    struct file_window first; // number 0, where formats correct their headers at the end
    struct file_window moving; // another
};

// Begin an empty file. `windows` is all zeros.
void file_windows_init(struct file_windows *windows, int data);
void file_windows_deinit(struct file_windows *windows);

// Remember that "cannot WHAT" (a constant) happened, for the reason errno says, if it is the first.
void file_windows_fail(struct file_windows *windows, const char *what, int cause);

// See the functions of safe_file.h, which these do the work of.
int64_t file_windows_write(struct file_windows *windows, const void *data, int64_t size);
int64_t file_windows_read(struct file_windows *windows, void *data, int64_t size);
void file_windows_seek(struct file_windows *windows, int64_t position);
void file_windows_sync(struct file_windows *windows);
void file_windows_verify(struct file_windows *windows);

#endif
