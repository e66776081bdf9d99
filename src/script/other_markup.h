// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that begin as in other formats: headings, comments and frames of Markdown and its like, and
// header lines out of their place. Spoken they would be noise, and what was meant would be missing.
#ifndef LOOSEN_OTHER_MARKUP_H
#define LOOSEN_OTHER_MARKUP_H

#include "lexer.h"

// Report a spoken line that is such a one; false when it is none. `notice`: in a file of notices.
bool other_markup_report(const struct lexeme *lexeme, bool notice, struct diagnostics *list);

#endif
