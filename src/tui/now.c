// SPDX-License-Identifier: GPL-3.0-or-later
// The events around a frame are found by a walk from the timeline's start.
#include "now.h"

#include "curve.h"

static bool holds(const struct event *event, int64_t frame)
{
    return frame < event->start_frame + event->frames;
}

struct now now_find(const struct timeline *timeline, int64_t frame)
{
    struct now moment = {.section = NULL};
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame > frame)
            break;
        if (event->type == EVENT_SECTION)
            moment.section = event;
        else if (event->type == EVENT_SPEECH && event->as.speech.line)
            moment.speech = event;
        else if (event->type == EVENT_CONTACT && holds(event, frame))
            moment.timed = event;
        else if (event->type == EVENT_MOVE && holds(event, frame) && !moment.timed)
            moment.timed = event;
        else if ((event->type == EVENT_BREATH || event->type == EVENT_SWELL) && holds(event, frame))
            moment.breath = event;
    }
    moment.speaking = moment.speech && holds(moment.speech, frame);
    if (moment.breath) {
        double x = (double)(frame - moment.breath->start_frame) / (double)moment.breath->frames;
        double from = (double)moment.breath->as.breath.from;
        moment.swell = from + ((double)moment.breath->as.breath.to - from) * curve_rise(x);
        if (moment.breath->type == EVENT_SWELL)
            moment.swell *= TIMELINE_SWELL_DEPTH;
    }
    return moment;
}
