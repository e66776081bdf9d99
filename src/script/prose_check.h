// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a session says is judged by the rules of body work, whatever its directives say.
#ifndef LOOSEN_PROSE_CHECK_H
#define LOOSEN_PROSE_CHECK_H

#include "dangers.h"
#include "diagnostic.h"
#include "prose_needs.h"
#include "session_model.h"

// Judge the sentences of the session, whose lines stand in `data`; faults go to `list`. False when
// out of memory. The time is linear in the text.
bool prose_check(const struct session *session, struct text data, const struct dangers *dangers,
                 struct diagnostics *list, struct prose_needs *needs);

#endif
