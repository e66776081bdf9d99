// SPDX-License-Identifier: GPL-3.0-or-later
// How a file gets its name: in one step, over nothing or over what may go, and so that it can be
// taken back.
#ifndef LOOSEN_FILE_PLACING_H
#define LOOSEN_FILE_PLACING_H

#include "error.h"
#include <stdbool.h>

enum { FILE_PLACING_TEMPORARY_MAX = 64 }; // bytes of a temporary name

enum placed { PLACED_NOT, PLACED_NEW, PLACED_OVER }; // over: the old file has the temporary name

struct file_placing {
    const char *path;                           // as given, borrowed
    const char *name;                           // its last component, in `path`
    bool replace;                               // a regular file at the name goes
    int folder;                                 // descriptor, owned
    int data;                                   // descriptor of the new file, owned
    enum placed placed;                         // what there would be to take back
    char temporary[FILE_PLACING_TEMPORARY_MAX]; // name in the folder; empty: the data have none
};

// Create the data of a new file for `path`, which is borrowed. Statuses are those of
// safe_file_open; file_placing_close must follow, also on failure.
enum status file_placing_open(struct file_placing *placing, const char *path, bool replace,
                              struct error *error);

// The path for messages: its last 300 bytes.
const char *file_placing_shown(const struct file_placing *placing);

// STATUS_BAD_ARGUMENT when what stands at the name now must stay; STATUS_IO.
enum status file_placing_check(const struct file_placing *placing, struct error *error);

// Give the name to the data, and sync the folder. Returns 0, or the errno of what failed.
int file_placing_place(struct file_placing *placing);

// What was placed stays; only a file that it replaced is still there, under its temporary name.
void file_placing_keep(struct file_placing *placing);

// Take back a name that was given and is not kept, remove the temporary one, and close all.
void file_placing_close(struct file_placing *placing);

#endif
