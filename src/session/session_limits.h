// SPDX-License-Identifier: GPL-3.0-or-later
// Every limit of the session language and of safety, once: the parser refuses what is beyond it,
// the planner and a re-fit never go beyond it, and messages say its number.
#ifndef LOOSEN_SESSION_LIMITS_H
#define LOOSEN_SESSION_LIMITS_H

#include "duration.h"
#include "limit_numbers.h"

// The number of a limit, as a part of a message.
#define LIMIT_TEXT(limit) LIMIT_QUOTED(limit)
#define LIMIT_QUOTED(limit) #limit

#define LIMIT_SECONDS(number) ((int64_t)(number)*FRAME_RATE)
#define LIMIT_MINUTES(number) (60 * LIMIT_SECONDS(number))

#define SESSION_SPOT_MOST LIMIT_SECONDS(LIMIT_SPOT_SECONDS)
#define SESSION_SIDE_MOST LIMIT_MINUTES(LIMIT_SIDE_MINUTES)
#define SESSION_BOUT_MOST LIMIT_MINUTES(LIMIT_BOUT_MINUTES)
#define SESSION_FREE_LEAST LIMIT_MINUTES(LIMIT_FREE_MINUTES)
#define SESSION_PASS_TOLERANCE LIMIT_SECONDS(LIMIT_PASS_SECONDS)
#define SESSION_BREATH_LEAST ((int64_t)(60 * FRAME_RATE / (double)LIMIT_PACE_MOST)) // one ...
#define SESSION_BREATH_MOST ((int64_t)(60 * FRAME_RATE / (double)LIMIT_PACE_LEAST)) // ... breath
#define SESSION_LENGTH_LEAST LIMIT_MINUTES(LIMIT_LENGTH_LEAST_MINUTES)
#define SESSION_LENGTH_MOST LIMIT_MINUTES(LIMIT_LENGTH_MOST_MINUTES)
#define SESSION_BREATH_FRAMES ((int64_t)10 * FRAME_RATE) // one breath, at the pace as written

enum {
    SESSION_FILE_MAX = LIMIT_FILE_MIB * 1024 * 1024, // bytes
    SESSION_LINE_MAX = LIMIT_LINE_KIB * 1024,        // bytes
    SESSION_NESTING_MAX = LIMIT_NESTING,
    SESSION_EVENTS_MAX = LIMIT_EVENTS,
    SESSION_UTTERANCE_MAX = 1000,     // bytes of one spoken line after expansion
    SESSION_PAUSE_LEAST_PERCENT = 60, // "@pause 2s" may shrink to this ...
    SESSION_PAUSE_MOST_PERCENT = 160, // ... and grow to this
    SESSION_RAMP_LEAST = 3, // breaths of "@breathe ramp" without limits: a micro-break ...
    SESSION_RAMP_MOST = 11, // ... to the gentlest slope
    SESSION_SIGHS_MOST = LIMIT_SIGHS,
};

#endif
