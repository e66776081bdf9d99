// SPDX-License-Identifier: GPL-3.0-or-later
// A section is cut into paragraphs, a paragraph into steps: one begins where another touch or
// movement is named, once the one before it has its time.
#include "import_steps.h"

#include "import_block.h"
#include "import_headings.h"
#include "import_quiet.h"
#include "import_units.h"
#include "pressing.h"
#include "rule.h"
#include "touch_step.h"
#include "touch_subject.h"

#define SECOND ((int64_t)FRAME_RATE)

enum { NEXT_SENTENCES = 2 }; // behind a step, that may say that it is over

struct walk {
    struct import_state *state;
    bool blocks;
    struct import_units units; // of the section
    struct text back;          // the part of the back that was named last
    struct pressing pressing;
    const struct touch_sentence *heading; // of the unit that follows
    struct touch_sentence memory;         // of which it is
};

// ---- One step -----------------------------------------------------------------------------------

static bool names_amount(const struct touch_sentence *sentence)
{
    size_t next = 0;
    struct amount amount;
    while (mentions_amount(sentence->mentions, &next, &amount))
        if (amount.unit != AMOUNT_OF_TEN)
            return true;
    return false;
}

// How many sentences from `start` on belong to one step.
static size_t step_size(const struct import_unit *unit, size_t start)
{
    bool subject = false;
    bool amount = false;
    for (size_t i = start; i < unit->count; i++) {
        const struct touch_sentence *s = &unit->sentences[i];
        bool begins_line = i == start || s->line != unit->sentences[i - 1].line;
        if (begins_line && subject && amount && touch_subject_in(s) &&
            !mentions_find(s->mentions, TOUCH_OTHER, 0))
            return i - start;
        subject |= touch_subject_in(s);
        amount |= names_amount(s);
    }
    return unit->count - start;
}

static void remember_back(struct walk *walk, const struct touch_sentence *sentence)
{
    for (size_t i = 0; i < sentence->mentions->count; i++) {
        const struct mention *m = &sentence->mentions->items[i];
        if (m->kind == TOUCH_REGION && !m->hidden && m->meant &&
            (text_equal_c(m->name, "low-back") || text_equal_c(m->name, "upper-back")))
            walk->back = m->name;
    }
}

// Both sides together are pressed no longer than the rules let them.
static bool fits_budget(struct walk *walk, const struct touch_step *step)
{
    if (step->kind != TOUCH_STEP_CONTACT)
        return true;
    struct node contact = {.type = NODE_CONTACT};
    struct diagnostics list;
    struct pressing pressing = walk->pressing;
    contact.as.contact.region = step->region;
    contact.as.contact.tool = step->tool;
    contact.as.contact.counted = step->counted;
    contact.as.contact.most_breaths = step->most;
    contact.as.contact.frames = (struct range){step->least * SECOND, step->most * SECOND};
    diagnostics_init(&list, "");
    pressing_add(&pressing, &contact, step->rounds, &list);
    bool fits = list.errors == 0;
    diagnostics_free(&list);
    if (fits)
        walk->pressing = pressing;
    return fits;
}

static bool is_over(const struct import_unit *unit, size_t from)
{
    for (size_t i = from; i < unit->count && i < from + NEXT_SENTENCES; i++)
        if (mentions_find(unit->sentences[i].mentions, TOUCH_RELEASE, 0))
            return true;
    return false;
}

// Add what one step becomes. False: it stays as it is.
static bool add_step(struct walk *walk, struct import_list *list, const struct import_unit *unit,
                     const struct import_unit *next, size_t start, size_t count)
{
    struct touch_step step;
    const bool last = start + count == unit->count;
    const struct touch_source source = {
        .sentences = unit->sentences + start,
        .count = count,
        .heading = start == 0 ? walk->heading : NULL,
        .back = walk->back,
        .pause_least = last ? unit->pause_least : 0,
        .pause_most = last ? unit->pause_most : 0,
    };
    touch_step_read(&step, &source);
    if (step.kind != TOUCH_STEP_NOTHING && !fits_budget(walk, &step)) {
        step.kind = TOUCH_STEP_NOTHING;
        step.refusal = rule_row(RULE_BUDGET)->why;
    }
    if (step.kind == TOUCH_STEP_NOTHING && step.refusal)
        import_note(walk->state, source.sentences[0].line, "no @contact or @move: %s",
                    step.refusal);
    if (step.kind == TOUCH_STEP_NOTHING)
        return false;
    bool ended = step.end < count ? is_over(unit, start + step.end)
                 : !last          ? is_over(unit, start + count)
                                  : next && is_over(next, 0);
    import_block_make(walk->state, list, &step, &source, ended);
    return true;
}

// ---- The whole ----------------------------------------------------------------------------------

// The nodes of a unit as they are, but for what their lines say.
static void add_as_it_is(struct walk *walk, struct import_list *list,
                         const struct import_unit *unit)
{
    size_t at = 0;
    for (struct node *n = unit->first; n && n != unit->behind;) {
        struct node *next = n->next;
        n->next = NULL;
        size_t from = at;
        while (at < unit->count && unit->sentences[at].line == n)
            at++;
        if (at > from)
            import_lines_add(walk->state, list, unit->sentences + from, at - from, 0);
        else
            import_list_add(list, n);
        n = next;
        if (unit->own)
            break;
    }
}

// Quiet for a time that is said, and a little more for those who are slow.
static struct range quiet_of(int seconds)
{
    return (struct range){seconds * SECOND, seconds * SECOND + IMPORT_PARAGRAPH_REST_MOST};
}

// Behind lines that stay lines, between two steps. Returns its seconds.
static int give_quiet(const struct walk *walk, struct import_list *list,
                      const struct import_unit *unit, size_t start, size_t count)
{
    const int seconds = import_quiet_seconds(unit->sentences + start, count);
    const struct range quiet = quiet_of(seconds);
    if (seconds > 0 && start + count < unit->count)
        import_list_add(
            list, import_rest(walk->state, unit->sentences[start].line, quiet.least, quiet.most));
    return seconds;
}

static void add_unit_steps(struct walk *walk, struct import_list *list,
                           const struct import_unit *unit, const struct import_unit *next)
{
    bool made = false; // of any of its steps
    bool last = false; // of the last one
    struct import_list steps;
    import_list_init(&steps);
    int seconds = 0; // of quiet that is still to be given for what its lines ask
    for (size_t i = 0; i < unit->count; i++)
        remember_back(walk, &unit->sentences[i]);
    for (size_t start = 0; start < unit->count && walk->blocks && !unit->own;) {
        size_t count = step_size(unit, start);
        if (start > 0)
            import_list_add(&steps, import_rest(walk->state, unit->sentences[start].line, SECOND,
                                                IMPORT_PARAGRAPH_REST_MOST));
        last = add_step(walk, &steps, unit, next, start, count);
        made |= last;
        if (!last) {
            struct import_list lines;
            import_list_init(&lines);
            import_lines_add(walk->state, &lines, unit->sentences + start, count,
                             IMPORT_LINE_REST_MOST);
            import_list_add(&steps, lines.first);
            seconds = (made ? 0 : seconds) + give_quiet(walk, &steps, unit, start, count);
        }
        start += count;
    }
    if (made)
        import_list_add(list, steps.first);
    else
        add_as_it_is(walk, list, unit);
    struct node *behind = unit->behind;
    if (!behind)
        return;
    if (!last && seconds > 0 && behind->type == NODE_REST)
        behind->as.rest.frames = quiet_of(seconds);
    if (last && behind->type == NODE_PAUSE) // its time is that of the block
        behind = import_rest(walk->state, behind, SECOND, IMPORT_PARAGRAPH_REST_MOST);
    if (behind)
        behind->next = NULL;
    import_list_add(list, behind);
}

static void read_heading(struct walk *walk, const struct section *section, bool titled)
{
    walk->heading = NULL;
    struct text name = titled ? walk->state->words.session->title : section->name;
    if (!import_units_read(&walk->units, &walk->memory, name, NULL))
        return;
    walk->heading = &walk->memory;
    remember_back(walk, walk->heading);
}

static void make_section(struct walk *walk, struct section *section, bool titled)
{
    struct import_list list;
    import_list_init(&list);
    read_heading(walk, section, titled);
    import_units_cut(&walk->units, section->first);
    if (walk->blocks)
        import_units_join(&walk->units);
    for (size_t i = 0; i < walk->units.count; i++) {
        add_unit_steps(walk, &list, &walk->units.items[i],
                       i + 1 < walk->units.count ? &walk->units.items[i + 1] : NULL);
        if (walk->units.items[i].count > 0)
            walk->heading = NULL;
    }
    section->first = list.first;
}

// An author who marks touch or movement does it alone.
static bool has_blocks(const struct node *nodes)
{
    for (const struct node *n = nodes; n; n = n->next)
        if (n->type == NODE_CONTACT || n->type == NODE_MOVE || n->type == NODE_SIDES ||
            n->type == NODE_REPEAT || has_blocks(n->children))
            return true;
    return false;
}

enum status import_steps(struct import_state *state, bool blocks, struct error *error)
{
    struct session *session = state->words.session;
    struct walk walk = {.state = state, .blocks = blocks};
    import_units_init(&walk.units, state);
    if (!state->words.language->given)
        return STATUS_OK;
    for (size_t i = 0; i < session->section_count; i++)
        walk.blocks = walk.blocks && !has_blocks(session->sections[i].first);
    enum status status = import_headings_make(session, state, error);
    if (status == STATUS_OK && import_units_read(&walk.units, &walk.memory, session->title, NULL))
        remember_back(&walk, &walk.memory);
    for (size_t i = 0; status == STATUS_OK && i < session->section_count; i++)
        make_section(&walk, &session->sections[i],
                     i == 0 && text_equal_c(session->sections[i].name, "Session"));
    if (status == STATUS_OK && walk.blocks)
        status = import_headings_close(session, state, error);
    import_units_deinit(&walk.units);
    return state->words.failed || state->notes->failed ? error_no_memory(error) : status;
}
