// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a timeline's events in order, and finds what follows from all of them together.
#include "figures.h"

// Section, scene, contact, move, breath, speech, chime.
static int rank(const struct event *event)
{
    static const int ranks[] = {
        [EVENT_SECTION] = 0, [EVENT_SCENE] = 1, [EVENT_CONTACT] = 2, [EVENT_MOVE] = 3,
        [EVENT_BREATH] = 4,  [EVENT_SWELL] = 4, [EVENT_SPEECH] = 5,  [EVENT_CHIME] = 6};
    return ranks[event->type];
}

static bool after(const struct event *a, const struct event *b)
{
    return a->start_frame > b->start_frame ||
           (a->start_frame == b->start_frame && rank(a) > rank(b));
}

// Events come almost in order; insertion keeps equals as they are.
void figures_sort(struct timeline *timeline)
{
    for (size_t i = 1; i < timeline->event_count; i++) {
        struct event event = timeline->events[i];
        size_t at = i;
        for (; at > 0 && after(&timeline->events[at - 1], &event); at--)
            timeline->events[at] = timeline->events[at - 1];
        timeline->events[at] = event;
    }
}

// The number of breaths of each bout is known at its last one.
void figures_count_cycles(struct timeline *timeline)
{
    int bout = -1;
    int cycles = 0;
    for (size_t i = timeline->event_count; i-- > 0;) {
        struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        if (event->as.breath.bout != bout) {
            bout = event->as.breath.bout;
            cycles = event->as.breath.cycle + 1;
        }
        event->as.breath.cycles = cycles;
    }
}

static bool is_heard(const struct event *event)
{
    return event->type == EVENT_SPEECH || event->type == EVENT_BREATH ||
           event->type == EVENT_SWELL || event->type == EVENT_CHIME;
}

void figures_find_wait(struct timeline *timeline)
{
    int64_t heard = timeline->lead_frames;
    timeline->longest_wait_frames = 0;
    size_t end = timeline->event_count + (timeline->ending == ENDING_RETURN);
    for (size_t i = 0; i < end; i++) {
        const struct event *event = i < timeline->event_count ? &timeline->events[i] : NULL;
        if (event && !is_heard(event))
            continue;
        int64_t start = event ? event->start_frame : timeline->total_frames - timeline->tail_frames;
        if (start - heard > timeline->longest_wait_frames) {
            timeline->longest_wait_frames = start - heard;
            timeline->longest_wait_start = heard;
        }
        if (event && event->start_frame + event->frames > heard)
            heard = event->start_frame + event->frames;
    }
}

int64_t figures_sleep_tail(int64_t total_frames)
{
    int64_t tenth = total_frames / 10;
    if (tenth < TIMELINE_SLEEP_TAIL_LEAST)
        return TIMELINE_SLEEP_TAIL_LEAST;
    return tenth > TIMELINE_SLEEP_TAIL_MOST ? TIMELINE_SLEEP_TAIL_MOST : tenth;
}
