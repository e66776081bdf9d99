// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of every window of a file that was written, so that all that is ever read back can
// be compared with it, and hashed on the way for whoever asks.
#ifndef LOOSEN_FILE_MARKS_H
#define LOOSEN_FILE_MARKS_H

#include "status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FILE_WINDOW_BYTES = 256 * 1024, // aligned writes of this size cost a sixth of those of 32 KiB
    FILE_WINDOW_WORDS = FILE_WINDOW_BYTES / sizeof(uint64_t)
};

struct digest;
struct file_mark;

// All zeros at the start.
struct file_marks {
    struct file_mark *marks; // [count], owned
    int64_t count;
    struct digest *digest; // of what is read back, borrowed; NULL: nobody asked for it
    int64_t digested;      // windows that it has
};

void file_marks_deinit(struct file_marks *marks);

// Room for what is known of window `number`; the functions below take only windows with room.
// STATUS_NO_MEMORY.
enum status file_marks_reserve(struct file_marks *marks, int64_t number);

// The window now holds `words` [FILE_WINDOW_WORDS], zeros behind the file's end among them.
void file_marks_write(struct file_marks *marks, int64_t number, const uint64_t *words);

// Whether the window was written; else it is a gap of zeros.
bool file_marks_is_written(const struct file_marks *marks, int64_t number);

// The window was read back as `words`, of which the file has `size` bytes. If it is the next of the
// digest it is added there. False when it is not what was written.
bool file_marks_compare(struct file_marks *marks, int64_t number, const uint64_t *words,
                        size_t size);

// Whether the window (of any number) is still to be read back, for the comparison or the digest.
bool file_marks_is_due(const struct file_marks *marks, int64_t number);

// All windows are to be read back again: the file was brought to the disk.
void file_marks_reset(struct file_marks *marks);

// From now on windows are added to `digest`, from the file's first on; NULL: to none.
void file_marks_set_digest(struct file_marks *marks, struct digest *digest);

#endif
