// SPDX-License-Identifier: GPL-3.0-or-later
// Time before text: the steps of a section first give everything that is in it its natural time,
// and only then say the next line or do the next thing, which brings its own natural time with it.
// In this order:
//   - touches, movements and bouts that every length has, to their natural lengths; rests to a
//     first part
//   - core lines and blocks in script order, each with the touches and bouts in it, and further
//     rests
//   - extra lines and blocks likewise
//   - further rounds; touches, then bouts, to their most; at last rests to theirs
// A step is taken from the target on at which the section's natural length with it fits. So
// whatever a longer session adds, nothing that a shorter one has becomes shorter but pauses, which
// wait between their natural length and their most for the next step to fit.
//
// Budgets span the session, while each section is chosen by itself. So what breaks a budget is
// found once, with every section at its end, and left out at every length.
#include "choice.h"

#include "bout_run.h"
#include "breath.h"
#include "session_limits.h"

#define PRESSURE_MOST SESSION_SIDE_MOST // contact a side in one session

enum {
    STEPS_MAX = 5 * SESSION_EVENTS_MAX,
    REST_OF_MUSTS = 5,  // up to here before core lines,
    REST_OF_CORE = 8,   // up to here before extra ones,
    REST_OF_EXTRA = 10, // and up to here before all else
};

struct builder {
    struct choice *choice;
    int64_t pressure[PASS_COUNT]; // of the whole session, left and right
    int64_t events;
};

static void append_step(struct builder *b, int section, struct step step)
{
    struct chain *chain = &b->choice->chains[section];
    step.span = box_span(&b->choice->outline->sections[section]);
    step.threshold = step.span.natural;
    step.rests = chain->rests;
    step.open = choice_rests_open(b->choice, (size_t)section);
    if (chain->step_count && step.threshold < chain->steps[chain->step_count - 1].threshold)
        step.threshold = chain->steps[chain->step_count - 1].threshold;
    chain->steps[chain->step_count++] = step;
    chain->taken = chain->step_count;
}

static void count_section(struct builder *b, const struct box *section, int sign)
{
    b->events += sign * section->inner.events;
    for (int side = 0; side < PASS_COUNT; side++)
        b->pressure[side] += sign * section->inner.pressure[side];
}

static bool breaks_budget(const struct builder *b, const struct box *section,
                          const int64_t pressure[PASS_COUNT], enum left_reason *reason)
{
    *reason = LEFT_BLOCK_LIMIT;
    if (section->inner.too_long)
        return true;
    *reason = LEFT_CONTACT_BUDGET;
    for (int side = 0; side < PASS_COUNT; side++)
        if (b->pressure[side] > PRESSURE_MOST && b->pressure[side] > pressure[side])
            return true;
    *reason = LEFT_NO_ROOM;
    return b->events > SESSION_EVENTS_MAX;
}

static void set_value(struct builder *b, struct unit *unit, int value)
{
    const struct outline *outline = b->choice->outline;
    const struct box *section = &outline->sections[unit->section];
    count_section(b, section, -1);
    if (unit->type == UNIT_BREATHS)
        bout_run_count(unit, breath_bout(unit->node, outline->rate, unit->value), -1);
    outline_set(outline, unit, value);
    if (unit->type == UNIT_BREATHS)
        bout_run_count(unit, breath_bout(unit->node, outline->rate, unit->value), 1);
    count_section(b, section, 1);
}

// Bar the unit from one more, or say that bouts must first be parted.
static void judge(struct builder *b, struct unit *unit, const int64_t pressure[PASS_COUNT],
                  struct bout_run **run)
{
    const struct box *section = &b->choice->outline->sections[unit->section];
    unit->barred = breaks_budget(b, section, pressure, &unit->reason);
    if (unit->barred || unit->type != UNIT_BREATHS)
        return;
    unit->reason = LEFT_BOUT_LIMIT;
    unit->barred = bout_run_is_long(unit, run) || (*run && !bout_run_can_widen(*run, section));
}

// One more of a unit, or its bar.
static void try_step(struct builder *b, struct unit *unit)
{
    int64_t pressure[PASS_COUNT] = {b->pressure[0], b->pressure[1]};
    struct bout_run *run = NULL;
    if (!outline_stands(unit)) {
        unit->barred = true;
        return;
    }
    set_value(b, unit, unit->value + 1);
    judge(b, unit, pressure, &run);
    if (unit->barred || run)
        set_value(b, unit, unit->value - 1);
    if (unit->barred)
        return;
    if (run) {
        while (run->wide < BOUT_WIDE) {
            choice_widen(b->choice, (size_t)unit->section, run, run->wide + 1);
            append_step(b, unit->section, (struct step){.run = run});
        }
        for (size_t i = 0; i < run->rest_count; i++)
            run->rests[i]->widen_step = b->choice->chains[unit->section].step_count;
        set_value(b, unit, unit->value + 1);
    }
    unit->top = unit->value;
    append_step(b, unit->section, (struct step){.unit = unit});
    if (unit->type == UNIT_SHOW)
        unit->step = b->choice->chains[unit->section].step_count;
}

// Whether a touch is too short for what is said in it, each line with its natural pause.
static bool is_tight(const struct unit *touch)
{
    for (size_t i = 0; i < touch->box_count; i++)
        if (touch->boxes[i]->outer.tight)
            return true;
    return false;
}

// Further breaths of a touch or a bout, one at a time, up to its natural number; of a touch
// further, while its contents are pressed.
static void grow(struct builder *b, struct unit *unit)
{
    const bool touch = unit->type == UNIT_TOUCH;
    if ((unit->type != UNIT_BREATHS && !touch) || unit->fixed || !outline_stands(unit) ||
        !unit->boxes[0]->on)
        return;
    while (!unit->barred && unit->value < unit->most &&
           (unit->value < unit->natural || (touch && is_tight(unit))))
        try_step(b, unit);
}

// The touch in which all that the unit shows is said, or NULL.
static struct unit *touch_around(const struct unit *unit)
{
    for (const struct box *box = unit->boxes[0]->parent; box; box = box->parent)
        if (box->touch)
            return box->touch;
    return NULL;
}

// Show a line or a block. A touch gets the time first that a further line in it takes.
static void show(struct builder *b, struct unit *unit)
{
    struct unit *touch = touch_around(unit);
    if (touch && !touch->fixed && outline_stands(unit)) {
        set_value(b, unit, 1);
        const bool tight = is_tight(touch);
        set_value(b, unit, 0);
        while (tight && !touch->barred && touch->value < touch->most) {
            try_step(b, touch);
            set_value(b, unit, 1);
            const bool enough = !is_tight(touch);
            set_value(b, unit, 0);
            if (enough)
                break;
        }
    }
    try_step(b, unit);
    if (unit->barred)
        return;
    if (touch && !touch->fixed && is_tight(touch)) { // the touch can't grow any further
        b->choice->chains[unit->section].step_count--;
        b->choice->chains[unit->section].taken--;
        set_value(b, unit, 0);
        unit->top = 0;
        unit->step = 0;
        unit->barred = true;
        unit->reason = LEFT_BLOCK_LIMIT;
        return;
    }
    for (struct unit *inner = unit + 1; inner < b->choice->outline->units + unit->end; inner++)
        grow(b, inner);
}

static void show_all(struct builder *b, enum level level)
{
    struct outline *outline = b->choice->outline;
    for (size_t i = 0; i < outline->unit_count; i++)
        if (outline->units[i].type == UNIT_SHOW && outline->units[i].level == level &&
            !outline->units[i].fixed)
            show(b, &outline->units[i]);
}

static void grow_rests(struct builder *b, int parts)
{
    const struct outline *outline = b->choice->outline;
    for (size_t i = 0; i < outline->section_count; i++) {
        const size_t first = i > 0 ? outline->rest_ends[i - 1] : 0;
        while (outline->rest_ends[i] > first && b->choice->chains[i].rests < parts) {
            choice_set_rests(b->choice, i, b->choice->chains[i].rests + 1, false);
            append_step(b, (int)i, (struct step){.unit = NULL});
        }
    }
}

// One at a time in turn over the units of this type, each up to its most.
static void try_in_turn(struct builder *b, enum unit_type type)
{
    struct outline *outline = b->choice->outline;
    struct unit *end = outline->units + outline->unit_count;
    for (bool again = true; again;) {
        again = false;
        for (struct unit *unit = outline->units; unit < end; unit++) {
            if (unit->type != type || unit->fixed || unit->barred || unit->value >= unit->most)
                continue;
            try_step(b, unit);
            again = true;
        }
    }
}

// At the end of a chain nothing further is to come: its rests may take what is left.
static void open_ends(struct choice *choice)
{
    for (size_t i = 0; i < choice->outline->section_count; i++) {
        struct chain *chain = &choice->chains[i];
        const int64_t open = choice_rests_open(choice, i);
        if (chain->step_count)
            chain->steps[chain->step_count - 1].span.most += open;
        else
            chain->first.most += open;
    }
}

static enum status allocate(struct choice *choice, struct error *error)
{
    struct outline *outline = choice->outline;
    choice->chains = arena_array(outline->arena, outline->section_count, sizeof *choice->chains);
    size_t *counts = arena_array(outline->arena, outline->section_count, sizeof *counts);
    if (!choice->chains || !counts)
        return error_no_memory(error);
    for (size_t i = 0; i < outline->unit_count; i++) {
        const struct unit *unit = &outline->units[i];
        const size_t widening = unit->type == UNIT_BREATHS ? BOUT_WIDE : 0;
        counts[unit->section] += (size_t)(unit->most - unit->least) + widening;
    }
    for (size_t i = 0; i < outline->section_count; i++)
        counts[i] += REST_PARTS;
    for (size_t i = 0; i < outline->section_count; i++) {
        // Boxes and events are bounded, and every step takes one of either.
        size_t count = counts[i] < STEPS_MAX ? counts[i] : STEPS_MAX;
        choice->chains[i].steps = arena_array(outline->arena, count + 1, sizeof(struct step));
        if (!choice->chains[i].steps)
            return error_no_memory(error);
    }
    return STATUS_OK;
}

enum status choice_build(struct choice *choice, struct outline *outline, struct error *error)
{
    *choice = (struct choice){.outline = outline};
    struct builder b = {.choice = choice};
    enum status status = allocate(choice, error);
    THEN(status, bout_run_find(outline, error));
    if (status)
        return status;
    for (size_t i = 0; i < outline->section_count; i++) {
        choice->chains[i].rests = -1;
        choice_set_rests(choice, i, 0, false);
        choice->chains[i].first = box_span(&outline->sections[i]);
        choice->chains[i].open = choice_rests_open(choice, i);
        count_section(&b, &outline->sections[i], 1);
    }
    for (size_t i = 0; i < outline->unit_count; i++)
        grow(&b, &outline->units[i]);
    grow_rests(&b, REST_OF_MUSTS);
    show_all(&b, LEVEL_CORE);
    grow_rests(&b, REST_OF_CORE);
    for (size_t i = 0; i < outline->section_count; i++)
        choice->chains[i].share = box_span(&outline->sections[i]).natural;
    show_all(&b, LEVEL_EXTRA);
    grow_rests(&b, REST_OF_EXTRA);
    try_in_turn(&b, UNIT_ROUNDS);
    try_in_turn(&b, UNIT_TOUCH);
    try_in_turn(&b, UNIT_BREATHS);
    grow_rests(&b, REST_PARTS);
    open_ends(choice);
    return STATUS_OK;
}
