// SPDX-License-Identifier: GPL-3.0-or-later
// The shared safety notices of a language, scripts/LANG/notices: one file, so that no script can
// water them down.
#ifndef LOOSEN_NOTICES_H
#define LOOSEN_NOTICES_H

#include "diagnostic.h"
#include "session_model.h"
#include "status.h"

// Parse `data` (which must live as long as `arena`): sections named by kind, holding spoken lines
// and pauses. *notices is a session of which only the sections are filled. Faults go to `list`;
// STATUS_NO_MEMORY.
enum status notices_parse(struct session *notices, struct arena *arena, struct text data,
                          struct diagnostics *list);

// Copy the lines of its kind into every @notice of the session. STATUS_NO_MEMORY.
enum status notices_copy(struct session *session, const struct session *notices);

#endif
