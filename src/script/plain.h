// SPDX-License-Identifier: GPL-3.0-or-later
// A text without header and sections is a session too: src/texts makes a script of it, and here it
// gets what its author did not say.
#ifndef LOOSEN_PLAIN_H
#define LOOSEN_PLAIN_H

#include "diagnostic.h"
#include "session_model.h"

// True when `data` has no section and no header line.
bool plain_recognises(struct text data);

// Give a parsed plain session what its header would say: the notice that it speaks, and the length
// that it has by itself; say what would make it better.
void plain_complete(struct session *session, struct diagnostics *list);

#endif
