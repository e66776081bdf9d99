// SPDX-License-Identifier: GPL-3.0-or-later
// The laws of a timeline, written a second time and without the planner's own structures: each
// returns false and says in `why` what is broken.
#ifndef LOOSEN_LAW_H
#define LOOSEN_LAW_H

#include "plan.h"

struct law_case {
    const struct session *session;
    const struct utterances *utterances;
    const int64_t *clips;
    double rate;
    bool natural;
    bool refitted; // what a listener left or repeated is no fault
    char why[600];
};

// Everything that holds of one timeline by itself. Of a re-fitted one the order and number of
// lines, pauses, sides and lengths of blocks are not judged here.
bool law_holds(struct law_case *c, const struct timeline *timeline, int64_t total_frames);

// What a longer session may not do: say or breathe less, touch for a shorter time in any round, or
// shrink a section, unless the author's shapes shrink.
bool law_grows(struct law_case *c, const struct timeline *shorter, const struct timeline *longer);

#endif
