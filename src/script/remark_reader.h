// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the comments and blank lines of a script.
#ifndef LOOSEN_REMARK_READER_H
#define LOOSEN_REMARK_READER_H

#include "arena.h"
#include "remarks.h"
#include "status.h"

// Find them in `data`, a script (no plain text) that must live as long as they do; they are in
// `arena`. STATUS_NO_MEMORY.
enum status remark_reader_read(struct remarks *remarks, struct arena *arena, struct text data);

#endif
