// SPDX-License-Identifier: GPL-3.0-or-later
// Divides touches into breaths, and bounds how long the breath is led in one go.
#include "accompany.h"

#include "breath.h"

static int64_t nearest(int64_t frames, int64_t period)
{
    return (2 * frames + period) / (2 * period);
}

struct accompany accompany_fill(int64_t start, int64_t frames, int64_t reached, int64_t pace)
{
    if (reached <= 0)
        return accompany_divide(start, frames, 0);
    int64_t cycles = nearest(frames, reached);
    if (cycles < nearest(frames, pace))
        cycles = nearest(frames, pace);
    return accompany_divide(start, frames, cycles > 0 ? cycles : 1);
}

struct accompany accompany_divide(int64_t start, int64_t frames, int64_t cycles)
{
    if (cycles > frames / BREATH_SHORTEST)
        cycles = frames / BREATH_SHORTEST;
    return (struct accompany){.start = start,
                              .period = cycles > 0 ? frames / cycles : 0,
                              .frames = frames,
                              .cycles = (int)cycles};
}

// Where breath `cycle` begins; of cycle == cycles, where the last one ends.
static int64_t start_of(const struct accompany *a, int cycle)
{
    return a->start + a->frames * cycle / a->cycles;
}

int accompany_phases(const struct accompany *a, int cycle, struct event phases[2],
                     const struct event *like)
{
    struct breath_stroke strokes[BREATH_STROKES_MAX];
    int64_t at = start_of(a, cycle);
    const int count = breath_accompany(strokes, start_of(a, cycle + 1) - at);
    for (int i = 0; i < count; i++) {
        phases[i] = (struct event){.type = EVENT_SWELL,
                                   .start_frame = at,
                                   .frames = strokes[i].frames,
                                   .section = like->section,
                                   .side = like->side,
                                   .as.breath = {strokes[i].phase, -1, cycle, a->cycles,
                                                 strokes[i].from, strokes[i].to, NULL}};
        at += strokes[i].frames;
    }
    return count;
}

int64_t accompany_next(const struct accompany *a, enum breath_mark mark, int64_t frame)
{
    const struct event like = {.side = SIDE_NONE};
    const enum breath_phase phase = mark == MARK_IN ? BREATH_IN : BREATH_OUT;
    for (int cycle = 0; cycle < a->cycles; cycle++) {
        struct event phases[2];
        const int count = accompany_phases(a, cycle, phases, &like);
        for (int i = 0; i < count; i++)
            if (phases[i].as.breath.phase == phase && phases[i].start_frame >= frame)
                return phases[i].start_frame;
    }
    return -1;
}

// ---- How long the breath is led -----------------------------------------------------------------

// Led and unled time since 2 min of free breath were given.
struct led {
    int64_t paced, unled, end; // frames
};

static void follow(struct led *led, const struct event *event)
{
    if (event->start_frame > led->end)
        led->unled += event->start_frame - led->end;
    if (led->unled >= BREATH_FREE_FRAMES)
        *led = (struct led){.end = led->end};
    led->paced += event->frames;
    led->end = event->start_frame + event->frames;
}

// Whether a touch's breaths, events from `first` up to `behind`, leave room for it and for the
// bouts that follow too soon.
static bool is_bearable(const struct timeline *timeline, struct led led, size_t first,
                        size_t behind)
{
    for (size_t i = first; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        const bool counts =
            event->type == EVENT_BREATH || (event->type == EVENT_SWELL && i < behind);
        if (!counts)
            continue;
        follow(&led, event);
        if (led.paced > BREATH_BOUT_MOST)
            return false;
        if (i >= behind && led.paced == event->frames)
            return true; // free breath was given before it
    }
    return true;
}

// Behind the last breath of the touch that event `first` begins.
static size_t end_of_touch(const struct timeline *timeline, size_t first)
{
    size_t behind = first + 1;
    int cycle = timeline->events[first].as.breath.cycle;
    for (size_t i = first + 1; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type == EVENT_BREATH)
            break;
        if (event->type != EVENT_SWELL)
            continue;
        if (event->as.breath.cycle < cycle)
            break;
        cycle = event->as.breath.cycle;
        behind = i + 1;
    }
    return behind;
}

static void limit_led(struct timeline *timeline, int64_t settled)
{
    struct led led = {.end = 0};
    size_t kept = 0;
    bool stays = true;
    size_t touch_end = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event event = timeline->events[i];
        if (event.type == EVENT_SWELL && i >= touch_end) {
            touch_end = end_of_touch(timeline, i);
            stays = event.start_frame < settled || is_bearable(timeline, led, i, touch_end);
        }
        if (event.type == EVENT_SWELL && !stays)
            continue;
        if (event.type == EVENT_SWELL || event.type == EVENT_BREATH)
            follow(&led, &event);
        timeline->events[kept++] = event;
    }
    timeline->event_count = kept;
}

// ---- Both sides ---------------------------------------------------------------------------------

static bool lies_in(const struct event *event, const struct event *touch)
{
    return event->type == EVENT_SWELL && event->start_frame >= touch->start_frame &&
           event->start_frame < touch->start_frame + touch->frames;
}

static bool is_accompanied(const struct timeline *timeline, const struct event *touch)
{
    for (size_t i = 0; i < timeline->event_count; i++)
        if (lies_in(&timeline->events[i], touch))
            return true;
    return false;
}

static void take_out(struct timeline *timeline, const struct event touch)
{
    size_t kept = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        if (!lies_in(&timeline->events[i], &touch))
            timeline->events[kept++] = timeline->events[i];
    timeline->event_count = kept;
}

// The same touch in the same round on the other side; NULL: there is none.
static const struct event *find_other(const struct timeline *timeline, size_t touch)
{
    const struct event *event = &timeline->events[touch];
    int rounds = 0;
    for (size_t i = 0; i < touch; i++)
        rounds += event_is_timed(&timeline->events[i]) && timeline->events[i].side == event->side &&
                  timeline->events[i].as.contact.node == event->as.contact.node;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *other = &timeline->events[i];
        if (event_is_timed(other) && other->side != event->side && other->side != SIDE_NONE &&
            other->as.contact.node == event->as.contact.node && rounds-- == 0)
            return other;
    }
    return NULL;
}

// From the end, so that whatever is taken out, all that is still to be looked at lies below `i`.
static void level_sides(struct timeline *timeline, int64_t settled)
{
    for (size_t i = timeline->event_count; i-- > 0;) {
        if (i >= timeline->event_count) // behind what was taken out
            continue;
        const struct event *touch = &timeline->events[i];
        if (!event_is_timed(touch) || touch->side == SIDE_NONE || is_accompanied(timeline, touch))
            continue;
        const struct event *other = find_other(timeline, i);
        if (other && other->start_frame >= settled && is_accompanied(timeline, other))
            take_out(timeline, *other);
    }
}

// What is taken out on one side is free breath, from which others are counted anew, until all
// agree.
void accompany_limit(struct timeline *timeline, int64_t settled)
{
    size_t before;
    do {
        before = timeline->event_count;
        limit_led(timeline, settled);
        level_sides(timeline, settled);
    } while (timeline->event_count < before);
}
