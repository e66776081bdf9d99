// SPDX-License-Identifier: GPL-3.0-or-later
// The command "why" tells what the lines of a script are said for: the meaning of their tags.
#include "command.h"
#include "line_lookup.h"
#include "line_operand.h"
#include "point_meanings.h"
#include "points_print.h"
#include "report.h"
#include "session_choice.h"
#include "session_print.h"

enum { LINE_COLUMN = 8 };

// One run: the lines of a script in its order, those of its notices where they are said.
struct why {
    const struct session *session;
    const struct points *points;
    struct text file; // whose lines were printed last
    struct table_page page;
    int printed;
};

static void print_line(struct why *why, const struct node *line)
{
    struct table_page *page = &why->page;
    struct buffer text = BUFFER_INIT;
    if (!text_equal(why->file, line->file)) {
        table_page_words(page, line->file, 0);
        table_page_end_line(page);
        why->file = line->file;
    }
    buffer_printf(page->out, "%6d  ", line->place.line);
    page->column = LINE_COLUMN;
    session_print_words(line, &text);
    table_page_words(page, buffer_text(&text), LINE_COLUMN);
    table_page_end_line(page);
    page->out->failed |= text.failed;
    buffer_free(&text);
    points_print(page, line, why->points, LINE_COLUMN);
    if (line->tag_count == 0) {
        table_page_spaces(page, LINE_COLUMN);
        table_page_plain(page, "has no tag");
        table_page_end_line(page);
    }
    why->printed++;
}

static void visit(struct why *why, const struct node *list)
{
    for (const struct node *node = list; node; node = node->next) {
        if (node->type == NODE_LINE && node->tag_count > 0)
            print_line(why, node);
        visit(why, node->children);
    }
}

static enum status print_one(struct why *why, int line, struct error *error)
{
    struct found_line found;
    enum status status = line_lookup(&found, why->session, line, error);
    if (status == STATUS_OK)
        print_line(why, found.node);
    return status;
}

static void print_all(struct why *why)
{
    for (size_t i = 0; i < why->session->section_count; i++)
        visit(why, why->session->sections[i].first);
    if (why->printed == 0)
        report_note("no line of %.*s has a tag", TEXT_ARG(why->session->id));
}

int command_why(const struct settings *settings)
{
    struct error error;
    struct data_folders folders;
    struct session session = {.section_count = 0};
    struct session_origin origin = {.own = false};
    struct points points;
    struct buffer out = BUFFER_INIT;
    struct line_operand operand = {.line = 0};
    struct why why = {.session = &session, .points = &points, .page = {&out, 0}};
    if (settings->operand_count != 1) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "why takes one session, or one of its lines, such as: loosen why wall-ball:87");
        return report_error(&error);
    }
    enum status status = line_operand_read(&operand, settings->operands[0], &error);
    THEN(status, data_folders_find(&folders, settings->what.data, &error));
    THEN(status,
         session_choice_load(&session, &origin, operand.session, settings, &folders, &error));
    THEN(status, point_meanings_load(&points, &session.arena, &folders, session.language, &error));
    if (status == STATUS_OK && operand.line == 0)
        print_all(&why);
    else
        THEN(status, print_one(&why, operand.line, &error));
    session_free(&session);
    if (status == STATUS_OK)
        return report_output(&out);
    buffer_free(&out);
    return report_error(&error);
}
