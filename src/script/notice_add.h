// SPDX-License-Identifier: GPL-3.0-or-later
// Who is told to touch or move hears the safety notice first, also where the script forgets it.
#ifndef LOOSEN_NOTICE_ADD_H
#define LOOSEN_NOTICE_ADD_H

#include "diagnostic.h"
#include "prose_needs.h"
#include "session_model.h"
#include "status.h"

// Put the notice that the session's words need in front of all that it says, unless it speaks one,
// or directives touch or move, for which rules.h asks for one. Tells so in `list`.
// STATUS_NO_MEMORY.
enum status notice_add(struct session *session, const struct prose_needs *needs,
                       struct diagnostics *list);

#endif
