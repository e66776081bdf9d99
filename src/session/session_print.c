// SPDX-License-Identifier: GPL-3.0-or-later
// The canonical text of a session: one way to write every model, so that scripts can be compared.
#include "session_print.h"

#include "line_marks.h"
#include "pattern.h"
#include "remark_print.h"

static const char *const level_marks[] = {"", "+ ", "++ ", "~ "};
static const char *const pass_marks[] = {"", "first: ", "second: "};
static const char *const breathing_marks[] = {"", "paced: ", "natural: "};
static const char *const moment_marks[] = {"", "in: ", "out: "};
static const char *const side_names[SIDE_COUNT] = {"", "left", "right"};

// ---- The header ---------------------------------------------------------------------------------

static void print_key(struct remark_printer *printer, const char *key, struct text value)
{
    enum { VALUE_COLUMN = 10 }; // behind the longest key and its colon
    struct buffer *out = printer->out;
    if (value.size == 0)
        return;
    remark_print_key(printer, text_from(key));
    size_t size = text_from(key).size;
    buffer_add_c(out, key);
    buffer_add_byte(out, ':');
    for (size_t i = size + 1; i < VALUE_COLUMN; i++)
        buffer_add_byte(out, ' ');
    buffer_add(out, value);
    buffer_add_byte(out, '\n');
}

static void print_range(struct buffer *out, struct range range)
{
    duration_print(out, range.least);
    if (range.most == range.least)
        return;
    buffer_add_c(out, "..");
    duration_print(out, range.most);
}

static void print_counts(struct buffer *out, int least, int most)
{
    buffer_printf(out, "%d", least);
    if (most != least)
        buffer_printf(out, "..%d", most);
}

static void print_breaths(struct buffer *out, int least, int most)
{
    print_counts(out, least, most);
    buffer_add_c(out, most == 1 ? " breath" : " breaths");
}

static void print_header(const struct session *session, struct remark_printer *printer)
{
    struct buffer length = BUFFER_INIT;
    duration_print(&length, session->length.least);
    buffer_add_c(&length, "..");
    duration_print(&length, session->length.most);
    buffer_add_c(&length, ", natural ");
    duration_print(&length, session->natural);
    print_key(printer, "title", session->title);
    print_key(printer, "summary", session->summary);
    print_key(printer, "when", session->when);
    print_key(printer, "language", session->language);
    print_key(printer, "length", buffer_text(&length));
    print_key(printer, "position", session->position);
    if (session->need != NEED_OTHER)
        print_key(printer, "need", text_from(need_names[session->need]));
    print_key(printer, "effort", text_from(effort_names[session->effort]));
    print_key(printer, "needs", session->needs);
    if (session->scene_place.line > 0) // not the default
        print_key(printer, "scene", session->scene);
    print_key(printer, "notice", session->notice);
    if (session->ending == ENDING_SLEEP)
        print_key(printer, "ending", TEXT("sleep"));
    if (session->breathes_free)
        print_key(printer, "breath", TEXT("free"));
    printer->out->failed |= length.failed;
    buffer_free(&length);
}

// ---- Lines and directives -----------------------------------------------------------------------

// Text that would be read as a mark, were there no backslash before it.
static bool needs_escape(const struct node *line)
{
    const struct part *part = line->as.line.parts;
    return line->as.line.part_count > 0 && part->type == PART_LITERAL &&
           part->shown.data == part->spoken.data && line_marks_begin(part->spoken);
}

static void print_part(const struct part *part, struct buffer *out)
{
    switch (part->type) {
    case PART_LENGTH:
        buffer_add_c(out, "{length}");
        return;
    case PART_LEFT:
        buffer_add_c(out, "{left}");
        return;
    case PART_SIDE:
        buffer_add_c(out, "{side}");
        return;
    case PART_OTHER:
        buffer_add_c(out, "{other}");
        return;
    case PART_LITERAL:
        break;
    }
    if (part->shown.data == part->spoken.data) {
        buffer_add(out, part->spoken);
        return;
    }
    buffer_add_byte(out, '{');
    buffer_add(out, part->shown);
    buffer_add_byte(out, '|');
    buffer_add(out, part->spoken);
    buffer_add_byte(out, '}');
}

void session_print_words(const struct node *line, struct buffer *out)
{
    for (size_t i = 0; i < line->as.line.part_count; i++)
        print_part(&line->as.line.parts[i], out);
}

static void print_line(const struct node *line, struct buffer *out)
{
    buffer_add_c(out, pass_marks[line->pass]);
    buffer_add_c(out, breathing_marks[line->breathing]);
    buffer_add_c(out, line->as.line.half ? "half: " : moment_marks[line->as.line.mark]);
    if (needs_escape(line))
        buffer_add_byte(out, '\\');
    session_print_words(line, out);
    for (size_t i = 0; i < line->tag_count; i++) {
        buffer_add_c(out, i == 0 ? "  #" : " #");
        buffer_add(out, line->tags[i]);
    }
}

static void print_pause(const struct node *node, struct buffer *out)
{
    buffer_add_c(out, "@pause ");
    if (!node->as.pause.ranged) {
        duration_print(out, node->as.pause.natural);
        return;
    }
    duration_print(out, node->as.pause.frames.least);
    buffer_add_c(out, "..");
    duration_print(out, node->as.pause.frames.most);
}

static void print_breathe(const struct node *node, struct buffer *out)
{
    bool counted;
    struct range frames;
    int least, most;
    pattern_limits(&node->as.breathe.pattern, &counted, &frames, &least, &most);
    buffer_add_c(out, "@breathe ");
    buffer_add(out, node->as.breathe.pattern.name);
    int from = node->as.breathe.least_breaths, to = node->as.breathe.most_breaths;
    struct range range = node->as.breathe.frames;
    if (node->as.breathe.counted && (!counted || from != least || to != most)) {
        buffer_add_byte(out, ' ');
        print_breaths(out, from, to);
    } else if (!node->as.breathe.counted &&
               (counted || range.least != frames.least || range.most != frames.most)) {
        buffer_add_byte(out, ' ');
        print_range(out, range);
    }
}

static void print_contact(const struct node *node, struct buffer *out)
{
    buffer_add_c(out, "@contact ");
    buffer_add(out, node->as.contact.region);
    buffer_add_c(out, " with ");
    buffer_add(out, node->as.contact.tool);
    if (node->as.contact.surface.size > 0) {
        buffer_add_c(out, " on ");
        buffer_add(out, node->as.contact.surface);
    }
    buffer_add_c(out, ", pressure ");
    print_counts(out, node->as.contact.pressure_least, node->as.contact.pressure_most);
    buffer_add_c(out, ", ");
    if (node->as.contact.counted)
        print_breaths(out, node->as.contact.least_breaths, node->as.contact.most_breaths);
    else
        print_range(out, node->as.contact.frames);
}

static void print_move(const struct node *node, struct buffer *out)
{
    buffer_add_c(out, "@move ");
    buffer_add(out, node->as.move.name);
    buffer_add_c(out, ", ");
    if (node->as.move.counted)
        print_breaths(out, node->as.move.least_breaths, node->as.move.most_breaths);
    else
        print_range(out, node->as.move.frames);
}

static void print_name(struct buffer *out, const char *directive, struct text name)
{
    buffer_add_c(out, directive);
    buffer_add(out, name);
}

static void print_node(const struct node *node, struct buffer *out)
{
    switch (node->type) {
    case NODE_LINE:
        print_line(node, out);
        return;
    case NODE_PAUSE:
        print_pause(node, out);
        return;
    case NODE_REST:
        buffer_add_c(out, "@rest ");
        print_range(out, node->as.rest.frames);
        return;
    case NODE_BREATHE:
        print_breathe(node, out);
        return;
    case NODE_CONTACT:
        print_contact(node, out);
        return;
    case NODE_MOVE:
        print_move(node, out);
        return;
    case NODE_SIDES:
        buffer_printf(out, "@sides %s, %s", side_names[node->as.sides.order[0]],
                      side_names[node->as.sides.order[1]]);
        return;
    case NODE_REPEAT:
        buffer_add_c(out, "@repeat ");
        print_counts(out, node->as.repeat.least, node->as.repeat.most);
        return;
    case NODE_NOTICE:
        print_name(out, "@notice ", node->as.notice.kind);
        return;
    case NODE_SCENE:
        print_name(out, "@scene ", node->as.scene.name);
        return;
    case NODE_CHIME:
        buffer_add_c(out, "@chime");
        return;
    }
}

static bool is_block(const struct node *node)
{
    return node->type == NODE_CONTACT || node->type == NODE_MOVE || node->type == NODE_SIDES ||
           node->type == NODE_REPEAT;
}

static void print_nodes(const struct node *list, int depth, struct remark_printer *printer)
{
    struct buffer *out = printer->out;
    for (const struct node *node = list; node; node = node->next) {
        remark_print_before(printer, node->place.line, depth);
        remark_print_indent(out, depth);
        // A pause has the level of what is before it and shows no mark of its own.
        if (node->type != NODE_PAUSE)
            buffer_add_c(out, level_marks[node->level]);
        print_node(node, out);
        buffer_add_byte(out, '\n');
        if (node->type == NODE_REST)
            print_nodes(node->children, depth, printer);
        if (!is_block(node))
            continue;
        print_nodes(node->children, depth + 1, printer);
        remark_print_before(printer, node->end_line, depth + 1);
        remark_print_indent(out, depth);
        buffer_add_c(out, "@end\n");
    }
}

static void print_section(const struct section *section, struct remark_printer *printer)
{
    struct buffer *out = printer->out;
    remark_print_section(printer, section->place.line);
    buffer_add_c(out, "== ");
    buffer_add(out, section->name);
    for (size_t i = 0; i < section->shape_count; i++) {
        buffer_add_c(out, i == 0 ? "  " : ", ");
        duration_print(out, section->shape[i].target_frames);
        buffer_add_c(out, " at ");
        duration_print(out, section->shape[i].at_frames);
    }
    buffer_add_byte(out, '\n');
    print_nodes(section->first, 0, printer);
}

void session_print_remarks(const struct session *session, struct remarks *remarks,
                           struct buffer *out)
{
    struct remark_printer printer = {.out = out, .remarks = remarks};
    remark_print_first(&printer);
    print_header(session, &printer);
    for (size_t i = 0; i < session->section_count; i++)
        print_section(&session->sections[i], &printer);
    remark_print_last(&printer);
}

void session_print(const struct session *session, struct buffer *out)
{
    session_print_remarks(session, NULL, out);
}
