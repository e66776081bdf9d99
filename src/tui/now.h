// SPDX-License-Identifier: GPL-3.0-or-later
// What is going on at one frame of a timeline.
#ifndef LOOSEN_NOW_H
#define LOOSEN_NOW_H

#include "timeline.h"

struct now {
    const struct event *section; // it lies in; NULL before the first
    const struct event *speech;  // the line spoken now or last; NULL before the first
    bool speaking;               // that line is being spoken
    const struct event *timed;   // the touch or movement it lies in, a touch first; or NULL
    const struct event *breath;  // the phase of a bout, or one that accompanies a touch; or NULL
    double swell;                // of the breath: 0 empty .. 1 full in a bout, as the scene swells
};

struct now now_find(const struct timeline *timeline, int64_t frame);

#endif
