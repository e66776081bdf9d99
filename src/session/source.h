// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a text file of the session language as a whole.
#ifndef LOOSEN_SOURCE_H
#define LOOSEN_SOURCE_H

#include "arena.h"
#include "error.h"

// Read the regular file at `path`, at most SESSION_FILE_MAX bytes, into `arena`. STATUS_NOT_FOUND,
// STATUS_IO, STATUS_BAD_INPUT (too large, or no regular file) or STATUS_NO_MEMORY with `error` set.
enum status source_read(struct text *data, struct arena *arena, const char *path,
                        struct error *error);

#endif
