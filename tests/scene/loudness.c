// SPDX-License-Identifier: GPL-3.0-or-later
#include "loudness.h"

#include <ebur128.h>
#include <math.h>

double loudness_of(const float *stereo, size_t frames)
{
    double lufs = NAN;
    ebur128_state *state = ebur128_init(2, 48000, EBUR128_MODE_I);
    if (state && ebur128_add_frames_float(state, stereo, frames) == EBUR128_SUCCESS)
        ebur128_loudness_global(state, &lufs);
    ebur128_destroy(&state);
    return lufs;
}
