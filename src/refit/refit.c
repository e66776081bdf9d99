// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit cuts the present plan at a frame and decides in which moment the session goes on: the
// same one, the first of the next step or of one before. What was done becomes fact
// (rest_of_plan.h); then the planner fits the rest as it fits a session.
#include "refit.h"

#include "acceptance.h"
#include "plan_state.h"
#include "refit_move.h"
#include "refit_stay.h"
#include "session_limits.h"

static enum status answer(struct refit *r, struct error *error)
{
    enum status status = refit_cut_locate(r, error);
    if (status)
        return status;
    refit_cut_leave(r);
    r->rest.cursor = r->rest.here;
    r->rest.skips = r->config->request == PLAN_NEXT;
    bool moves = r->config->request == PLAN_NEXT || r->config->request == PLAN_PREVIOUS;
    status = moves ? refit_move_choose(r, error) : refit_stay_choose(r, error);
    if (!status && !rest_of_plan_settle(&r->rest))
        status = refit_cut_refuse(error, "This place has had its time.");
    return status;
}

static bool sleeps(const struct refit *r)
{
    return r->present->ending == ENDING_SLEEP;
}

// A session ends when it was chosen to, also where it was about to end earlier; later only where
// that cannot be, and it may. It may end earlier, but for who wants more: nobody is held for want
// of what could fill the time. All lengths are those of the whole session.
static enum status fit_total(const struct refit *r, struct refit_end *end, int64_t *total_frames,
                             struct error *error)
{
    const struct range range = planner_range(&r->planner);
    const bool next = r->config->request == PLAN_NEXT;
    const bool strict = r->config->end == PLAN_END_STRICT && !next;
    int64_t latest = r->present->plan_state->chosen_frames;
    int64_t earliest = r->present->total_frames + r->present->plan_state->passed_frames;
    if (r->config->end == PLAN_END_LATER && !next && earliest + r->added <= SESSION_LENGTH_MOST) {
        earliest += r->added;
        latest = latest > earliest ? latest : earliest;
    }
    if (r->config->request != PLAN_MORE || sleeps(r))
        earliest = 0;
    if (latest < range.least && !strict && range.least <= SESSION_LENGTH_MOST)
        latest = range.least;
    if (latest < range.least)
        return refit_cut_refuse(error,
                                strict ? "What follows is at its shortest, and the end is strict."
                                       : "A session ends within 90 minutes.");
    earliest = earliest > range.least ? earliest : range.least;
    end->room = latest - earliest;
    *total_frames = latest - end->earlier;
    end->sooner = *total_frames > range.most;
    if (end->sooner)
        return refit_cut_refuse(error, "What follows cannot fill the time that this would free.");
    return STATUS_OK;
}

static enum status judge(const struct refit *r, struct refit_end *end, const struct timeline *made,
                         struct error *error)
{
    const struct acceptance_case c = {r->present, made, r->config->request, r->at};
    const enum acceptance found = acceptance_find(&c);
    // Who leaves a touch or a breath gets out whatever follows; else no end makes up for a rest of
    // the breath that is passed by.
    const bool leaves = r->config->request == PLAN_NEXT && refit_cut_is_held(r);
    const bool barred = found == ACCEPTANCE_LONG_BOUT && !leaves;
    const enum acceptance acceptance = end->accepted && !barred ? ACCEPTANCE_GOOD : found;
    end->sooner = acceptance != ACCEPTANCE_GOOD;
    switch (acceptance) {
    case ACCEPTANCE_LONG_BOUT:
        return refit_cut_refuse(error,
                                "The breath has been led for long enough; it may rest first.");
    case ACCEPTANCE_LONG_SILENCE:
        return refit_cut_refuse(error, "That would leave too long a silence.");
    case ACCEPTANCE_LONG_TAIL:
        return refit_cut_refuse(error, "What follows cannot fill the time that this would free.");
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
        .passed = r->present->plan_state->passed_frames,
        .filler = end->filler,
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
