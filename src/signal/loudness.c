// SPDX-License-Identifier: GPL-3.0-or-later
// Samples are given to libebur128, and short ones are filled up with silence.
#include "loudness.h"

#include "duration.h"

#define error ebur128_error // the library has an enum of that name, and so have we
#include <ebur128.h>
#undef error
#include <math.h>
#include <stdbool.h>

enum { CHANNELS_MAX = 8 };

// One block of BS.1770's gating, which is the least that can be measured.
static size_t block_frames(int rate)
{
    return (size_t)rate * 400 / 1000;
}

static bool add_silence(ebur128_state *state, size_t frames)
{
    static const float silence[256 * CHANNELS_MAX];
    while (frames > 0) {
        size_t part = frames < 256 ? frames : 256;
        if (ebur128_add_frames_float(state, silence, part) != EBUR128_SUCCESS)
            return false;
        frames -= part;
    }
    return true;
}

static bool measure(ebur128_state *state, double *lufs, const float *samples, size_t frames,
                    int rate)
{
    size_t least = block_frames(rate);
    return ebur128_add_frames_float(state, samples, frames) == EBUR128_SUCCESS &&
           add_silence(state, frames < least ? least - frames : 0) &&
           ebur128_loudness_global(state, lufs) == EBUR128_SUCCESS;
}

enum status loudness_measure_at(double *lufs, const float *samples, size_t frames, int channels,
                                int rate, struct error *error)
{
    if (channels < 1 || channels > CHANNELS_MAX)
        return error_set(error, STATUS_UNSUPPORTED, "cannot measure %d channels", channels);
    ebur128_state *state = ebur128_init((unsigned)channels, (unsigned long)rate, EBUR128_MODE_I);
    if (!state)
        return error_no_memory(error);
    bool done =
        channels != 1 || ebur128_set_channel(state, 0, EBUR128_DUAL_MONO) == EBUR128_SUCCESS;
    done = done && measure(state, lufs, samples, frames, rate);
    ebur128_destroy(&state);
    if (!done)
        return error_set(error, STATUS_NO_MEMORY, "measuring loudness failed");
    return STATUS_OK;
}

enum status loudness_measure(double *lufs, const float *samples, size_t frames, int channels,
                             struct error *error)
{
    return loudness_measure_at(lufs, samples, frames, channels, FRAME_RATE, error);
}
