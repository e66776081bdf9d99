// SPDX-License-Identifier: GPL-3.0-or-later
// An @end that is missing or one too many is told once, at the place where somebody would look.
#include "block_stack.h"

bool block_stack_holds(const struct block_stack *stack, enum node_type type)
{
    for (size_t i = 0; i < stack->depth; i++)
        if (stack->blocks[i].node->type == type)
            return true;
    return false;
}

bool block_stack_open(struct block_stack *stack, struct block block, const struct lexeme *lexeme,
                      struct diagnostics *list)
{
    if (stack->depth < SESSION_NESTING_MAX) {
        stack->blocks[stack->depth++] = block;
        return true;
    }
    if (stack->too_deep++ == 0)
        lexeme_report(list, lexeme, lexeme->content.data - 1, "nesting-limit",
                      "more than " LIMIT_TEXT(LIMIT_NESTING) " blocks inside each other",
                      "take some of them apart");
    return false;
}

const struct block *block_stack_close(struct block_stack *stack, const struct lexeme *lexeme,
                                      struct diagnostics *list)
{
    if (stack->too_deep > 0)
        stack->too_deep--;
    else if (stack->depth > 0)
        return &stack->blocks[--stack->depth];
    else if (stack->excused_ends > 0)
        stack->excused_ends--;
    else
        lexeme_report(list, lexeme, lexeme->content.data - 1, "stray-end",
                      "this @end closes nothing",
                      "delete it, or write the line that opens its block");
    return NULL;
}

void block_stack_close_all(struct block_stack *stack, bool lines_lost, struct diagnostics *list)
{
    stack->excused_ends = stack->depth;
    while (stack->depth > 0) {
        const struct block *block = &stack->blocks[--stack->depth];
        if (lines_lost)
            continue;
        struct place place = block->node->place;
        diagnostics_add(list, SEVERITY_ERROR, "open-block", place.line, place.column,
                        "@%s is not closed within its section", block->name);
        diagnostics_hint(list, "write @end where it is over");
    }
    stack->too_deep = 0;
}

void block_stack_check(const struct block_stack *stack, const struct directive *directive,
                       const struct lexeme *lexeme, struct diagnostics *list)
{
    for (size_t i = stack->depth; i-- > 0;) {
        const struct block *block = &stack->blocks[i];
        const char *why = directive_forbidden(block->node->type, directive->type);
        if (!why)
            continue;
        struct place place = lexeme_place(lexeme, lexeme->content.data - 1);
        diagnostics_add(list, SEVERITY_ERROR, "nesting", place.line, place.column,
                        "@%s inside @%s: %s", directive->name, block->name, why);
        diagnostics_hint(list, "close @%s (line %d) with @end first", block->name,
                         block->node->place.line);
        return;
    }
}
