// SPDX-License-Identifier: GPL-3.0-or-later
// The plan is left at once where that hurts nothing; else when the breath, the chime or the line
// under way has ended. Events that began before are kept, and those under way end with it.
#include "refit_cut.h"

#include "plan_state.h"

#define CUT_FRAMES (FRAME_RATE / 40) // of a clip that is left: it fades out
#define GAP_FRAMES (FRAME_RATE / 2)  // between two lines, at least

enum status refit_cut_refuse(struct error *error, const char *text)
{
    return error_set(error, STATUS_BAD_ARGUMENT, "%s", text);
}

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

// The last event of a type that has begun before `frame`, or NULL.
static const struct event *last_before(const struct timeline *timeline, enum event_type type,
                                       int64_t frame)
{
    const struct event *last = NULL;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame >= frame)
            break;
        if (event->type == type)
            last = event;
    }
    return last;
}

static const struct event *speech_now(const struct refit *r)
{
    const struct event *speech = last_before(r->present, EVENT_SPEECH, r->swap);
    return speech && end_of(speech) > r->swap ? speech : NULL;
}

// The end of the breath that is under way, or 0.
int64_t refit_cut_breath_end(const struct refit *r)
{
    const struct event *breath = last_before(r->present, EVENT_BREATH, r->swap + 1);
    if (!breath || end_of(breath) <= r->swap)
        return 0;
    int64_t end = end_of(breath);
    const struct event *last = r->present->events + r->present->event_count;
    for (const struct event *next = breath + 1; next < last; next++)
        if (next->type == EVENT_BREATH && next->as.breath.bout == breath->as.breath.bout &&
            next->as.breath.cycle == breath->as.breath.cycle)
            end = end_of(next);
    return end;
}

// ---- Where we are -------------------------------------------------------------------------------

static bool is_last_section(const struct refit *r, const struct moment *moment)
{
    return moment->section + 1 == (int)r->planner.outline.section_count;
}

// The quiet in which a session ends: nothing there can be changed.
static bool is_end(const struct refit *r, const struct moment *moment)
{
    if (!is_last_section(r, moment))
        return false;
    return r->present->ending == ENDING_SLEEP || moment->box == r->planner.outline.tail ||
           moment->box == &r->planner.outline.sections[moment->section];
}

enum status refit_cut_locate(struct refit *r, struct error *error)
{
    const int64_t settled = r->present->plan_state->settled;
    r->swap = r->config->now_frame > settled ? r->config->now_frame : settled;
    r->rest.here = steps_find(&r->steps, r->swap);
    if (r->rest.here == r->steps.count || is_end(r, &r->steps.moments[r->rest.here]))
        return refit_cut_refuse(error, "Only quiet follows from here.");
    if (r->steps.moments[r->rest.here].step == STEP_LEAD)
        return refit_cut_refuse(error, "The session has not begun yet.");
    r->rest.left_frame = r->swap;
    return STATUS_OK;
}

struct moment *refit_cut_here(const struct refit *r)
{
    return &r->steps.moments[r->rest.here];
}

// In a touch, a movement or a breath.
bool refit_cut_is_held(const struct refit *r)
{
    return refit_cut_here(r)->block || refit_cut_here(r)->box->type == BOX_BREATH;
}

// Follow the present plan a little longer.
static void leave_at(struct refit *r, int64_t frame)
{
    if (frame <= r->swap)
        return;
    r->rest.left_frame = frame;
    r->rest.here = steps_find(&r->steps, frame - 1);
}

// A line that every session says.
static bool is_must(const struct box *box)
{
    for (; box; box = box->parent)
        if (box->node && box->node->level != LEVEL_MUST)
            return false;
    return true;
}

// Where a line that every session says ends, when the moment is one in which it is still to be
// heard (also again); else 0. What is said in a touch is left with it.
static int64_t must_end(const struct refit *r, const struct moment *moment)
{
    const struct stay *stay = step_stay(moment);
    int64_t end = 0;
    if (moment->tail || moment->block || moment->box->type != BOX_LINE || !is_must(moment->box))
        return 0;
    for (size_t i = 0; i < r->present->event_count; i++) {
        const struct event *event = &r->present->events[i];
        if (event->type == EVENT_SPEECH && event->as.speech.line == moment->box->node &&
            end_of(event) > r->swap && event->start_frame < stay->start + stay->frames)
            end = end_of(event);
    }
    return end;
}

// Touches are left at once, breaths when they are whole, and lines at once unless they must be
// said.
void refit_cut_leave(struct refit *r)
{
    const struct moment *moment = refit_cut_here(r);
    const struct event *speech = speech_now(r);
    int64_t breath = refit_cut_breath_end(r);
    bool chimes = !moment->tail && moment->box->type == BOX_MARK;
    if (breath > 0)
        leave_at(r, breath);
    else if (chimes)
        leave_at(r, step_stay(moment)->start + step_stay(moment)->frames);
    else if (r->config->request == PLAN_MORE && speech)
        leave_at(r, end_of(speech));
    else if (r->config->request == PLAN_NEXT)
        leave_at(r, must_end(r, moment));
}

// ---- What comes before --------------------------------------------------------------------------

// Keep an event that began before the present plan was left.
static void keep_event(struct refit *r, const struct event *event)
{
    struct event *kept = &r->events[r->event_count++];
    const int64_t left = r->rest.left_frame;
    *kept = *event;
    bool timed = event_is_timed(event);
    bool cuts = event->type == EVENT_SPEECH && r->config->request != PLAN_MORE && left == r->swap;
    if (timed && end_of(event) > left && !r->rest.goes_on)
        kept->frames = left - event->start_frame;
    if (cuts && end_of(event) > left + CUT_FRAMES)
        kept->frames = left + CUT_FRAMES - event->start_frame;
}

enum status refit_cut_keep_events(struct refit *r, struct error *error)
{
    const struct timeline *present = r->present;
    r->events =
        arena_array(&r->planner.arena, present->event_count + 2, sizeof *r->events); // and two
    if (!r->events)
        return error_no_memory(error);
    for (size_t i = 0; i < present->event_count; i++)
        if (present->events[i].start_frame < r->rest.left_frame)
            keep_event(r, &present->events[i]);
    return STATUS_OK;
}

// Where the next words may begin.
int64_t refit_cut_next_word(const struct refit *r)
{
    int64_t behind = r->rest.left_frame;
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].type == EVENT_SPEECH && end_of(&r->events[i]) + GAP_FRAMES > behind)
            behind = end_of(&r->events[i]) + GAP_FRAMES;
    return behind;
}
