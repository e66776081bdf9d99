// SPDX-License-Identifier: GPL-3.0-or-later
// The one gain that starts, pauses, closes and covers faults: a position that moves a bounded step
// a frame, heard through a curve without corners.
#ifndef LOOSEN_FADE_H
#define LOOSEN_FADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FADE_FULL ((int32_t)1 << 30) // the position at which the gain is exactly 1

enum { FADE_FAULT_FRAMES = 480 }; // from full to silent after a fault: 10 ms

struct fade {
    int32_t position;    // 0 silent .. FADE_FULL
    int32_t down_frames; // for so many more frames: down at the speed of a fault, and silent then
};

// Silent, to stay so for `down_frames`.
void fade_init(struct fade *fade, int32_t down_frames);

// RT. From the next frame on, fall to silence and stay there until `frames` are over.
void fade_down(struct fade *fade, int32_t frames);

// RT. The step a frame that crosses the whole range in `frames`.
int32_t fade_step(int32_t frames);

// RT. Frames until a fade with the negative `step` is silent.
size_t fade_frames_left(const struct fade *fade, int32_t step);

// RT. Move by `step` a frame, up when positive, and apply the gain to `frames` stereo frames.
void fade_process(struct fade *fade, int32_t step, float *stereo, size_t frames);

#endif
