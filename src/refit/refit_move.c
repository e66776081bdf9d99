// SPDX-License-Identifier: GPL-3.0-or-later
// The step that is wanted is found, and the scene that the script has there; what was left on the
// way is counted as passed.
#include "refit_move.h"

#define BOUT_GAP_FRAMES ((int64_t)2 * FRAME_RATE) // from one bout back to its start
#define EARLY_FRAMES ((int64_t)3 * FRAME_RATE)    // of a step: "previous" means the one before

// From a touch or a breath that is led there is always a way on, be it to the end.
static enum status choose_next(struct refit *r, struct error *error)
{
    const bool held = refit_cut_is_held(r);
    const struct steps *steps = &r->steps;
    size_t i = r->rest.here;
    const int step = steps->moments[i].step;
    while (i < steps->count && (!steps->moments[i].on || steps->moments[i].step <= step))
        i++;
    if (i == steps->count || (steps->moments[i].box == r->planner.outline.tail && !held))
        return refit_cut_refuse(error, "This is the last step; only the end follows.");
    r->rest.cursor = i;
    return STATUS_OK;
}

static bool was_visited(const struct refit *r, const struct moment *moment)
{
    const struct stay *stay = step_stay(moment);
    return stay->spent > 0 || (stay->placed && stay->frames > 0 && stay->start < r->swap);
}

// Whether less than EARLY_FRAMES of the step were heard.
static bool is_early(const struct refit *r, int step)
{
    for (size_t i = 0; i < r->steps.count; i++) {
        const struct moment *moment = &r->steps.moments[i];
        const struct stay *stay = step_stay(moment);
        if (moment->step != step)
            continue;
        if (stay->visit > 0 || (stay->over && stay->spent > 0) ||
            (stay->placed && stay->frames > 0 && r->swap - stay->start > EARLY_FRAMES))
            return false;
    }
    return true;
}

static void choose_previous(struct refit *r)
{
    const struct steps *steps = &r->steps;
    int step = refit_cut_here(r)->step;
    size_t i = r->rest.here;
    if (is_early(r, step)) {
        while (i > 0 && (steps->moments[i].step == step || !steps->moments[i].on ||
                         !was_visited(r, &steps->moments[i])))
            i--;
        if (steps->moments[i].step > STEP_LEAD)
            step = steps->moments[i].step;
    }
    for (i = 0; steps->moments[i].step != step;)
        i++;
    r->rest.cursor = i;
}

// The scene that the script has before a moment; the session's own at first.
static struct text scene_before(const struct refit *r, size_t cursor)
{
    struct text name = r->present->session->scene;
    for (size_t i = 0; i < cursor; i++) {
        const struct moment *moment = &r->steps.moments[i];
        if (moment->on && !moment->tail && moment->box->type == BOX_MARK &&
            moment->box->node->type == NODE_SCENE)
            name = moment->box->node->as.scene.name;
    }
    return name;
}

// Back to the scene of the step that the session goes on with.
static void change_scene(struct refit *r)
{
    struct text now = r->present->session->scene;
    struct text then = scene_before(r, r->rest.cursor);
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].type == EVENT_SCENE)
            now = r->events[i].as.scene.name;
    if (text_equal(now, then))
        return;
    r->events[r->event_count++] =
        (struct event){.type = EVENT_SCENE,
                       .start_frame = r->at,
                       .section = r->steps.moments[r->rest.cursor].section,
                       .as.scene.name = then};
}

enum status refit_move_choose(struct refit *r, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t breath = refit_cut_breath_end(r);
    if (r->config->request == PLAN_NEXT)
        status = choose_next(r, error);
    else
        choose_previous(r);
    if (status)
        return status;
    const struct moment *target = &r->steps.moments[r->rest.cursor];
    bool back = r->rest.cursor <= r->rest.here;
    status = refit_cut_keep_events(r, error);
    if (status)
        return status;
    r->at = refit_cut_next_word(r);
    if (back && breath > 0 && r->at < breath + BOUT_GAP_FRAMES)
        r->at = breath + BOUT_GAP_FRAMES;
    change_scene(r);
    const struct stay *first = step_stay(target);
    int64_t start = first->placed ? first->start : r->swap;
    r->added = r->at - (start < r->swap ? start : r->swap);
    rest_of_plan_pass(&r->rest);
    r->planner.outline.sections[target->section].stay[0].spent += r->at - r->rest.left_frame;
    return STATUS_OK;
}
