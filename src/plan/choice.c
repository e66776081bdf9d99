// SPDX-License-Identifier: GPL-3.0-or-later
// What can be left out, shortened or repeated, and in which order it is.
// The order of steps is the stretch rule: core in script order, extra, further rounds, breaths one
// at a time in turn over the bouts. A step is taken from the target on at which the section's least
// length (core) or natural length (all else) fits.
//
// Budgets span the session, while each section is chosen by itself. So what breaks a budget is
// found once, with every section at its end, and left out at every length.
#include "choice.h"

#include "breath.h"
#include "limits.h"

#define PRESSURE_MOST ((int64_t)6 * 60 * FRAME_RATE) // contact a side in one session
#define SETTLE_MOST ((int64_t)14 * FRAME_RATE)       // quiet at a section's end: one slow breath

enum { STEPS_MAX = 5 * SESSION_EVENTS_MAX };

// Bouts that follow each other with less than BREATH_FREE_FRAMES between, when everything is at its
// least. Rests that can be widened cut a run into stretches.
struct bout_run {
    int64_t frames;     // paced breathing in all
    struct box **rests; // that can be widened
    size_t rest_count;
    bool widened;
    bool spans; // sections, whose states do not know of each other: cannot be widened
};

struct bout_stretch {
    int64_t frames;
    struct bout_run *run;
};

struct builder {
    struct choice *choice;
    int64_t pressure[PASS_COUNT]; // of the whole session, left and right
    int64_t events;
    struct bout_stretch *stretches;
    size_t stretch_count;
    struct bout_run *runs;
    size_t run_count;
    struct box **rests; // shared by the runs
    size_t rest_count;
    size_t rest_mark;    // rests passed since the last bout begin here
    int64_t free_frames; // since the last bout
    size_t section;      // where we are
    size_t bout_section; // where the last bout was
};

size_t choice_state(const struct chain *chain, int64_t target_frames)
{
    size_t low = 0;
    size_t high = chain->step_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (chain->steps[middle].threshold <= target_frames)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct span choice_span(const struct chain *chain, size_t steps)
{
    return steps ? chain->steps[steps - 1].span : chain->first;
}

int64_t choice_reach(const struct chain *chain, size_t steps)
{
    int64_t most = choice_span(chain, steps).most;
    if (steps == chain->step_count)
        return most;
    int64_t next = chain->steps[steps].threshold;
    if (next > most + SETTLE_MOST)
        next = most + SETTLE_MOST;
    return next > most ? next : most;
}

static void widen(struct bout_run *run, bool wide)
{
    run->widened = wide;
    for (size_t i = 0; i < run->rest_count; i++) {
        struct box *rest = run->rests[i];
        struct range limit = rest->node->as.rest.frames;
        int64_t least = wide && limit.least < BREATH_FREE_FRAMES ? BREATH_FREE_FRAMES : limit.least;
        box_resize(rest, (struct span){least, least, limit.most});
    }
}

static void take_step(const struct outline *outline, const struct step *step, bool forward)
{
    if (step->unit)
        outline_set(outline, step->unit, step->unit->value + (forward ? 1 : -1));
    else
        widen(step->run, forward);
}

void choice_show(const struct choice *choice, size_t section, size_t steps)
{
    struct chain *chain = &choice->chains[section];
    while (chain->taken > steps)
        take_step(choice->outline, &chain->steps[--chain->taken], false);
    while (chain->taken < steps)
        take_step(choice->outline, &chain->steps[chain->taken++], true);
}

// ---- Runs of bouts ------------------------------------------------------------------------------

static void hear_bout(struct builder *b, struct box *box, int pass)
{
    bool close = b->stretch_count > 0 && b->free_frames < BREATH_FREE_FRAMES;
    bool separable = close && b->rest_count > b->rest_mark && b->bout_section == b->section;
    b->rest_count = b->rest_mark + separable; // one rest is enough to part two bouts
    if (!close)
        b->runs[b->run_count++] = (struct bout_run){.rests = b->rests + b->rest_count};
    struct bout_run *run = &b->runs[b->run_count - 1];
    run->rest_count += separable;
    run->spans = run->spans || (close && b->bout_section != b->section);
    if (!close || separable)
        b->stretches[b->stretch_count++].run = run;
    box->stretch[pass] = &b->stretches[b->stretch_count - 1];
    box->stretch[pass]->frames += box->own[pass].least;
    run->frames += box->own[pass].least;
    b->rest_mark = b->rest_count;
    b->bout_section = b->section;
    b->free_frames = 0;
}

static bool can_widen(const struct builder *b, const struct box *box)
{
    bool in_section = box->parent == &b->choice->outline->sections[b->section];
    bool fresh = box->stay[0].spent == 0 && !box->stay[0].over;
    return box->type == BOX_REST && in_section && fresh &&
           box->node->as.rest.frames.most >= BREATH_FREE_FRAMES;
}

// Hear one pass of a box at its least. What is switched off gives no free time yet, but its bouts
// count.
static void hear(struct builder *b, struct box *box, int pass, bool on)
{
    on = on && box->on;
    if (box->type == BOX_BREATH) {
        hear_bout(b, box, pass);
        return;
    }
    if (can_widen(b, box))
        b->rests[b->rest_count++] = box;
    if (on)
        b->free_frames += box->own[pass].least;
    for (int turn = 0; turn < (box->type == BOX_SIDES ? PASS_COUNT : 1); turn++)
        for (struct box *child = box->first; child; child = child->next)
            hear(b, child, box->type == BOX_SIDES ? turn : pass, on);
}

static enum status find_runs(struct builder *b, struct error *error)
{
    struct outline *outline = b->choice->outline;
    size_t heard = 0;
    for (size_t i = 0; i < outline->unit_count; i++)
        if (outline->units[i].type == UNIT_BREATHS)
            heard += PASS_COUNT * outline->units[i].box_count;
    b->stretches = arena_array(outline->arena, heard + 1, sizeof *b->stretches);
    b->runs = arena_array(outline->arena, heard + 1, sizeof *b->runs);
    b->rests = arena_array(outline->arena, outline->box_count + 1, sizeof(struct box *));
    if (!b->stretches || !b->runs || !b->rests)
        return error_no_memory(error);
    for (b->section = 0; b->section < outline->section_count; b->section++)
        hear(b, &outline->sections[b->section], 0, true);
    return STATUS_OK;
}

// Count `sign` times the breaths of every box of the unit, now `frames` long in each pass.
static void count_bouts(const struct unit *unit, int64_t frames, int sign)
{
    for (size_t i = 0; i < unit->box_count; i++) {
        for (int pass = 0; pass < (unit->boxes[i]->paired ? PASS_COUNT : 1); pass++) {
            struct bout_stretch *stretch = unit->boxes[i]->stretch[pass];
            stretch->frames += sign * frames;
            stretch->run->frames += sign * frames;
        }
    }
}

static bool bouts_too_long(const struct unit *unit, struct bout_run **to_widen)
{
    *to_widen = NULL;
    for (size_t i = 0; i < unit->box_count; i++) {
        for (int pass = 0; pass < (unit->boxes[i]->paired ? PASS_COUNT : 1); pass++) {
            const struct bout_stretch *stretch = unit->boxes[i]->stretch[pass];
            bool over = stretch->run->frames > BREATH_BOUT_MOST;
            if (stretch->frames > BREATH_BOUT_MOST || (over && stretch->run->spans))
                return true;
            if (over && !stretch->run->widened)
                *to_widen = stretch->run;
        }
    }
    return false;
}

// Widening must show with the section that needs it, and only rests that are there can be widened.
static bool run_can_widen(const struct builder *b, const struct bout_run *run, int section)
{
    for (size_t i = 0; i < run->rest_count; i++)
        if (!run->rests[i]->on || run->rests[i]->parent != &b->choice->outline->sections[section])
            return false;
    return run->rest_count > 0;
}

// ---- Building the chains ------------------------------------------------------------------------

static void append_step(struct builder *b, int section, struct step step)
{
    struct chain *chain = &b->choice->chains[section];
    step.span = box_span(&b->choice->outline->sections[section]);
    bool core = step.unit && step.unit->type == UNIT_SHOW && step.unit->level == LEVEL_CORE;
    step.threshold = core ? step.span.least : step.span.natural;
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
        count_bouts(unit, breath_bout(unit->node, outline->rate, unit->value), -1);
    outline_set(outline, unit, value);
    if (unit->type == UNIT_BREATHS)
        count_bouts(unit, breath_bout(unit->node, outline->rate, unit->value), 1);
    count_section(b, section, 1);
}

// One more of a unit, or its bar.
static void try_step(struct builder *b, struct unit *unit)
{
    const struct box *section = &b->choice->outline->sections[unit->section];
    int64_t pressure[PASS_COUNT] = {b->pressure[0], b->pressure[1]};
    if (!outline_stands(unit)) {
        unit->barred = true;
        return;
    }
    set_value(b, unit, unit->value + 1);
    unit->barred = breaks_budget(b, section, pressure, &unit->reason);
    struct bout_run *run = NULL;
    if (!unit->barred && unit->type == UNIT_BREATHS) {
        unit->reason = LEFT_BOUT_LIMIT;
        unit->barred = bouts_too_long(unit, &run) || (run && !run_can_widen(b, run, unit->section));
    }
    if (unit->barred || run)
        set_value(b, unit, unit->value - 1);
    if (unit->barred)
        return;
    if (run) {
        widen(run, true);
        append_step(b, unit->section, (struct step){.run = run});
        set_value(b, unit, unit->value + 1);
    }
    unit->top = unit->value;
    append_step(b, unit->section, (struct step){.unit = unit});
    if (unit->type == UNIT_SHOW)
        unit->step = b->choice->chains[unit->section].step_count;
}

static void try_lines(struct builder *b, enum level level)
{
    struct outline *outline = b->choice->outline;
    for (size_t i = 0; i < outline->unit_count; i++)
        if (outline->units[i].type == UNIT_SHOW && outline->units[i].level == level &&
            !outline->units[i].fixed)
            try_step(b, &outline->units[i]);
}

// One at a time in turn over the units of this type, each up to its most; ramps alone first, up to
// the pace.
static void try_in_turn(struct builder *b, enum unit_type type, bool ramps)
{
    struct outline *outline = b->choice->outline;
    struct unit *end = outline->units + outline->unit_count;
    for (bool again = true; again;) {
        again = false;
        for (struct unit *unit = outline->units; unit < end; unit++) {
            if (unit->type != type || unit->fixed || unit->barred || unit->value >= unit->most)
                continue;
            if (ramps && unit->value >= breath_ramp_enough(unit->node, outline->rate))
                continue;
            try_step(b, unit);
            again = true;
        }
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
        size_t widening = unit->type == UNIT_BREATHS;
        counts[unit->section] += (size_t)(unit->most - unit->least) + widening;
    }
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
    THEN(status, find_runs(&b, error));
    if (status)
        return status;
    for (size_t i = 0; i < outline->section_count; i++) {
        choice->chains[i].first = box_span(&outline->sections[i]);
        count_section(&b, &outline->sections[i], 1);
    }
    try_lines(&b, LEVEL_CORE);
    for (size_t i = 0; i < outline->section_count; i++)
        choice->chains[i].share = box_span(&outline->sections[i]).natural;
    try_lines(&b, LEVEL_EXTRA);
    try_in_turn(&b, UNIT_ROUNDS, false);
    try_in_turn(&b, UNIT_BREATHS, true);
    try_in_turn(&b, UNIT_BREATHS, false);
    return STATUS_OK;
}
