// SPDX-License-Identifier: GPL-3.0-or-later
// What can be asked of a session without its text.
#include "session_model.h"

void session_free(struct session *session)
{
    if (!session)
        return;
    arena_free(&session->arena);
    *session = (struct session){.arena = ARENA_INIT};
}

static bool any_free(const struct node *list)
{
    for (const struct node *node = list; node; node = node->next) {
        bool breathe = node->type == NODE_BREATHE;
        if ((breathe && node->as.breathe.pattern.type == PATTERN_NATURAL) ||
            any_free(node->children))
            return true;
    }
    return false;
}

bool session_keeps_company(const struct session *session)
{
    if (session->plain)
        return true;
    for (size_t i = 0; i < session->section_count; i++)
        if (any_free(session->sections[i].first))
            return true;
    return false;
}
