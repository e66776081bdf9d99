// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session comes from, and what a user is told of one that is a file of their own.
#ifndef LOOSEN_SESSION_ORIGIN_H
#define LOOSEN_SESSION_ORIGIN_H

#include "diagnostic.h"
#include "session_model.h"

struct session_origin {
    bool own;        // a file that the user named, not a session that is shipped
    size_t warnings; // of its lines, at any length; not the one that says what a plain text is
};

void session_origin_init(struct session_origin *origin, bool own, const struct diagnostics *list);

// "notes.txt: 3 warnings; loosen check notes.txt shows them", on stderr; nothing when there are
// none, or the session is no file of the user's own.
void session_origin_tell(const struct session_origin *origin, const struct session *session);

#endif
