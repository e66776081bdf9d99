// SPDX-License-Identifier: GPL-3.0-or-later
// A text as somebody has it, written as a script to go on from.
#ifndef LOOSEN_IMPORT_H
#define LOOSEN_IMPORT_H

#include "diagnostic.h"
#include "error.h"
#include "session_model.h"

// Add the script of a plain session to `out`: its notice, its sections, the pauses of its author,
// quiet that a script of its length should have, and a range that it fills. `session` is changed.
// What `list` tells of its text stands in comments above it.
enum status import_print(struct buffer *out, struct session *session,
                         const struct diagnostics *list, struct error *error);

#endif
