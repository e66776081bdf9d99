// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fitted plan is accepted only if nothing in it startles the listener.
// Nobody is to be startled by nothing: waits stay within what they were or what the session's
// length allows, and what leads the breath stays within its bounds.
#include "acceptance.h"

#include "breath.h"
#include "plan_request.h"
#include "presence.h"

#define MORE_WAIT ((int64_t)25 * FRAME_RATE) // that pauses may grow by where more was wished
#define WAIT_MORE ((int64_t)60 * FRAME_RATE) // of silence beyond presence_wait
#define TAIL_MOST ((int64_t)30 * FRAME_RATE) // scene alone at the end

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// Paced breathing without a free time between, at most.
static int64_t longest_bout(const struct timeline *timeline)
{
    int64_t paced = 0, most = 0, end = -BREATH_FREE_FRAMES;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        paced =
            event->start_frame - end >= BREATH_FREE_FRAMES ? event->frames : paced + event->frames;
        most = paced > most ? paced : most;
        end = end_of(event);
    }
    return most;
}

// The longest wait for a word or breath that ends behind `from`; of one under way what lies behind
// `counted`.
static int64_t longest_wait(const struct timeline *timeline, int64_t counted, int64_t from)
{
    int64_t heard = counted, most = 0;
    const int64_t end = timeline->total_frames - timeline->tail_frames;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_SPEECH && event->type != EVENT_BREATH &&
            event->type != EVENT_SWELL)
            continue;
        if (event->start_frame > from)
            most = event->start_frame - heard > most ? event->start_frame - heard : most;
        heard = end_of(event) > heard ? end_of(event) : heard;
    }
    return timeline->ending == ENDING_RETURN && end - heard > most ? end - heard : most;
}

// However often more is wished: a silence is as long as it is, not as what is left of it.
static bool is_silent(const struct acceptance_case *c)
{
    const int64_t before = longest_wait(c->present, c->at, c->at);
    const int64_t wait = presence_wait(c->made->total_frames);
    const bool more = c->request == PLAN_MORE;
    const int64_t allowed = larger(wait, before) + (more ? MORE_WAIT : 0);
    return longest_wait(c->made, c->at, c->at) > allowed ||
           (more && longest_wait(c->made, c->made->lead_frames, c->at) >
                        larger(wait + WAIT_MORE, c->present->longest_wait_frames));
}

enum acceptance acceptance_find(const struct acceptance_case *c)
{
    const int64_t bout = longest_bout(c->made);
    if (bout > BREATH_BOUT_MOST && bout > longest_bout(c->present))
        return ACCEPTANCE_LONG_BOUT;
    if (is_silent(c))
        return ACCEPTANCE_LONG_SILENCE;
    if (c->made->ending == ENDING_RETURN && c->made->tail_frames > TAIL_MOST)
        return ACCEPTANCE_LONG_TAIL;
    return ACCEPTANCE_GOOD;
}
