// SPDX-License-Identifier: GPL-3.0-or-later
// All lines are read once more, as they are said now.
#include "import_header.h"

struct seen {
    struct import_state *state;
    bool stands, sits, lies, closes_eyes;
    const struct node *lying; // the first line that asks for it
    bool needs[SAY_COUNT];
};

static void see_names(struct seen *seen, const struct mentions *m)
{
    static const struct {
        enum touch_kind kind;
        const char *name;
        enum touch_say say;
    } things[] = {
        {TOUCH_TOOL, "ball", SAY_BALL},      {TOUCH_TOOL, "roller", SAY_ROLLER},
        {TOUCH_TOOL, "towel", SAY_TOWEL},    {TOUCH_SURFACE, "wall", SAY_WALL},
        {TOUCH_SURFACE, "chair", SAY_CHAIR}, {TOUCH_SURFACE, "mat", SAY_MAT},
    };
    for (size_t i = 0; i < m->count; i++)
        for (size_t k = 0; k < sizeof things / sizeof *things; k++)
            seen->needs[things[k].say] |= m->items[i].kind == (int)things[k].kind &&
                                          m->items[i].meant && !m->items[i].hidden &&
                                          text_equal_c(m->items[i].name, things[k].name);
}

static void see_line(struct seen *seen, const struct node *line)
{
    struct buffer text = BUFFER_INIT;
    struct mentions m;
    const struct import_language *language = seen->state->words.language;
    for (size_t i = 0; i < line->as.line.part_count; i++)
        buffer_add(&text, line->as.line.parts[i].spoken);
    seen->state->words.failed |= text.failed;
    mentions_read(&m, &language->touch, &language->dangers, buffer_text(&text));
    seen->stands |= m.stands;
    seen->sits |= m.sits;
    seen->closes_eyes |= m.closes_eyes;
    seen->lying = m.lies && !seen->lies ? line : seen->lying;
    seen->lies |= m.lies;
    see_names(seen, &m);
    buffer_free(&text);
}

static void see(struct seen *seen, const struct node *nodes)
{
    for (const struct node *n = nodes; n; n = n->next) {
        if (n->type == NODE_LINE && n->level != LEVEL_PRESENCE)
            see_line(seen, n);
        if (n->type != NODE_NOTICE)
            see(seen, n->children);
    }
}

static void fill_needs(struct seen *seen, struct session *session)
{
    struct buffer needs = BUFFER_INIT;
    const struct text *say = seen->state->words.language->touch.say;
    for (int i = 0; i < SAY_COUNT; i++)
        if (seen->needs[i]) {
            buffer_add_c(&needs, needs.size > 0 ? ", " : "");
            buffer_add(&needs, say[i]);
        }
    if (needs.size > 0)
        session->needs = arena_copy(&session->arena, buffer_text(&needs));
    seen->state->words.failed |= needs.failed || (needs.size > 0 && !session->needs.data);
    buffer_free(&needs);
}

// Who lies is told how to get up, and who stands keeps the eyes open: where the text does not, no
// position is promised.
static void fill_position(struct seen *seen, struct session *session)
{
    if (seen->lies)
        import_note(seen->state, seen->lying,
                    "somebody lies down here: \"position: lying\" needs a line with #E16 that says "
                    "how to get up");
    else if (seen->stands && seen->closes_eyes)
        import_note(seen->state, NULL,
                    "somebody stands, and somewhere eyes are closed: no position");
    else if (seen->stands && seen->sits)
        session->position = TEXT("standing, chair");
    else if (seen->stands)
        session->position = TEXT("standing");
    else if (seen->sits)
        session->position = TEXT("chair");
}

// Who is touched must have heard about pressure, and who moves when to stop.
static bool fill_notice(const struct import_state *state, struct session *session)
{
    struct text kind = state->contact ? TEXT("pressure") : TEXT("movement");
    struct section *first = &session->sections[0];
    if (!state->contact && !(state->move && text_equal_c(session->notice, "none")))
        return true;
    session->notice = kind;
    if (!first->first || first->first->type != NODE_NOTICE) {
        struct node *notice = arena_alloc(&session->arena, sizeof *notice);
        if (!notice)
            return false;
        *notice = (struct node){.type = NODE_NOTICE, .file = session->file, .next = first->first};
        notice->place = first->place;
        first->first = notice;
    }
    first->first->as.notice.kind = kind;
    return true;
}

enum status import_header_fill(struct import_state *state, struct error *error)
{
    struct session *session = state->words.session;
    struct seen seen = {.state = state};
    if (!state->words.language->given || session->section_count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < session->section_count; i++)
        see(&seen, session->sections[i].first);
    fill_needs(&seen, session);
    if (session->position.size == 0)
        fill_position(&seen, session);
    bool good = fill_notice(state, session);
    return good && !state->words.failed ? STATUS_OK : error_no_memory(error);
}
