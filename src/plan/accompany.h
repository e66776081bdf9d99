// SPDX-License-Identifier: GPL-3.0-or-later
// Breath that goes on under the hands: whole breaths that accompany a touch or a movement, at about
// the pace that the last bout has reached. Nothing is to be followed, so they are no bout.
#ifndef LOOSEN_ACCOMPANY_H
#define LOOSEN_ACCOMPANY_H

#include "timeline.h"

// Where the phases of one touch or movement lie.
struct accompany {
    int64_t start;  // of the first breath, frame
    int64_t period; // of each, frames; a frame more where the division leaves some
    int64_t frames; // all of them
    int cycles;     // 0: nothing accompanies
};

// Whole breaths from `start` on that fill `frames`: as many as come nearest to `reached`, the
// length of the last breath that was led (0: none was), and no fewer than come nearest to `pace`.
struct accompany accompany_fill(int64_t start, int64_t frames, int64_t reached, int64_t pace);

// `cycles` breaths, or fewer where they would be too short.
struct accompany accompany_divide(int64_t start, int64_t frames, int64_t cycles);

// The phases of breath `cycle` as events, which take section and side from `like`; returns their
// number.
int accompany_phases(const struct accompany *a, int cycle, struct event phases[2],
                     const struct event *like);

// The first start of such a phase at or after `frame`; -1: none follows.
int64_t accompany_next(const struct accompany *a, enum breath_mark mark, int64_t frame);

// Take accompanying breaths out again where they would lead the breath for more than 10 min,
// together with the bouts, before 2 min of free breath were given in all; and where the same touch
// on the other side has none. What begins before `settled` stays. The events are sorted.
void accompany_limit(struct timeline *timeline, int64_t settled);

#endif
