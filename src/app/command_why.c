// SPDX-License-Identifier: GPL-3.0-or-later
// The command "why" tells what the lines of a script are said for: the meaning of their tags.
#include "command.h"
#include "number.h"
#include "point_meanings.h"
#include "points_print.h"
#include "report.h"
#include "session_choice.h"
#include "session_print.h"
#include <stdio.h>

enum { LINE_COLUMN = 8, LINE_NUMBER_MOST = 1000000 };

// One run: the lines of a script in its order, those of its notices where they are said.
struct why {
    const struct session *session;
    const struct points *points;
    int line;         // of the script: only that one; 0: all that have tags
    struct text file; // whose lines were printed last
    struct table_page page;
    int printed;
    int nearest; // a spoken line of the script nearest to `line`
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

static int apart(int a, int b)
{
    return a < b ? b - a : a - b;
}

static void visit_line(struct why *why, const struct node *line)
{
    if (why->line == 0) {
        if (line->tag_count > 0)
            print_line(why, line);
        return;
    }
    if (!text_equal(line->file, why->session->file))
        return; // of a notice: its numbers are those of another file
    if (line->place.line == why->line)
        print_line(why, line);
    if (why->nearest == 0 || apart(line->place.line, why->line) < apart(why->nearest, why->line))
        why->nearest = line->place.line;
}

static void visit(struct why *why, const struct node *list)
{
    for (const struct node *node = list; node; node = node->next) {
        if (node->type == NODE_LINE)
            visit_line(why, node);
        visit(why, node->children);
    }
}

static enum status print_why(struct why *why, struct error *error)
{
    for (size_t i = 0; i < why->session->section_count; i++)
        visit(why, why->session->sections[i].first);
    if (why->line > 0 && why->printed == 0) {
        char file[CATALOGUE_PATH_MAX];
        snprintf(file, sizeof file, "%.*s", TEXT_ARG(why->session->file));
        return error_set_at(error, STATUS_BAD_ARGUMENT, file, why->line, 1,
                            "no spoken line begins here; the nearest is line %d", why->nearest);
    }
    if (why->line == 0 && why->printed == 0)
        report_note("no line of %.*s has a tag", TEXT_ARG(why->session->id));
    return STATUS_OK;
}

// Cut ":87" off the end of the name: 87, or 0 when it has no such end.
static int take_line_number(char name[CATALOGUE_PATH_MAX])
{
    int64_t line;
    size_t colon = text_from(name).size;
    while (colon > 0 && name[colon - 1] != ':')
        colon--;
    if (colon < 2 || !number_whole(text_from(name + colon), 1, LINE_NUMBER_MOST, &line))
        return 0;
    name[colon - 1] = '\0';
    return (int)line;
}

int command_why(const struct settings *settings)
{
    struct error error;
    struct data_folders folders;
    struct session session = {.section_count = 0};
    struct session_origin origin = {.own = false};
    struct points points;
    struct buffer out = BUFFER_INIT;
    char name[CATALOGUE_PATH_MAX];
    if (settings->operand_count != 1 ||
        snprintf(name, sizeof name, "%s", settings->operands[0]) >= (int)sizeof name) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "why takes one session, or one of its lines, such as: loosen why wall-ball:87");
        return report_error(&error);
    }
    struct why why = {
        .session = &session, .points = &points, .line = take_line_number(name), .page = {&out, 0}};
    enum status status = data_folders_find(&folders, &error);
    THEN(status, session_choice_load(&session, &origin, name, settings, &folders, &error));
    THEN(status, point_meanings_load(&points, &session.arena, &folders, session.language, &error));
    THEN(status, print_why(&why, &error));
    session_free(&session);
    if (status == STATUS_OK)
        return report_output(&out);
    buffer_free(&out);
    return report_error(&error);
}
