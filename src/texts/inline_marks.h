// SPDX-License-Identifier: GPL-3.0-or-later
// Within a line: marks of Markdown go, links keep their words, directions in brackets are found.
#ifndef LOOSEN_INLINE_MARKS_H
#define LOOSEN_INLINE_MARKS_H

#include "diagnostic.h"
#include "pieces.h"

// Cut the text of one line into what is spoken and what is quiet. `line` and `column` are where it
// begins. A direction that is no pause, in square brackets, is left out and told as a warning.
void inline_marks_cut(struct pieces *pieces, struct text text, int line, int column,
                      struct diagnostics *list);

#endif
