// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline's memory is one arena, and its fixed parts are set here.
#include "timeline.h"

void timeline_free(struct timeline *timeline)
{
    arena_free(&timeline->arena);
    *timeline = (struct timeline){.session = NULL};
}

void timeline_init_lead(struct timeline *timeline, const struct session *session,
                        int64_t total_frames)
{
    *timeline = (struct timeline){.session = session,
                                  .ending = session->ending,
                                  .total_frames = total_frames,
                                  .lead_frames = TIMELINE_LEAD_FRAMES};
}
