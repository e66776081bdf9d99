// SPDX-License-Identifier: GPL-3.0-or-later
// A text file without header and sections is a session too: its first line is the title, the others
// are spoken, and quiet stands between its paragraphs.
#ifndef LOOSEN_PLAIN_H
#define LOOSEN_PLAIN_H

#include "diagnostic.h"
#include "session_model.h"

// True when `data` has no section and no header line.
bool plain_recognises(struct text data, size_t *section_count);

// Give a parsed plain session what its header would say: the notice that it speaks, and the length
// range that its text can fill; say what would make it better. The lines are in section 0, ended by
// a @rest.
void plain_complete(struct session *session, struct diagnostics *list);

// The quiet between paragraphs and at the end, so that every length up to the longest is filled.
struct range plain_rest(void);

#endif
