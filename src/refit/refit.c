// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit cuts the present plan at a frame and decides in which moment the session goes on: the
// same one, the first of the next step or of one before. What was done becomes fact
// (rest_of_plan.h); then the planner fits the rest as it fits a session.
#include "refit.h"

#include "acceptance.h"
#include "breath.h"
#include "filler.h"
#include "limits.h"
#include "plan_request.h"
#include "plan_state.h"
#include "planner.h"
#include "rest_of_plan.h"

#include <string.h>

#define CUT_FRAMES (FRAME_RATE / 40)              // of a clip that is left: it fades out
#define GAP_FRAMES (FRAME_RATE / 2)               // between two lines, at least
#define BEHIND_FRAMES (FRAME_RATE * 6 / 10)       // quiet behind a line that is said again
#define BOUT_GAP_FRAMES ((int64_t)2 * FRAME_RATE) // from one bout back to its start
#define MORE_FRAMES ((int64_t)20 * FRAME_RATE)    // of a step ...
#define MORE_LEAST ((int64_t)5 * FRAME_RATE)      // ... as far as its limit allows, or none
#define EARLY_FRAMES ((int64_t)3 * FRAME_RATE)    // of a step: "previous" means the one before

enum { MORE_BREATHS = 2 };

struct refit {
    const struct plan_refit_config *config;
    const struct timeline *present;
    struct planner planner;
    struct steps steps;
    struct rest_of_plan rest;
    int64_t swap;    // from here on the timeline may change
    int64_t at;      // where what follows is laid out
    int64_t settled; // where the next re-fit may begin
    int64_t added;   // time that the request takes, frames
    struct event *events;
    size_t event_count;
};

static enum status refuse(struct error *error, const char *text)
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
static int64_t breath_end(const struct refit *r)
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

static enum status locate(struct refit *r, struct error *error)
{
    const int64_t settled = r->present->plan_state->settled;
    r->swap = r->config->now_frame > settled ? r->config->now_frame : settled;
    r->rest.here = steps_find(&r->steps, r->swap);
    if (r->rest.here == r->steps.count || is_end(r, &r->steps.moments[r->rest.here]))
        return refuse(error, "Only quiet follows from here.");
    if (r->steps.moments[r->rest.here].step == STEP_LEAD)
        return refuse(error, "The session has not begun yet.");
    r->rest.left_frame = r->swap;
    return STATUS_OK;
}

static struct moment *here(const struct refit *r)
{
    return &r->steps.moments[r->rest.here];
}

// In a touch, a movement or a breath.
static bool is_held(const struct refit *r)
{
    return here(r)->block || here(r)->box->type == BOX_BREATH;
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
static void choose_leave(struct refit *r)
{
    const struct moment *moment = here(r);
    const struct event *speech = speech_now(r);
    int64_t breath = breath_end(r);
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
    bool timed = event->type == EVENT_CONTACT || event->type == EVENT_MOVE;
    bool cuts = event->type == EVENT_SPEECH && r->config->request != PLAN_MORE && left == r->swap;
    if (timed && end_of(event) > left && !r->rest.goes_on)
        kept->frames = left - event->start_frame;
    if (cuts && end_of(event) > left + CUT_FRAMES)
        kept->frames = left + CUT_FRAMES - event->start_frame;
}

static enum status keep_events(struct refit *r, struct error *error)
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
static int64_t next_word(const struct refit *r)
{
    int64_t free = r->rest.left_frame;
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].type == EVENT_SPEECH && end_of(&r->events[i]) + GAP_FRAMES > free)
            free = end_of(&r->events[i]) + GAP_FRAMES;
    return free;
}

// ---- Next and previous --------------------------------------------------------------------------

// From a touch or a breath that is led there is always a way on, be it to the end.
static enum status choose_next(struct refit *r, struct error *error)
{
    const bool held = is_held(r);
    const struct steps *steps = &r->steps;
    size_t i = r->rest.here;
    const int step = steps->moments[i].step;
    while (i < steps->count && (!steps->moments[i].on || steps->moments[i].step <= step))
        i++;
    if (i == steps->count || (steps->moments[i].box == r->planner.outline.tail && !held))
        return refuse(error, "This is the last step; only the end follows.");
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
    int step = here(r)->step;
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

static enum status move(struct refit *r, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t breath = breath_end(r);
    if (r->config->request == PLAN_NEXT)
        status = choose_next(r, error);
    else
        choose_previous(r);
    if (status)
        return status;
    const struct moment *target = &r->steps.moments[r->rest.cursor];
    bool back = r->rest.cursor <= r->rest.here;
    status = keep_events(r, error);
    if (status)
        return status;
    r->at = next_word(r);
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

// ---- Again and more -----------------------------------------------------------------------------

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
    const struct moment *moment = here(r);
    const struct event *line = NULL;
    if (breath_end(r) > 0)
        return refuse(error, "While the waves lead the breath nothing is said over them.");
    for (size_t i = 0; i < r->present->event_count; i++) {
        const struct event *event = &r->present->events[i];
        if (event->type == EVENT_SPEECH && event->start_frame < r->swap && event->as.speech.line)
            line = event;
    }
    if (!line)
        return refuse(error, "Nothing was said yet.");
    enum status status = keep_events(r, error);
    if (status)
        return status;
    struct stay *stay = step_stay(moment);
    int64_t start = next_word(r);
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
        return refuse(error,
                      "The other side had the same time; more here would make them unequal.");
    int64_t length = planned + MORE_FRAMES < most ? planned + MORE_FRAMES : most;
    if (length - planned < MORE_LEAST)
        return refuse(error, node->type == NODE_CONTACT ? "This place has had its time."
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
    for (size_t i = first; i < r->steps.count && r->steps.moments[i].step <= here(r)->step; i++) {
        struct moment *moment = &r->steps.moments[i];
        if (!moment->on || moment->tail || moment->box->type != BOX_BREATH)
            continue;
        if (moment->box->breaths > 0)
            last = moment;
        step_stay(moment)->fixed = breath_bout(moment->box->node, rate, moment->box->breaths);
    }
    if (!last || last->box->node->as.breathe.pattern.type == PATTERN_SIGH)
        return refuse(error, LIMIT_TEXT(LIMIT_SIGHS) " sighs are enough.");
    step_stay(last)->more += MORE_BREATHS;
    r->added = MORE_BREATHS *
               breath_period(last->box->node, rate, last->box->breaths - 1, last->box->breaths);
    return STATUS_OK;
}

static enum status stay_longer(struct refit *r, int said, struct error *error)
{
    struct moment *moment = here(r);
    struct stay *stay = step_stay(moment);
    enum status status = keep_events(r, error);
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

static enum status go_on(struct refit *r, struct error *error)
{
    struct moment *moment = here(r);
    r->rest.goes_on = true;
    r->rest.cursor = r->rest.here;
    int said = step_stay(moment)->said + count_said(r, moment);
    enum status status =
        r->config->request == PLAN_AGAIN ? say_again(r, said, error) : stay_longer(r, said, error);
    step_stay(moment)->said = said;
    return status;
}

// ---- The whole ----------------------------------------------------------------------------------

static enum status answer(struct refit *r, struct error *error)
{
    enum status status = locate(r, error);
    if (status)
        return status;
    choose_leave(r);
    r->rest.cursor = r->rest.here;
    r->rest.skips = r->config->request == PLAN_NEXT;
    bool moves = r->config->request == PLAN_NEXT || r->config->request == PLAN_PREVIOUS;
    status = moves ? move(r, error) : go_on(r, error);
    if (!status && !rest_of_plan_settle(&r->rest))
        status = refuse(error, "This place has had its time.");
    return status;
}

static bool sleeps(const struct refit *r)
{
    return r->present->ending == ENDING_SLEEP;
}

// A session ends when it was chosen to, also where it was about to end earlier; with flex what
// takes longer ends later. Only who goes on may let it end earlier: "next" is never refused for
// want of what could fill its time.
static enum status fit_total(const struct refit *r, struct refit_end *end, int64_t *total_frames,
                             struct error *error)
{
    const struct range range = planner_range(&r->planner);
    const bool next = r->config->request == PLAN_NEXT;
    int64_t latest = r->present->plan_state->chosen_frames;
    int64_t earliest = r->present->total_frames;
    if (r->config->flex && !next && earliest + r->added <= SESSION_LENGTH_MOST) {
        earliest += r->added;
        latest = latest > earliest ? latest : earliest;
    }
    if (next || sleeps(r))
        earliest = 0;
    if ((next || r->config->flex) && latest < range.least && range.least <= SESSION_LENGTH_MOST)
        latest = range.least;
    if (latest < range.least)
        return refuse(error, r->config->flex
                                 ? "There is not enough time left for that."
                                 : "What follows is at its shortest; --flex lets it end later.");
    earliest = earliest > range.least ? earliest : range.least;
    end->room = latest - earliest;
    *total_frames = latest - end->earlier;
    end->sooner = *total_frames > range.most;
    if (end->sooner)
        return refuse(error, "What follows cannot fill the time that this would free.");
    return STATUS_OK;
}

static enum status judge(const struct refit *r, struct refit_end *end, const struct timeline *made,
                         struct error *error)
{
    const struct acceptance_case c = {r->present, made, r->config->request, r->at};
    const enum acceptance found = acceptance_find(&c);
    // Who leaves a touch or a breath gets out whatever follows; else no end makes up for a rest of
    // the breath that is passed by.
    const bool barred = found == ACCEPTANCE_LONG_BOUT && !is_held(r);
    const enum acceptance verdict = end->accepted && !barred ? ACCEPTANCE_GOOD : found;
    end->sooner = verdict != ACCEPTANCE_GOOD;
    switch (verdict) {
    case ACCEPTANCE_LONG_BOUT:
        return refuse(error, "The breath has been led for long enough; it may rest first.");
    case ACCEPTANCE_LONG_SILENCE:
        return refuse(error, "That would leave too long a silence.");
    case ACCEPTANCE_LONG_TAIL:
        return refuse(error, "What follows cannot fill the time that this would free.");
    case ACCEPTANCE_GOOD:
        break;
    }
    return STATUS_OK;
}

static enum status fit_again(struct refit *r, struct refit_end *end, struct timeline *made,
                             struct error *error)
{
    enum status status = planner_open(&r->planner, r->present->session, r->config->plan, error);
    THEN(status, plan_state_read(r->present->plan_state, &r->planner.outline, error));
    THEN(status, steps_list(&r->steps, &r->planner.outline, error));
    r->rest.outline = &r->planner.outline;
    r->rest.steps = &r->steps;
    THEN(status, answer(r, error));
    THEN(status, planner_choose(&r->planner, error));
    int64_t total_frames = 0;
    THEN(status, fit_total(r, end, &total_frames, error));
    if (status)
        return status;
    const struct resume resume = {
        .events = r->events,
        .count = r->event_count,
        .at = r->at,
        .section = r->steps.moments[r->rest.cursor].section,
        .settled = r->settled > r->at ? r->settled : r->at,
        .chosen = r->present->plan_state->chosen_frames,
        .company = end->company,
        .night = sleeps(r) ? end->earlier : 0,
    };
    status = planner_lay_out(&r->planner, made, total_frames + resume.night, &resume, error);
    return status ? status : judge(r, end, made, error);
}

enum status refit_to(struct timeline *timeline, const struct plan_refit_config *config,
                     struct refit_end *end, struct error *error)
{
    struct refit r = {
        .config = config,
        .present = config->present,
        .planner = {.utterances = config->utterances, .clip_frames = config->clip_frames},
    };
    struct timeline made = {.session = config->present->session, .ending = config->present->ending};
    end->sooner = false;
    enum status status = fit_again(&r, end, &made, error);
    arena_free(&r.planner.arena);
    timeline_free(status ? &made : timeline);
    if (!status)
        *timeline = made;
    return status == STATUS_BAD_INPUT ? STATUS_BAD_ARGUMENT : status;
}
