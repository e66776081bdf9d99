// SPDX-License-Identifier: GPL-3.0-or-later
// How a line is written, in every language: characters that the voice misreads, sentences too long
// for the ear. What it says is judged by style_check.h.
#ifndef LOOSEN_LINT_H
#define LOOSEN_LINT_H

#include "lexer.h"

struct lint_config {
    struct text language; // of the session; empty: not known
    bool notice;          // a line of a safety notice, whose sentences may be two words longer
};

// Judge one parsed line, reporting at most one finding of each kind.
void lint_line(const struct node *line, const struct lexeme *lexeme,
               const struct lint_config *config, struct diagnostics *list);

#endif
