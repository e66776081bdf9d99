// SPDX-License-Identifier: GPL-3.0-or-later
// A text as somebody has it, written as a script to go on from.
#ifndef LOOSEN_IMPORT_H
#define LOOSEN_IMPORT_H

#include "diagnostic.h"
#include "error.h"
#include "session_model.h"
#include "session_source.h"

struct import_config {
    const struct session_source *source; // of the language
    bool blocks; // make @contact and @move of what is clearly one; else lines stay lines
};

// Add the script of a plain session to `out`: its notice, its sections, the pauses of its author,
// its timed touches and movements, quiet that a script of its length should have, and a range that
// it fills. `session` is changed. What `list` tells of its text, and what was made of it, stands in
// comments above it. STATUS_BAD_INPUT: the script would break a rule that the text does not.
enum status import_print(struct buffer *out, struct session *session,
                         const struct import_config *config, const struct diagnostics *list,
                         struct error *error);

#endif
