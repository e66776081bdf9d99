// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of session_limits.h. Each stands alone, so that a message can hold it (LIMIT_TEXT),
// and here, so that a test can build everything with other numbers and see that all of it follows
// (tests/refit/test_limits.c).
#ifndef LOOSEN_LIMIT_NUMBERS_H
#define LOOSEN_LIMIT_NUMBERS_H

#define LIMIT_PRESSURE 6             // of 10: firm, and the face stays soft
#define LIMIT_SPOT_SECONDS 90        // on one spot: longer pressure bruises
#define LIMIT_SIDE_MINUTES 6         // of pressure a side and session
#define LIMIT_ROUNDS 2               // of pressing one region, a side and session
#define LIMIT_BOUT_MINUTES 10        // of paced breathing in one bout
#define LIMIT_FREE_MINUTES 2         // free before the next; less makes the two one bout
#define LIMIT_SIGHS 3                // in a row
#define LIMIT_IN_SECONDS 5           // of an in-breath
#define LIMIT_OUT_SECONDS 8          // of an out-breath
#define LIMIT_HOLD_SECONDS 2         // of the turn-around behind an in-breath: more is retention
#define LIMIT_HOLD_EASY_SECONDS 1    // up to which nobody notices it
#define LIMIT_PACE_LEAST 4.5         // breaths a minute
#define LIMIT_PACE_MOST 8            // breaths a minute
#define LIMIT_PASS_SECONDS 2         // by which the two passes of @sides may differ
#define LIMIT_LENGTH_LEAST_MINUTES 2 // of a session
#define LIMIT_LENGTH_MOST_MINUTES 90 // of a session
#define LIMIT_NESTING 16             // blocks in blocks
#define LIMIT_EVENTS 100000          // of a timeline, at any length
#define LIMIT_LINE_KIB 64            // of one line
#define LIMIT_FILE_MIB 4             // of one file

#endif
