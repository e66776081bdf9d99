// SPDX-License-Identifier: GPL-3.0-or-later
// How long one breath of a pattern takes, and how many a bout of it has.
#include "pattern.h"

#include "session_limits.h"

#define PERIOD_RAMP ((int64_t)10 * FRAME_RATE) // where it ends
#define PERIOD_SIGH ((int64_t)12 * FRAME_RATE) // two sips in, one long breath out

void pattern_limits(const struct pattern *pattern, bool *counted, struct range *frames, int *least,
                    int *most)
{
    *counted = pattern->type == PATTERN_RAMP || pattern->type == PATTERN_SIGH;
    *least = pattern->type == PATTERN_RAMP ? SESSION_RAMP_LEAST : 1;
    *most = pattern->type == PATTERN_RAMP ? SESSION_RAMP_MOST : SESSION_SIGHS_MOST;
    *frames = (struct range){0, SESSION_BOUT_MOST};
}

int64_t pattern_period(const struct pattern *pattern)
{
    switch (pattern->type) {
    case PATTERN_RAMP:
        return PERIOD_RAMP;
    case PATTERN_SIGH:
        return PERIOD_SIGH;
    case PATTERN_PACED:
        return pattern->in_frames + pattern->hold_frames + pattern->out_frames;
    case PATTERN_NATURAL:
        break;
    }
    return PERIOD_RAMP;
}

bool pattern_is_paced(const struct pattern *pattern)
{
    return pattern->type != PATTERN_NATURAL;
}
