// SPDX-License-Identifier: GPL-3.0-or-later
// By sections, each entry with its reason.
#include "left_out_print.h"

#include "session_limits.h"
#include "utterances.h"

static const char *reason_text(enum left_reason reason)
{
    switch (reason) {
    case LEFT_NO_ROOM:
        return "no room";
    case LEFT_CONTACT_BUDGET:
        return LIMIT_TEXT(LIMIT_SIDE_MINUTES) " min of pressure a side is the most";
    case LEFT_BLOCK_LIMIT:
        return "its block is at its limit";
    case LEFT_BOUT_LIMIT:
        return LIMIT_TEXT(LIMIT_BOUT_MINUTES) " min of paced breathing at a time is the most";
    case LEFT_SPACING:
        return "no rest is long enough";
    }
    return "";
}

// The words of a line as it would be said outside or on the first side.
static void add_line_text(struct buffer *text, const struct node *line,
                          const struct utterances *utterances)
{
    for (int side = 0; side < SIDE_COUNT; side++) {
        int utterance = utterances_find(utterances, line, (enum side)side);
        if (utterance == UTTERANCE_NONE)
            continue;
        buffer_add_byte(text, '"');
        buffer_add_visible(text, utterances->items[utterance].shown);
        buffer_add_byte(text, '"');
        return;
    }
}

static void add_more_breaths(struct buffer *text, int count)
{
    buffer_printf(text, "%d more breath%s of ", count, count == 1 ? "" : "s");
}

static void add_left_text(struct buffer *text, const struct left_out *left,
                          const struct utterances *utterances)
{
    const struct node *node = left->node;
    switch (node->type) {
    case NODE_LINE:
        add_line_text(text, node, utterances);
        return;
    case NODE_BREATHE:
        add_more_breaths(text, left->count);
        buffer_add_visible(text, node->as.breathe.pattern.name);
        return;
    case NODE_REPEAT:
        buffer_printf(text, "%d more round%s", left->count, left->count == 1 ? "" : "s");
        return;
    case NODE_CONTACT:
        if (left->kept)
            add_more_breaths(text, left->count);
        buffer_add_c(text, "touch: ");
        buffer_add_visible(text, node->as.contact.region);
        return;
    case NODE_MOVE:
        if (left->kept)
            add_more_breaths(text, left->count);
        buffer_add_c(text, "movement: ");
        buffer_add_visible(text, node->as.move.name);
        return;
    case NODE_SIDES:
        buffer_add_c(text, "both sides");
        for (const struct node *child = node->children; child; child = child->next)
            if (child->type == NODE_CONTACT || child->type == NODE_MOVE) {
                buffer_add_c(text, ": ");
                buffer_add_visible(text, child->type == NODE_CONTACT ? child->as.contact.region
                                                                     : child->as.move.name);
                return;
            }
        return;
    case NODE_NOTICE:
        buffer_add_c(text, "a notice");
        return;
    case NODE_CHIME:
        buffer_add_c(text, "a chime");
        return;
    case NODE_SCENE:
        buffer_add_c(text, "scene ");
        buffer_add_visible(text, node->as.scene.name);
        return;
    case NODE_REST:
    case NODE_PAUSE:
        return;
    }
}

static void print_left_entry(struct table_page *page, const struct left_out *left,
                             const struct utterances *utterances)
{
    struct buffer text = BUFFER_INIT;
    add_left_text(&text, left, utterances);
    buffer_printf(&text, " (%s)", reason_text(left->reason));
    table_page_spaces(page, 4);
    page->out->failed |= text.failed;
    table_page_words(page, buffer_text(&text), 4);
    buffer_free(&text);
    table_page_end_line(page);
}

// Rests are only counted: they belong to the lines around them.
static void print_left_section(struct table_page *page, const struct timeline *timeline,
                               int section, const struct utterances *utterances)
{
    size_t entries = 0;
    size_t rests = 0;
    for (size_t i = 0; i < timeline->left_count; i++) {
        const struct left_out *left = &timeline->left_out[i];
        if (left->section != section)
            continue;
        if (entries++ == 0) {
            table_page_spaces(page, 2);
            table_page_words(page, timeline->session->sections[section].name, 2);
            table_page_end_line(page);
        }
        if (left->node->type == NODE_REST)
            rests++;
        else
            print_left_entry(page, left, utterances);
    }
    if (rests == 0)
        return;
    buffer_printf(page->out, "    %d rest%s (no room)", (int)rests, rests == 1 ? "" : "s");
    table_page_end_line(page);
}

void left_out_print(struct table_page *page, const struct timeline *timeline,
                    const struct utterances *utterances)
{
    table_page_plain(page, timeline->left_count ? "Left out" : "Nothing was left out.");
    table_page_end_line(page);
    for (size_t i = 0; i < timeline->session->section_count; i++)
        print_left_section(page, timeline, (int)i, utterances);
}
