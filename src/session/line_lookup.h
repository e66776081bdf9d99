// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a script by their number.
#ifndef LOOSEN_LINE_LOOKUP_H
#define LOOSEN_LINE_LOOKUP_H

#include "error.h"
#include "session_model.h"

enum { LINE_LOOKUP_MOST = 1000000 }; // no script has as many lines

struct found_line {
    const struct node *node;  // NODE_LINE
    const struct node *sides; // the @sides block around it; NULL: none
    int section;
};

// The spoken line that begins at `line` (1-based) of the script itself, not of its notices.
// STATUS_BAD_ARGUMENT, at that place of the file, names the nearest.
enum status line_lookup(struct found_line *found, const struct session *session, int line,
                        struct error *error);

#endif
