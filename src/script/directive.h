// SPDX-License-Identifier: GPL-3.0-or-later
// The directives: one table row each says its arguments, whether it opens a block, and what may be
// inside of what.
#ifndef LOOSEN_DIRECTIVE_H
#define LOOSEN_DIRECTIVE_H

#include "cursor.h"

struct directive {
    const char *name;
    const char *usage;                                       // for hints
    enum node_type type;                                     // meaningless for "end"
    bool block;                                              // open until @end
    bool optional;                                           // a level mark may stand before it
    bool (*parse)(struct node *node, struct cursor *cursor); // reports; false: arguments are lost
};

// The row of `name`, or NULL.
const struct directive *directive_find(struct text name);

// The row that `name` is probably a misspelling of ("rset", "endrepeat"), or NULL.
const struct directive *directive_nearest(struct text name);

bool directive_is_end(const struct directive *directive);

// NULL when a node of type `inner` may stand inside a block of type `outer` (at any depth), or why
// it may not.
const char *directive_forbidden(enum node_type outer, enum node_type inner);

#endif
