// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks that are open at a line, from the outermost to the innermost: what @end closes, and
// what may not stand inside what.
#ifndef LOOSEN_BLOCK_STACK_H
#define LOOSEN_BLOCK_STACK_H

#include "directive.h"
#include "session_limits.h"

struct block {
    struct node *node;  // never NULL
    struct node **tail; // where the node's next sibling is hung in
    const char *name;   // of its directive
};

struct block_stack {
    struct block blocks[SESSION_NESTING_MAX];
    size_t depth;
    size_t too_deep;     // blocks open beyond SESSION_NESTING_MAX
    size_t excused_ends; // @end of blocks that were reported already: no news
};

bool block_stack_holds(const struct block_stack *stack, enum node_type type);

// Open a block at its directive's line; false beyond the limit, which is reported once.
bool block_stack_open(struct block_stack *stack, struct block block, const struct lexeme *lexeme,
                      struct diagnostics *list);

// What the @end on this line closes, valid until the next call; NULL when it closes nothing that is
// in the stack, which is reported unless it is known.
const struct block *block_stack_close(struct block_stack *stack, const struct lexeme *lexeme,
                                      struct diagnostics *list);

// At a section or the end of the file nothing may be open any more. `lines_lost`: an @end may have
// been among them, so nothing is reported.
void block_stack_close_all(struct block_stack *stack, bool lines_lost, struct diagnostics *list);

// Report when a block that is open forbids the directive of this line.
void block_stack_check(const struct block_stack *stack, const struct directive *directive,
                       const struct lexeme *lexeme, struct diagnostics *list);

#endif
