// SPDX-License-Identifier: GPL-3.0-or-later
// The notice becomes a node like any other, so it is spoken, printed, and in every file's tags.
#include "notice_add.h"

#include "rule.h"

// Whether the session has a notice, or a touch or a movement, of which the rules ask for theirs.
static bool is_cared_for(const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        if (node->type == NODE_NOTICE || node->type == NODE_CONTACT || node->type == NODE_MOVE ||
            is_cared_for(node->children))
            return true;
    }
    return false;
}

enum status notice_add(struct session *session, const struct prose_needs *needs,
                       struct diagnostics *list)
{
    if ((!needs->touch && !needs->movement) || session->section_count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < session->section_count; i++)
        if (is_cared_for(session->sections[i].first))
            return STATUS_OK;
    struct section *section = &session->sections[0];
    struct node *node = arena_alloc(&session->arena, sizeof *node);
    if (!node)
        return STATUS_NO_MEMORY;
    *node = (struct node){.type = NODE_NOTICE,
                          .place = section->place,
                          .file = session->file,
                          .next = section->first};
    node->as.notice.kind = needs->touch ? TEXT("pressure") : TEXT("movement");
    section->first = node;
    session->notice = node->as.notice.kind;
    rule_report(list, RULE_NOTICE_ADDED, needs->touch ? needs->touch_place : needs->movement_place,
                needs->touch ? "touch, and no notice about pressure"
                             : "movement, and no notice about it");
    return STATUS_OK;
}
