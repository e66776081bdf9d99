// SPDX-License-Identifier: GPL-3.0-or-later
// What is wished for is noted in the stay of the moment, or of the touch around it; the planner
// makes room for it.
#include "refit_stay.h"

#include "breath.h"
#include "filler.h"
#include "session_limits.h"

#define BEHIND_FRAMES (FRAME_RATE * 6 / 10)    // quiet behind a line that is said again
#define MORE_FRAMES ((int64_t)20 * FRAME_RATE) // of a step ...
#define MORE_LEAST ((int64_t)5 * FRAME_RATE)   // ... as far as its limit allows, or none

enum { MORE_BREATHS = 2 };

// Make room for what is said again in the moment, beside what is still to come there.
static void repeat_in(const struct moment *moment, bool said)
{
    struct stay *stay = step_stay(moment);
    if (moment->tail)
        return;
    if (moment->box->type != BOX_LINE) {
        stay->again += stay->ahead;
    } else if (said) { // only the pause behind it is left
        stay->visit = moment->box->clip[moment->pass];
        stay->again = stay->ahead;
    } else {
        stay->again = stay->visit + stay->ahead;
    }
}

static enum status say_again(struct refit *r, int said, struct error *error)
{
    const struct moment *moment = refit_cut_here(r);
    const struct event *line = NULL;
    if (refit_cut_breath_end(r) > 0)
        return refit_cut_refuse(error,
                                "While the waves lead the breath nothing is said over them.");
    for (size_t i = 0; i < r->present->event_count; i++) {
        const struct event *event = &r->present->events[i];
        if (event->type == EVENT_SPEECH && event->start_frame < r->swap && event->as.speech.line)
            line = event;
    }
    if (!line)
        return refit_cut_refuse(error, "Nothing was said yet.");
    enum status status = refit_cut_keep_events(r, error);
    if (status)
        return status;
    struct stay *stay = step_stay(moment);
    int64_t start = refit_cut_next_word(r);
    int64_t clip = r->config->clip_frames[line->as.speech.utterance];
    struct event *event = &r->events[r->event_count++];
    *event = *line;
    event->start_frame = start;
    event->frames = clip;
    event->section = moment->section;
    event->as.speech.level = LEVEL_MUST; // the listener wants it
    rest_of_plan_pass(&r->rest);
    stay->ahead = start + clip + BEHIND_FRAMES - r->swap;
    r->settled = start + 1;
    repeat_in(moment, said > 0);
    r->added = stay->ahead;
    r->at = r->swap;
    return STATUS_OK;
}

// The lines or breaths of the moment in the visit that goes on, up to where the plan was left.
static int count_said(const struct refit *r, const struct moment *moment)
{
    const struct stay *stay = step_stay(moment);
    int count = 0;
    for (size_t i = 0; i < r->present->event_count; i++) {
        const struct event *event = &r->present->events[i];
        if (event->start_frame < stay->start || event->start_frame >= r->rest.left_frame)
            continue;
        if (moment->box->type == BOX_LINE && event->type == EVENT_SPEECH)
            count += event->as.speech.line == moment->box->node;
        if (moment->box->type == BOX_REST && event->type == EVENT_SPEECH)
            count += event->as.speech.level == LEVEL_PRESENCE && event->as.speech.line &&
                     event->as.speech.line != &filler_line;
        if (moment->box->type == BOX_BREATH && event->type == EVENT_BREATH)
            count += event->as.breath.phase == BREATH_OUT;
    }
    return count;
}

static enum status hold_block(struct refit *r, const struct moment *moment, int64_t planned,
                              struct error *error)
{
    struct box *block = moment->block;
    const struct node *node = block->node;
    int64_t most = node->as.move.frames.most;
    if (node->type == NODE_CONTACT)
        most = node->as.contact.frames.most < SESSION_SPOT_MOST ? node->as.contact.frames.most
                                                                : SESSION_SPOT_MOST;
    if (block->paired && moment->pass == 1)
        return refit_cut_refuse(
            error, "The other side had the same time; more here would make them unequal.");
    const int64_t more = MORE_BREATHS * r->planner.outline.pace; // whole ones accompany it
    const int64_t length = planned + more < most ? planned + more : most;
    if (length - planned < MORE_LEAST)
        return refit_cut_refuse(error, node->type == NODE_CONTACT
                                           ? "This place has had its time."
                                           : "This movement has had its time.");
    for (int pass = 0; pass < PASS_COUNT; pass++)
        block->stay[pass].fixed = length;
    r->added = (length - planned) * (block->paired ? PASS_COUNT : 1);
    return STATUS_OK;
}

static enum status breathe_on(struct refit *r, size_t first, struct error *error)
{
    const double rate = r->planner.outline.rate;
    struct moment *last = NULL;
    for (size_t i = first;
         i < r->steps.count && r->steps.moments[i].step <= refit_cut_here(r)->step; i++) {
        struct moment *moment = &r->steps.moments[i];
        if (!moment->on || moment->tail || moment->box->type != BOX_BREATH)
            continue;
        if (moment->box->breaths > 0)
            last = moment;
        step_stay(moment)->fixed = breath_bout(moment->box->node, rate, moment->box->breaths);
    }
    if (!last || last->box->node->as.breathe.pattern.type == PATTERN_SIGH)
        return refit_cut_refuse(error, LIMIT_TEXT(LIMIT_SIGHS) " sighs are enough.");
    step_stay(last)->more += MORE_BREATHS;
    r->added = MORE_BREATHS *
               breath_period(last->box->node, rate, last->box->breaths - 1, last->box->breaths);
    return STATUS_OK;
}

static enum status stay_longer(struct refit *r, int said, struct error *error)
{
    struct moment *moment = refit_cut_here(r);
    struct stay *stay = step_stay(moment);
    enum status status = refit_cut_keep_events(r, error);
    if (status)
        return status;
    const int64_t left = stay->start + stay->frames - r->rest.left_frame;
    int64_t block_end = 0;
    if (moment->block) {
        const struct stay *block = &moment->block->stay[moment->pass];
        block_end = block->start + block->frames;
    }
    rest_of_plan_pass(&r->rest);
    r->at = r->rest.left_frame;
    r->added = MORE_FRAMES;
    if (!moment->tail && moment->box->type == BOX_LINE && stay->visit > 0 && said == 0)
        stay->ahead = BEHIND_FRAMES; // another line was said again here
    if (moment->block)
        return hold_block(r, moment,
                          box_spent(moment->block, moment->pass) + block_end - r->rest.left_frame,
                          error);
    if (moment->box->type == BOX_BREATH)
        return breathe_on(r, r->rest.here, error);
    if (moment->tail)
        stay->ahead = left + MORE_FRAMES;
    else
        stay->fixed = stay->visit + left - stay->again + MORE_FRAMES;
    return STATUS_OK;
}

enum status refit_stay_choose(struct refit *r, struct error *error)
{
    struct moment *moment = refit_cut_here(r);
    r->rest.goes_on = true;
    r->rest.cursor = r->rest.here;
    int said = step_stay(moment)->said + count_said(r, moment);
    enum status status =
        r->config->request == PLAN_AGAIN ? say_again(r, said, error) : stay_longer(r, said, error);
    step_stay(moment)->said = said;
    return status;
}
