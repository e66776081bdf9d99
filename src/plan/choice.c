// SPDX-License-Identifier: GPL-3.0-or-later
// Time before text: the steps of a section first give everything that is in it its natural time, and only
// then say the next line or do the next thing, which brings its own natural time with it. In this order:
//   - touches, movements and bouts that every length has, to their natural lengths; rests to a first part
//   - core lines and blocks in script order, each with the touches and bouts in it, and further rests
//   - extra lines and blocks likewise
//   - further rounds; touches, then bouts, to their most; at last rests to theirs
// A step is taken from the target on at which the section's natural length with it fits. So whatever a
// longer session adds, nothing that a shorter one has becomes shorter but pauses, which wait between
// their natural length and their most for the next step to fit.
//
// Budgets span the session, while each section is chosen by itself. So what breaks a budget is
// found once, with every section at its end, and left out at every length.
#include "choice.h"

#include "breath.h"
#include "limits.h"

#define PRESSURE_MOST ((int64_t)6 * 60 * FRAME_RATE) // contact a side in one session
#define SETTLE_MOST ((int64_t)14 * FRAME_RATE)       // quiet at a section's end: one slow breath

enum {
    STEPS_MAX = 5 * SESSION_EVENTS_MAX,
    WIDE = 12,          // steps in which a rest grows to part two bouts
    REST_PARTS = 16,    // rests grow in so many steps from their least to their most:
    REST_OF_MUSTS = 5,  // up to here before core lines,
    REST_OF_CORE = 8,   // up to here before extra ones,
    REST_OF_EXTRA = 10, // and up to here before all else
};

// Bouts that follow each other with less than BREATH_FREE_FRAMES between, when everything is at its
// least. Rests that can be widened cut a run into stretches.
struct bout_run {
    int64_t frames;     // paced breathing in all
    struct box **rests; // that can be widened
    size_t rest_count;
    int wide;   // parts of the free breath that these have already, WIDE when all
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

int choice_rests(const struct chain *chain, size_t steps)
{
    return steps ? chain->steps[steps - 1].rests : 0;
}

// What a section waits with for its next step: pauses, a slow breath at its end, and then, when the step
// is a large one, rests. A section in which nothing is takes no time.
int64_t choice_reach(const struct chain *chain, size_t steps)
{
    const int64_t most = choice_span(chain, steps).most;
    const int64_t open = steps ? chain->steps[steps - 1].open : chain->open;
    if (steps == chain->step_count || most == 0)
        return most;
    const int64_t wait = most + open + SETTLE_MOST;
    const int64_t next =
        chain->steps[steps].threshold < wait ? chain->steps[steps].threshold : wait;
    return next > most ? next : most;
}

// ---- Rests --------------------------------------------------------------------------------------

int64_t choice_rest(const struct range limit, int parts)
{
    return limit.least + (limit.most - limit.least) * parts / REST_PARTS;
}

// One that was begun before a re-fit is as long as the re-fit says.
static bool is_fresh(const struct box *rest)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        const struct stay *stay = &rest->stay[pass];
        if (stay->spent > 0 || stay->over || stay->fixed > 0 || stay->ahead > 0 || stay->again > 0)
            return false;
    }
    return true;
}

static struct box **first_rest(const struct outline *outline, size_t section)
{
    return outline->rests + (section > 0 ? outline->rest_ends[section - 1] : 0);
}

static bool is_timed(const struct box *rest)
{
    const struct box *box = rest;
    while (box && box->type != BOX_TIMED)
        box = box->parent;
    return box != NULL;
}

// In a touch a rest may be longer at all times: the touch has its length from its breaths, and what is said
// in it is spread over that.
static void set_rest(struct box *rest, int parts, bool open)
{
    const struct range limit = rest->node->as.rest.frames;
    int64_t frames = choice_rest(limit, parts);
    frames = frames > rest->widened ? frames : rest->widened;
    box_resize(rest, (struct span){frames, frames, open || is_timed(rest) ? limit.most : frames});
}

// All rests of a section grow together: those that come later have the part that the others have.
static void set_rests(const struct choice *choice, size_t section, int parts, bool open)
{
    struct chain *chain = &choice->chains[section];
    struct box **end = choice->outline->rests + choice->outline->rest_ends[section];
    if (chain->rests == parts && chain->is_open == open)
        return;
    chain->rests = parts;
    chain->is_open = open;
    for (struct box **rest = first_rest(choice->outline, section); rest < end; rest++)
        if (is_fresh(*rest))
            set_rest(*rest, parts, open);
}

// How much longer the rests of a section could be that are there.
static int64_t rests_open(const struct choice *choice, size_t section)
{
    int64_t sum = 0;
    struct box **end = choice->outline->rests + choice->outline->rest_ends[section];
    for (struct box **rest = first_rest(choice->outline, section); rest < end; rest++) {
        bool there = is_fresh(*rest) && !is_timed(*rest);
        for (const struct box *box = *rest; box; box = box->parent)
            there = there && box->on;
        if (there)
            sum += ((*rest)->node->as.rest.frames.most - (*rest)->own[0].most) *
                   ((*rest)->paired ? PASS_COUNT : 1);
    }
    return sum;
}

static void widen(const struct choice *choice, size_t section, struct bout_run *run, int wide)
{
    run->wide = wide;
    for (size_t i = 0; i < run->rest_count; i++) {
        run->rests[i]->widened = BREATH_FREE_FRAMES * wide / WIDE;
        set_rest(run->rests[i], choice->chains[section].rests, choice->chains[section].is_open);
    }
}

// Go one step forward from `at` steps, or back to it.
static void take_step(const struct choice *choice, size_t section, size_t at, bool forward)
{
    const struct chain *chain = &choice->chains[section];
    const struct step *step = &chain->steps[at];
    if (step->unit)
        outline_set(choice->outline, step->unit, step->unit->value + (forward ? 1 : -1));
    else if (step->run)
        widen(choice, section, step->run, step->run->wide + (forward ? 1 : -1));
    else
        set_rests(choice, section, forward ? step->rests : choice_rests(chain, at), false);
}

void choice_show(const struct choice *choice, size_t section, size_t steps)
{
    struct chain *chain = &choice->chains[section];
    set_rests(choice, section, chain->rests, false);
    while (chain->taken > steps)
        take_step(choice, section, --chain->taken, false);
    while (chain->taken < steps)
        take_step(choice, section, chain->taken++, true);
}

void choice_open(const struct choice *choice, size_t section)
{
    set_rests(choice, section, choice->chains[section].rests, true);
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
            if (over && stretch->run->wide < WIDE)
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
    step.threshold = step.span.natural;
    step.rests = chain->rests;
    step.open = rests_open(b->choice, (size_t)section);
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

// Bar the unit from one more, or say that bouts must first be parted.
static void judge(struct builder *b, struct unit *unit, const int64_t pressure[PASS_COUNT],
                  struct bout_run **run)
{
    const struct box *section = &b->choice->outline->sections[unit->section];
    unit->barred = breaks_budget(b, section, pressure, &unit->reason);
    if (unit->barred || unit->type != UNIT_BREATHS)
        return;
    unit->reason = LEFT_BOUT_LIMIT;
    unit->barred = bouts_too_long(unit, run) || (*run && !run_can_widen(b, *run, unit->section));
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
        while (run->wide < WIDE) {
            widen(b->choice, (size_t)unit->section, run, run->wide + 1);
            append_step(b, unit->section, (struct step){.run = run});
        }
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

// Further breaths of a touch or a bout, one at a time, up to its natural number; of a touch further, while
// its contents are pressed.
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
            set_rests(b->choice, i, b->choice->chains[i].rests + 1, false);
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
        const int64_t open = rests_open(choice, i);
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
        const size_t widening = unit->type == UNIT_BREATHS ? WIDE : 0;
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
    THEN(status, find_runs(&b, error));
    if (status)
        return status;
    for (size_t i = 0; i < outline->section_count; i++) {
        choice->chains[i].rests = -1;
        set_rests(choice, i, 0, false);
        choice->chains[i].first = box_span(&outline->sections[i]);
        choice->chains[i].open = rests_open(choice, i);
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
