// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the marks before a line or directive (+ first: paced: out:) may stand where they stand.
#ifndef LOOSEN_MARK_CHECK_H
#define LOOSEN_MARK_CHECK_H

#include "lexer.h"

// Where a line stands.
struct mark_scope {
    bool sides;   // inside @sides
    bool body;    // inside @contact or @move
    bool notices; // in the notices of a language
};

// Report each mark that means nothing before this line.
void mark_check_line(const struct lexeme *lexeme, const struct mark_scope *scope,
                     struct diagnostics *list);

// The same of a directive; `optional`: a level mark may stand before it.
void mark_check_directive(const struct lexeme *lexeme, bool optional, struct diagnostics *list);

#endif
