// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline's memory is one arena, and its fixed parts are set here.
#include "timeline.h"

bool event_is_timed(const struct event *event)
{
    return event->type == EVENT_CONTACT || event->type == EVENT_MOVE;
}

void timeline_free(struct timeline *timeline)
{
    arena_free(&timeline->arena);
    *timeline = (struct timeline){.session = NULL};
}

// Each breath has one phase out.
int timeline_accompanied(const struct timeline *timeline, int64_t start_frame, int64_t end_frame)
{
    int breaths = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        int64_t end = event->start_frame + event->frames;
        if (event->type == EVENT_SWELL && event->as.breath.phase == BREATH_OUT)
            breaths += end > start_frame && end <= end_frame;
    }
    return breaths;
}

void timeline_init_lead(struct timeline *timeline, const struct session *session,
                        int64_t total_frames)
{
    *timeline = (struct timeline){.session = session,
                                  .ending = session->ending,
                                  .total_frames = total_frames,
                                  .lead_frames = TIMELINE_LEAD_FRAMES};
}
