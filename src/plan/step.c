// SPDX-License-Identifier: GPL-3.0-or-later
// Events that a listener meets as one are gathered into steps, in one pass over a timeline.
#include "step.h"

#define REST_LEAST ((int64_t)15 * FRAME_RATE) // a shorter one is the pause behind a line

struct lister {
    struct steps *steps; // moments NULL: only counted
    const struct outline *outline;
    struct box *block;
    int section;
};

struct stay *step_stay(const struct moment *moment)
{
    return &moment->box->stay[moment->pass];
}

static void add(struct lister *l, struct box *box, int pass, bool tail, bool on)
{
    struct steps *steps = l->steps;
    if (steps->moments)
        steps->moments[steps->count] = (struct moment){.box = box,
                                                       .block = l->block,
                                                       .pass = pass,
                                                       .section = l->section,
                                                       .tail = tail,
                                                       .on = on,
                                                       .step = STEP_NONE};
    steps->count++;
}

static void list(struct lister *l, struct box *box, int pass, bool on)
{
    on = on && box->on;
    if (!box->first && box->type != BOX_TIMED && box->type != BOX_SIDES && box->type != BOX_GROUP) {
        add(l, box, pass, false, on);
        return;
    }
    struct box *block = l->block;
    if (box->type == BOX_TIMED && !block)
        l->block = box;
    for (int turn = 0; turn < (box->type == BOX_SIDES ? PASS_COUNT : 1); turn++)
        for (struct box *child = box->first; child; child = child->next)
            list(l, child, box->type == BOX_SIDES ? turn : pass, on);
    if (box->type == BOX_TIMED || box->type == BOX_SIDES)
        add(l, box, pass, true, on);
    l->block = block;
}

static void list_all(struct steps *steps, const struct outline *outline)
{
    struct lister l = {.steps = steps, .outline = outline};
    steps->count = 0;
    for (size_t i = 0; i < outline->section_count; i++) {
        struct box *section = &outline->sections[i];
        l.section = (int)i;
        for (struct box *child = section->first; child; child = child->next)
            list(&l, child, 0, true);
        add(&l, section, 0, true, true);
    }
}

// ---- Steps --------------------------------------------------------------------------------------

static bool rests_long(const struct moment *moment)
{
    const struct stay *stay = step_stay(moment);
    return stay->visit + stay->frames >= REST_LEAST;
}

static bool begins_quiet(const struct moment *moment, const struct outline *outline)
{
    const struct box *box = moment->box;
    return !box->node ? box == outline->tail : box->node->type == NODE_BREATHE;
}

// Whether a step begins here; `last` is the moment before it that is there.
static bool begins(const struct moment *moment, const struct moment *last,
                   const struct outline *outline)
{
    const struct box *box = moment->box;
    if (!last)
        return true;
    if (moment->block)
        return last->block != moment->block || last->pass != moment->pass;
    if (moment->tail)
        return false;
    switch (box->type) {
    case BOX_LINE:
        return box->clip[moment->pass] > 0;
    case BOX_BREATH:
        return box->breaths > 0 && (last->block || last->box->type != BOX_BREATH);
    case BOX_QUIET:
        return begins_quiet(moment, outline);
    case BOX_REST:
        return last->block || last->box->type != BOX_LINE || rests_long(moment);
    case BOX_MARK:
        return box->node->type == NODE_CHIME;
    case BOX_GROUP:
    case BOX_TIMED:
    case BOX_SIDES:
        break;
    }
    return false;
}

static bool changes_scene(const struct moment *moment)
{
    return !moment->tail && moment->box->type == BOX_MARK && !moment->block &&
           moment->box->node->type == NODE_SCENE;
}

// A change of the scene belongs to what comes behind it.
static void number(struct steps *steps, const struct outline *outline)
{
    const struct moment *last = NULL;
    int step = STEP_LEAD - 1;
    for (size_t i = 0; i < steps->count; i++) {
        struct moment *moment = &steps->moments[i];
        if (!moment->on || changes_scene(moment))
            continue;
        step += begins(moment, last, outline);
        moment->step = step;
        last = moment;
    }
    steps->step_count = step + 1;
    for (size_t i = steps->count; i-- > 0;) {
        struct moment *moment = &steps->moments[i];
        if (moment->on && changes_scene(moment))
            moment->step = step;
        else if (moment->on)
            step = moment->step;
    }
}

enum status steps_list(struct steps *steps, const struct outline *outline, struct error *error)
{
    *steps = (struct steps){.moments = NULL};
    list_all(steps, outline);
    steps->moments = arena_array(outline->arena, steps->count + 1, sizeof *steps->moments);
    if (!steps->moments)
        return error_no_memory(error);
    list_all(steps, outline);
    number(steps, outline);
    return STATUS_OK;
}

size_t steps_find(const struct steps *steps, int64_t frame)
{
    size_t i = 0;
    for (; i < steps->count; i++) {
        const struct stay *stay = step_stay(&steps->moments[i]);
        if (stay->placed && frame >= stay->start && frame < stay->start + stay->frames)
            break;
    }
    return i;
}
