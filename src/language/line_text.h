// SPDX-License-Identifier: GPL-3.0-or-later
// What a line says, before its length and sides are chosen, and where that stands in its file.
#ifndef LOOSEN_LINE_TEXT_H
#define LOOSEN_LINE_TEXT_H

#include "session_model.h"

// What the part says: a placeholder stands as one of the things that it may become.
struct text line_text_said(const struct part *part, const struct words *words);

// The place of `at`, which lies in a line of the session's file, `data`; the line is at `said`. In
// a session that is made of a text it is `said` itself: the words may stand elsewhere in the text.
struct place line_text_place(const struct session *session, struct text data, struct place said,
                             const char *at);

#endif
