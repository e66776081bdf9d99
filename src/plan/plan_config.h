// SPDX-License-Identifier: GPL-3.0-or-later
// What a listener chooses of a plan.
#ifndef LOOSEN_PLAN_CONFIG_H
#define LOOSEN_PLAN_CONFIG_H

#include "duration.h"
#include "session_limits.h"
#include <stdbool.h>
#include <stdint.h>

struct plan_config {
    int64_t total_frames;
    double breaths_per_minute; // 4.5 .. 8, the pace of paced bouts; 6 as scripts are written
    bool natural_breath;       // no paced bouts: their time becomes quiet, with a line of the
                               // language (utterances_add_filler) where it would be too long
};

// Quiet between two lines where a script says nothing of it, frames.
#define PLAN_GAP_LEAST ((int64_t)FRAME_RATE * 13 / 10)
#define PLAN_GAP_NATURAL ((int64_t)FRAME_RATE * 3)
#define PLAN_GAP_MOST ((int64_t)FRAME_RATE * 8)

#define PLAN_BREATHS_DEFAULT 6.0
#define PLAN_BREATHS_LEAST ((double)LIMIT_PACE_LEAST)
#define PLAN_BREATHS_MOST ((double)LIMIT_PACE_MOST)

#endif
