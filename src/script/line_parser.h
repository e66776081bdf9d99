// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one spoken line: its text, placeholders and tags.
#ifndef LOOSEN_LINE_PARSER_H
#define LOOSEN_LINE_PARSER_H

#include "arena.h"
#include "lexer.h"
#include "status.h"

struct line_parser_context {
    struct arena *arena;
    struct diagnostics *list;
    bool sides; // inside @sides, where {side} and {other} mean something
};

// Fill node->as.line.parts and the tags from the lexeme's content (views into it, tables in the
// arena). Faults are reported and left out; STATUS_NO_MEMORY.
enum status line_parser_parse(struct node *node, const struct lexeme *lexeme,
                              const struct line_parser_context *context);

#endif
