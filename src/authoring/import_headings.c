// SPDX-License-Identifier: GPL-3.0-or-later
// A heading is short, ends without a sign, and stands over a sentence. That may be a verse, too: a
// text has at least two of them, or one that names what is done below.
#include "import_headings.h"

#include "letter.h"

#include <string.h>

enum {
    HEADING_MOST = 60, // characters
    HEADINGS_LEAST = 2,
    HEAD_LINES_MOST = 4,
};

static struct text text_of(const struct node *node)
{
    bool line = node && node->type == NODE_LINE && node->level == LEVEL_MUST &&
                node->as.line.part_count == 1 && node->as.line.parts[0].type == PART_LITERAL;
    return line ? node->as.line.parts[0].spoken : (struct text){NULL, 0};
}

static bool ends_with_sign(struct text text)
{
    while (text.size > 0 && strchr("\"')", text.data[text.size - 1]))
        text.size--;
    return text.size > 0 &&
           (strchr(".!?,;:", text.data[text.size - 1]) ||
            (text.size > 2 && memcmp(text.data + text.size - 3, "\xE2\x80", 2) == 0));
}

static bool is_short(struct text text)
{
    return text.size > 0 && !ends_with_sign(text) && text_length(text) <= HEADING_MOST;
}

static bool is_line_rest(const struct node *node)
{
    return node && node->type == NODE_REST && node->as.rest.frames.most == IMPORT_LINE_REST_MOST;
}

// Whether the line, which begins a paragraph, is a heading of it.
static bool is_heading(const struct node *line)
{
    if (!is_short(text_of(line)) || !is_line_rest(line->next))
        return false;
    return ends_with_sign(text_of(line->next->next));
}

static bool begins_paragraph(const struct node *before)
{
    return !before || before->type == NODE_NOTICE ||
           (before->type == NODE_REST && before->as.rest.frames.most >= IMPORT_PARAGRAPH_REST_MOST);
}

static bool names_step(const struct import_state *state, const struct node *line)
{
    struct mentions mentions;
    mentions_read(&mentions, &state->words.language->touch, &state->words.language->dangers,
                  text_of(line));
    return mentions_find(&mentions, TOUCH_REGION, 0) || mentions_find(&mentions, TOUCH_TOOL, 0) ||
           mentions_find(&mentions, TOUCH_MOVE, 0);
}

// How many headings the text has; all of them count when one names a step.
static size_t count_headings(const struct session *session, const struct import_state *state)
{
    size_t count = 0;
    for (size_t i = 0; i < session->section_count; i++) {
        const struct node *before = NULL;
        for (const struct node *n = session->sections[i].first; n; n = n->next) {
            bool heading = begins_paragraph(before) && is_heading(n);
            count += heading ? 1 + (names_step(state, n) ? HEADINGS_LEAST : 0) : 0;
            before = n;
        }
    }
    return count;
}

// ---- What stands above --------------------------------------------------------------------------

// Short lines without a sign at their end, before a text that has sentences.
static bool is_head(const struct node *first, const struct node **end)
{
    size_t lines = 0;
    const struct node *n = first;
    for (; n && !(n->type == NODE_REST && !is_line_rest(n)); n = n->next) {
        if (n->type != NODE_LINE && !is_line_rest(n))
            return false;
        if (n->type == NODE_LINE && (!is_short(text_of(n)) || ++lines > HEAD_LINES_MOST))
            return false;
    }
    *end = n;
    return lines > 0 && n;
}

static bool has_sentences(const struct session *session)
{
    size_t lines = 0, sentences = 0;
    for (size_t i = 0; i < session->section_count; i++)
        for (const struct node *n = session->sections[i].first; n; n = n->next) {
            lines += text_of(n).size > 0;
            sentences += ends_with_sign(text_of(n));
        }
    return 2 * sentences > lines;
}

// The title is the file's name where the text has none, and then a better one is here.
static void take_head(struct session *session, struct import_state *state)
{
    struct section *section = &session->sections[0];
    struct node **start = &section->first;
    const struct node *end = NULL;
    while (*start && (*start)->type == NODE_NOTICE)
        start = &(*start)->next;
    if (!text_equal_c(section->name, "Session") || !is_head(*start, &end) ||
        !has_sentences(session))
        return;
    bool titled = !session->untitled;
    for (const struct node *n = *start; n != end; n = n->next) {
        struct text text = text_of(n);
        if (text.size == 0)
            continue;
        if (!titled)
            session->title = text;
        else
            import_note(state, n, "\"%.*s\" is no sentence, and not spoken", TEXT_ARG(text));
        titled = true;
    }
    *start = end->next;                          // with the rest behind it
    if (!*start && session->section_count > 1) { // all of the section was that
        struct section *next = &session->sections[1];
        *start = next->first;
        next->first = section->first;
        session->sections++;
        session->section_count--;
    }
}

// ---- Sections -----------------------------------------------------------------------------------

// The sections of one, each with the nodes below its heading.
static void cut_section(struct section *sections, size_t *count, const struct section *from)
{
    const struct node *before = NULL;
    struct import_list list;
    import_list_init(&list);
    struct section *section = &sections[(*count)++];
    *section = *from;
    for (struct node *n = from->first, *next; n; n = next) {
        bool heading = begins_paragraph(before) && is_heading(n);
        before = n;
        next = n->next;
        n->next = NULL;
        if (!heading) {
            import_list_add(&list, n);
            continue;
        }
        struct text name = text_of(n);
        before = next; // the quiet below it
        next = next->next;
        bool empty = !list.first || (list.first->type == NODE_NOTICE && !list.first->next);
        if (empty && text_equal_c(section->name, "Session")) {
            section->name = name; // it had none
            continue;
        }
        section->first = list.first;
        import_list_init(&list);
        section = &sections[(*count)++];
        *section = (struct section){.name = name, .place = n->place};
    }
    section->first = list.first;
}

enum status import_headings_make(struct session *session, struct import_state *state,
                                 struct error *error)
{
    size_t most = session->section_count;
    take_head(session, state);
    if (count_headings(session, state) < HEADINGS_LEAST)
        return STATUS_OK;
    for (size_t i = 0; i < session->section_count; i++)
        for (const struct node *n = session->sections[i].first; n; n = n->next)
            most++;
    struct section *sections = arena_array(&session->arena, most, sizeof *sections);
    if (!sections)
        return error_no_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < session->section_count; i++) {
        cut_section(sections, &count, &session->sections[i]);
    }
    session->sections = sections;
    session->section_count = count;
    return STATUS_OK;
}

// ---- The last section ---------------------------------------------------------------------------

static bool holds_body(const struct node *node)
{
    if (node->type == NODE_CONTACT || node->type == NODE_MOVE)
        return true;
    for (const struct node *n = node->children; n; n = n->next)
        if (holds_body(n))
            return true;
    return false;
}

static bool has_line(const struct node *nodes)
{
    for (const struct node *n = nodes; n; n = n->next)
        if (n->type == NODE_LINE)
            return true;
    return false;
}

enum status import_headings_close(struct session *session, struct import_state *state,
                                  struct error *error)
{
    if (session->section_count == 0)
        return STATUS_OK;
    struct section *last = &session->sections[session->section_count - 1];
    struct node *body = NULL;
    for (struct node *n = last->first; n; n = n->next)
        body = holds_body(n) ? n : body;
    if (!body)
        return STATUS_OK;
    // The line that ends a movement belongs to it.
    while (body->next && body->next->type == NODE_LINE)
        body = body->next;
    if (body->next && body->next->type == NODE_REST && body->next->next)
        body = body->next;
    const size_t count = session->section_count + 1;
    struct section *sections = arena_array(&session->arena, count, sizeof *sections);
    if (!sections)
        return error_no_memory(error);
    for (size_t i = 0; i + 1 < count; i++)
        sections[i] = session->sections[i];
    const struct text *words = state->words.language->touch.say;
    struct import_list list;
    import_list_init(&list);
    if (!has_line(body->next))
        import_list_add(&list, import_words_say(&state->words, body, words[SAY_REST]));
    import_list_add(&list, body->next);
    if (!list.first)
        return error_no_memory(error);
    bool rests = false;
    for (const struct node *n = list.first; n; n = n->next)
        rests = n->type == NODE_REST;
    if (!rests)
        import_list_add(&list, import_rest(state, body, FRAME_RATE, IMPORT_PARAGRAPH_REST_MOST));
    body->next = NULL;
    sections[count - 1] =
        (struct section){.name = words[SAY_AFTERWARDS], .place = body->place, .first = list.first};
    session->sections = sections;
    session->section_count = count;
    return STATUS_OK;
}
