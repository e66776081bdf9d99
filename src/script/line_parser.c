// SPDX-License-Identifier: GPL-3.0-or-later
// Tags are cut from a line's end, and placeholders are found between its words.
#include "line_parser.h"

#include "points.h"
#include <stdio.h>

// Where the last word of the view begins.
static size_t last_word(struct text view)
{
    size_t at = view.size;
    while (at > 0 && view.data[at - 1] != ' ' && view.data[at - 1] != '\t')
        at--;
    return at;
}

// Cut the tags off the end of *content and count them.
static size_t cut_tags(struct text *content)
{
    size_t count = 0;
    while (content->size > 0) {
        size_t at = last_word(*content);
        if (content->data[at] != '#')
            break;
        *content = text_trim(text_head(*content, at));
        count++;
    }
    return count;
}

static void report_tag(const struct line_parser_context *context, const struct lexeme *lexeme,
                       const char *at, struct text tag)
{
    char message[128];
    snprintf(message, sizeof message, "there is no guidance point \"%.*s\"",
             TEXT_ARG(lexeme_quote(tag)));
    lexeme_report(context->list, lexeme, at, "unknown-tag", message,
                  "tags are #G1 to #G43 and #E1 to #E24");
}

static enum status parse_tags(struct node *node, struct text tags, size_t count,
                              const struct lexeme *lexeme,
                              const struct line_parser_context *context)
{
    if (count == 0)
        return STATUS_OK;
    node->tags = arena_array(context->arena, count, sizeof *node->tags);
    if (!node->tags)
        return STATUS_NO_MEMORY;
    while ((tags = text_trim(tags)).size > 0) {
        size_t size = 0;
        while (size < tags.size && tags.data[size] != ' ' && tags.data[size] != '\t')
            size++;
        struct text tag = text_skip(text_head(tags, size), 1);
        if (points_find(tag) != POINTS_NONE)
            node->tags[node->tag_count++] = tag;
        else
            report_tag(context, lexeme, tags.data, tag);
        tags = text_skip(tags, size);
    }
    return STATUS_OK;
}

// Whether what stands for the type is known in this line; false after a report.
static bool check_place(enum part_type type, struct text inside, const struct lexeme *lexeme,
                        const struct line_parser_context *context)
{
    if (type == PART_LEFT && !lexeme->half) {
        lexeme_report_quoted(context->list, lexeme, inside, "left-outside",
                             "only a half: line knows how much time is",
                             "write half: before the line, or say {length}");
        return false;
    }
    bool side = type == PART_SIDE || type == PART_OTHER;
    if (!side || context->sides)
        return true;
    lexeme_report_quoted(context->list, lexeme, inside, "side-outside",
                         "outside @sides there is no side for", "put the line inside @sides");
    return false;
}

// What stands between braces; false after a report.
static bool parse_placeholder(struct part *part, struct text inside, const struct lexeme *lexeme,
                              const struct line_parser_context *context)
{
    static const char *const names[] = {"length", "left", "side", "other"};
    static const enum part_type types[] = {PART_LENGTH, PART_LEFT, PART_SIDE, PART_OTHER};
    enum { NAMES = sizeof names / sizeof *names };
    size_t bar = text_find(inside, '|');
    if (bar < inside.size) {
        *part = (struct part){PART_LITERAL, text_head(inside, bar), text_skip(inside, bar + 1)};
        if (text_trim(part->shown).size > 0 && text_trim(part->spoken).size > 0 &&
            text_find(part->spoken, '|') == part->spoken.size)
            return true;
        lexeme_report_quoted(context->list, lexeme, inside, "placeholder",
                             "two spellings are expected, found",
                             "write {shown|spoken}, such as {2|two}");
        return false;
    }
    for (size_t i = 0; i < NAMES; i++) {
        if (!text_equal_c(inside, names[i]))
            continue;
        *part = (struct part){.type = types[i]};
        return check_place(types[i], inside, lexeme, context);
    }
    lexeme_report_quoted(context->list, lexeme, inside, "placeholder", "unknown placeholder",
                         "there are {length}, {left}, {side}, {other} and {shown|spoken}");
    const char *nearest = text_nearest(inside, names, NAMES);
    if (nearest)
        diagnostics_hint(context->list, "did you mean {%s}?", nearest);
    return false;
}

static size_t find_brace(struct text view)
{
    size_t open = text_find(view, '{');
    size_t close = text_find(view, '}');
    return open < close ? open : close;
}

// The placeholder at the start of *rest, added to the node and cut off.
static void take_placeholder(struct node *node, struct text *rest, const struct lexeme *lexeme,
                             const struct line_parser_context *context)
{
    struct text behind = text_skip(*rest, 1);
    size_t size = find_brace(behind);
    if (text_starts_with(*rest, TEXT("{{"))) {
        size_t end = text_find(*rest, '}');
        while (end < rest->size && rest->data[end] == '}')
            end++;
        lexeme_report_quoted(context->list, lexeme, text_head(*rest, end), "placeholder",
                             "one brace is enough:", "write { and } once");
        *rest = text_skip(*rest, end);
    } else if (rest->data[0] == '}') {
        lexeme_report_quoted(context->list, lexeme, text_head(*rest, 1), "placeholder",
                             "this closes no placeholder:", "delete it");
        *rest = behind;
    } else if (size == behind.size || behind.data[size] == '{') {
        lexeme_report_quoted(context->list, lexeme, text_head(*rest, size + 1), "placeholder",
                             "this placeholder is not closed:", "end it with }");
        *rest = text_skip(behind, size);
    } else {
        struct part part;
        if (parse_placeholder(&part, text_head(behind, size), lexeme, context))
            node->as.line.parts[node->as.line.part_count++] = part;
        *rest = text_skip(behind, size + 1);
    }
}

enum status line_parser_parse(struct node *node, const struct lexeme *lexeme,
                              const struct line_parser_context *context)
{
    struct text content = lexeme->content;
    size_t tag_count = cut_tags(&content);
    struct text tags = text_skip(lexeme->content, content.size);
    enum status status = parse_tags(node, tags, tag_count, lexeme, context);
    if (status != STATUS_OK)
        return status;
    if (content.size == 0) {
        lexeme_report_quoted(context->list, lexeme, lexeme->content, "empty-line",
                             "nothing is said in", "write the sentence, or delete the line");
        return STATUS_OK;
    }
    size_t most = 1; // parts: at most one literal before, between and behind the placeholders
    for (size_t i = 0; i < content.size; i++)
        most += 2 * (content.data[i] == '{');
    node->as.line.parts = arena_array(context->arena, most, sizeof *node->as.line.parts);
    if (!node->as.line.parts)
        return STATUS_NO_MEMORY;
    while (content.size > 0) {
        size_t size = find_brace(content);
        struct text literal = text_head(content, size);
        if (size > 0 && node->as.line.part_count < most)
            node->as.line.parts[node->as.line.part_count++] =
                (struct part){PART_LITERAL, literal, literal};
        content = text_skip(content, size);
        if (content.size > 0)
            take_placeholder(node, &content, lexeme, context);
    }
    return STATUS_OK;
}
