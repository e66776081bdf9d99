// SPDX-License-Identifier: GPL-3.0-or-later
// Where a re-fit goes on, and what it keeps.
#ifndef LOOSEN_RESUME_H
#define LOOSEN_RESUME_H

#include "timeline.h"

// Where a re-fit goes on: what comes before is given.
struct resume {
    const struct event
        *events; // that begin before, cut where they end early; and what is said again
    size_t count;
    int64_t at;      // frame
    int section;     // in which the session goes on
    int64_t settled; // frame from which it may be fitted again
    int64_t chosen;  // length that the present plan was to have, frames
    int64_t passed;  // of that length, what an excerpt leaves out
    bool filler;     // said also in rests that have lines of their own, and without a breath
    int64_t night;   // of the total, quiet at the end beyond what the last section would take
};

#endif
