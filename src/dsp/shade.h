// Takes light from a stereo sound: a first-order high shelf whose depth moves. What lies below the corner
// stays, what lies above it goes down by the shade's gain; half way at the corner.
#ifndef LOOSEN_SHADE_H
#define LOOSEN_SHADE_H

#include <stddef.h>

struct shade {
    float coefficient; // of the one-pole lowpass that parts low from high
    float low[2];      // its state, left and right
};

// The corner in Hz at 48 kHz.
void shade_init(struct shade *shade, double hz);

// RT. Filter `frames` frames of two channels in place, frame after frame `stride` floats apart. The gain
// of the upper range goes linearly from gains[0] to gains[1]; 1: as it is.
void shade_process(struct shade *shade, const double gains[2], float *samples, size_t stride,
                   size_t frames);

#endif
