// SPDX-License-Identifier: GPL-3.0-or-later
// The place of a line in another version of its script.
#ifndef LOOSEN_SAME_LINE_H
#define LOOSEN_SAME_LINE_H

#include "error.h"
#include "session_model.h"

// Where the line that begins at `line` (1-based) of `before` is in `after`: the line of `*found`
// says the same, and of several it is the nearest; of one that was changed it is the first behind
// the line above it. STATUS_NO_MEMORY.
enum status same_line_find(int *found, const struct session *before, int line,
                           const struct session *after, struct error *error);

#endif
