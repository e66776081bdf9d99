// SPDX-License-Identifier: GPL-3.0-or-later
// By what a line of a script is more than its words. The lexer reads them.
#ifndef LOOSEN_LINE_MARKS_H
#define LOOSEN_LINE_MARKS_H

#include "text.h"

// Whether the words of a line begin with such a mark, so that a script has a \ before them.
bool line_marks_begin(struct text words);

#endif
