// SPDX-License-Identifier: GPL-3.0-or-later
// A walk over the session that stops at notices only.
#include "notice_lines.h"

struct visitor {
    const struct utterances *utterances;
    void (*visit)(void *context, struct text shown);
    void *context;
};

static void visit_lines(const struct visitor *visitor, const struct node *notice)
{
    for (const struct node *line = notice->children; line; line = line->next) {
        int utterance = line->type == NODE_LINE
                            ? utterances_find(visitor->utterances, line, SIDE_NONE)
                            : UTTERANCE_NONE;
        if (utterance != UTTERANCE_NONE)
            visitor->visit(visitor->context, visitor->utterances->items[utterance].shown);
    }
}

// Notices may stand in blocks; nesting is bounded by SESSION_NESTING_MAX.
static void visit_notices(const struct visitor *visitor, const struct node *node)
{
    for (; node; node = node->next) {
        if (node->type == NODE_NOTICE)
            visit_lines(visitor, node);
        else
            visit_notices(visitor, node->children);
    }
}

void notice_lines_visit(const struct session *session, const struct utterances *utterances,
                        void (*visit)(void *context, struct text shown), void *context)
{
    struct visitor visitor = {utterances, visit, context};
    for (size_t i = 0; i < session->section_count; i++)
        visit_notices(&visitor, session->sections[i].first);
}
