// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a plan: choices and boxes of an outline that a re-fit may still change, and those
// that have become facts.
#ifndef LOOSEN_REST_OF_PLAN_H
#define LOOSEN_REST_OF_PLAN_H

#include "step.h"

// A touch left within this time is left out on the other side.
#define REST_OF_PLAN_TOUCH_LEAST ((int64_t)2 * FRAME_RATE)

struct rest_of_plan {
    struct outline *outline;
    struct steps *steps;
    int64_t left_frame; // up to here the present plan was followed
    size_t here;        // moment in which that was
    size_t cursor;      // moment in which the session goes on; `here`: it goes on where it was
    bool goes_on;       // within the visit to `here`
    bool skips;         // what lies between `here` and `cursor`
};

// Count the time up to left_frame in every moment, and note what is over and what begins anew.
void rest_of_plan_pass(const struct rest_of_plan *rest);

// Fix the choices that were begun and take back the others to their least; give every box the
// length that it may still have. Call it after rest_of_plan_pass and after what the listener asked
// for was noted in the stays. False: a timed block would be longer than it may be.
bool rest_of_plan_settle(const struct rest_of_plan *rest);

#endif
