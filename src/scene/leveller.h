// SPDX-License-Identifier: GPL-3.0-or-later
// Gains that make a loop's level steady, computed for all of it beforehand: nothing in a scene may
// startle, and a scene that is calibrated once must be as loud everywhere. Levels are those of the
// ear (K weighting of ITU-R BS.1770) in steps of 10 ms, round the loop.
//
// 1. Slow: over about three seconds the level stays within LEVELLER_SLOW_DB of the middle; it is
//    raised by LEVELLER_RAISE_DB at most, so that silence does not become hiss.
// 2. Sudden: 50 ms rise over the second before by at most LEVELLER_SUDDEN_DB, and from there by
//    LEVELLER_RISE_DB a second. What lies more than LEVELLER_FLOOR_DB under the middle counts as
//    that.
// 3. Slopes: the half second's level rises and falls by at most LEVELLER_SLOPE_DB a second.
// 4. Peaks: a click, or what a bang begins with, that is more than LEVELLER_PEAK_DB above the level
//    of the two seconds around it is softened to LEVELLER_CLICK_DB, for some 25 ms. The peaks of
//    noise, music and water lie below: noise comes so high three times a minute.
#ifndef LOOSEN_LEVELLER_H
#define LOOSEN_LEVELLER_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>

#define LEVELLER_SLOW_DB 3.0
#define LEVELLER_RAISE_DB 12.0
#define LEVELLER_SUDDEN_DB 6.0
#define LEVELLER_RISE_DB 6.0 // a second
#define LEVELLER_FLOOR_DB 20.0
#define LEVELLER_PEAK_DB 14.0
#define LEVELLER_CLICK_DB 12.0
#define LEVELLER_SLOPE_DB 3.5 // a second; with the ripple of noise the half second stays below 6

struct leveller_report {
    int sudden_count;    // sounds that were softened by more than 3 dB
    double sudden_db;    // the most that one was
    size_t sudden_frame; // where that one is
};

// Make the loop of `frames` frames of stereo steady, in place. STATUS_NO_MEMORY.
enum status leveller_process(float *stereo, size_t frames, struct leveller_report *report,
                             struct error *error);

#endif
