// SPDX-License-Identifier: GPL-3.0-or-later
// Where a recording can be joined to itself, and the joint: a cross-fade from the end into what
// comes before the beginning, at the place where both are most alike.
//
// Likeness is the normalised cross-correlation of the two pieces that are faded into each other:
// near 1 where tones go on in phase, near 0 for noise. Among the best places that with the most
// similar spectrum is taken. The fade is made in octaves, each by the law that keeps the power of
// two sounds of their correlation there constant: equal power at 0, equal gain at 1. So a tone and
// the noise beneath it both stay level.
#ifndef LOOSEN_LOOP_H
#define LOOSEN_LOOP_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop {
    size_t start, end;  // frames: the loop is from `start` up to `end`
    size_t fade;        // frames before `end` that are faded into those before `start`
    double correlation; // of the two: their correlation, 0 .. 1
};

// Search in `frames` frames of stereo for the best loop with a fade of `fade` frames (less at most
// 31), which is at most a quarter of them. The same input gives the same loop. STATUS_NO_MEMORY.
enum status loop_find(struct loop *loop, const float *stereo, size_t frames, size_t fade,
                      struct error *error);

// Fade in place; then frames start .. end of `stereo` can be played round and round.
// STATUS_NO_MEMORY.
enum status loop_join(const struct loop *loop, float *stereo, size_t frames, struct error *error);

#endif
