// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of a test's own, and what lies in it.
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include <stddef.h>

enum { SCRATCH_PATH_MAX = 512 };

struct scratch {
    char folder[SCRATCH_PATH_MAX]; // made below TMPDIR or /tmp
    char file[SCRATCH_PATH_MAX];   // "folder/out.wav", where exports go
};

void scratch_make(struct scratch *scratch);
void scratch_empty(const struct scratch *scratch); // all its files go
void scratch_remove(const struct scratch *scratch);

// Entries in a folder, hidden ones too.
size_t scratch_count(const char *folder);

// The whole file, malloc'ed; NULL with size 0 when there is none.
char *scratch_read(const char *path, size_t *size);
void scratch_write(const char *path, const char *text);

#endif
