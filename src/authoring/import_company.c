// SPDX-License-Identifier: GPL-3.0-or-later
// The lines are those of a breath that is left to itself, which fit everywhere.
#include "import_company.h"

static struct node *company_line(struct session *session, const struct node *rest, struct text text)
{
    struct node *node = arena_alloc(&session->arena, sizeof *node);
    struct part *part = arena_alloc(&session->arena, sizeof *part);
    if (!node || !part)
        return NULL;
    *part = (struct part){PART_LITERAL, text, text};
    node->type = NODE_LINE;
    node->level = LEVEL_PRESENCE;
    node->place = rest->place;
    node->file = session->file;
    node->as.line.parts = part;
    node->as.line.part_count = 1;
    return node;
}

bool import_company_keep(struct session *session, struct node *rest, int count, size_t *next)
{
    const struct words *words = &session->words;
    struct node **tail = &rest->children;
    for (int i = 0; i < count; i++) {
        *tail = company_line(session, rest, words->filler[(*next)++ % words->filler_count]);
        if (!*tail)
            return false;
        tail = &(*tail)->next;
    }
    return true;
}
