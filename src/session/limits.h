// SPDX-License-Identifier: GPL-3.0-or-later
// Every limit of the session language and of safety, once: the parser refuses what is beyond it,
// the planner and a re-fit never go beyond it, and messages say its number.
#ifndef LOOSEN_LIMITS_H
#define LOOSEN_LIMITS_H

#include "duration.h"

enum {
    SESSION_FILE_MAX = 4 * 1024 * 1024, // bytes a file
    SESSION_LINE_MAX = 64 * 1024,       // bytes a line
    SESSION_NESTING_MAX = 16,           // blocks in blocks
    SESSION_EVENTS_MAX = 100000,        // timeline events, at any length
    SESSION_UTTERANCE_MAX = 1000,       // bytes of one spoken line after expansion
    SESSION_PAUSE_LEAST_PERCENT = 60,   // "@pause 2s" may shrink to this ...
    SESSION_PAUSE_MOST_PERCENT = 160,   // ... and grow to this
    SESSION_RAMP_LEAST = 3, // breaths of "@breathe ramp" without limits: a micro-break ...
    SESSION_RAMP_MOST = 11, // ... to the gentlest slope
    SESSION_SIGHS_MOST = 3, // in a row
};

#define SESSION_BREATH_FRAMES ((int64_t)10 * FRAME_RATE)  // one, at the pace as written
#define SESSION_BOUT_MOST ((int64_t)10 * 60 * FRAME_RATE) // of paced breathing without a break

#define SESSION_LENGTH_LEAST ((int64_t)2 * 60 * FRAME_RATE) // a session is 2 min ...
#define SESSION_LENGTH_MOST ((int64_t)90 * 60 * FRAME_RATE) // ... to 90 min

#endif
