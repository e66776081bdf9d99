// SPDX-License-Identifier: GPL-3.0-or-later
// One walk finds the line and, on the way, the one nearest to it.
#include "line_lookup.h"

#include <stdio.h>

struct search {
    const struct session *session;
    int line;
    int section;              // that is walked
    int nearest;              // line number; 0: none yet
    struct found_line *found; // node NULL: not yet
};

static int apart(int a, int b)
{
    return a < b ? b - a : a - b;
}

static void look_at(struct search *search, const struct node *node, const struct node *sides)
{
    const int line = node->place.line;
    if (!text_equal(node->file, search->session->file))
        return; // of a notice: its numbers are those of another file
    if (line == search->line && !search->found->node)
        *search->found = (struct found_line){node, sides, search->section};
    if (search->nearest == 0 || apart(line, search->line) < apart(search->nearest, search->line))
        search->nearest = line;
}

// Nesting is bounded by SESSION_NESTING_MAX.
static void walk(struct search *search, const struct node *list, const struct node *sides)
{
    for (const struct node *node = list; node; node = node->next) {
        if (node->type == NODE_LINE)
            look_at(search, node, sides);
        walk(search, node->children, node->type == NODE_SIDES ? node : sides);
    }
}

enum status line_lookup(struct found_line *found, const struct session *session, int line,
                        struct error *error)
{
    char file[4096];
    *found = (struct found_line){.node = NULL};
    struct search search = {.session = session, .line = line, .found = found};
    for (size_t i = 0; i < session->section_count; i++) {
        search.section = (int)i;
        walk(&search, session->sections[i].first, NULL);
    }
    if (found->node)
        return STATUS_OK;
    snprintf(file, sizeof file, "%.*s", TEXT_ARG(session->file));
    return error_set_at(error, STATUS_BAD_ARGUMENT, file, line, 1,
                        "no spoken line begins here; the nearest is line %d", search.nearest);
}
