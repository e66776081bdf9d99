// SPDX-License-Identifier: GPL-3.0-or-later
// Takes light from a stereo sound: a first-order high shelf whose depth moves. What lies below the
// corner stays, what lies above it goes down by the shade's gain; half way at the corner.
#ifndef LOOSEN_TILT_H
#define LOOSEN_TILT_H

#include <stddef.h>

enum { TILT_BLOCK = 128 }; // frames that are filtered at once

struct tilt {
    float coefficient; // of the one-pole lowpass that parts low from high
    float low[4];      // its state: the last two frames
    float last[2];     // the last frame of its input
};

// The corner in Hz at 48 kHz.
void tilt_init(struct tilt *tilt, double hz);

// RT. Filter a block of interleaved stereo; what comes of it is written `stride` floats apart. The
// gain of the upper range goes linearly from gains[0] to gains[1]; 1: as it is.
void tilt_process(struct tilt *tilt, const double gains[2], const float *stereo, float *out,
                  size_t stride);

#endif
