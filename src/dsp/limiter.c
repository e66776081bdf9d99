// SPDX-License-Identifier: GPL-3.0-or-later
// For every frame the highest peak, on and between the samples, says which gain it allows. That
// gain is held for the whole look-ahead and then rises slowly, in a straight line; two moving
// averages make every change a smooth curve. All values that an average spans were held at or below
// what the frame leaving the delay line allows, so no overshoot is possible.
//
// Delays add up: a peak between samples is known PEAK_TAPS / 2 frames later, the averages reach
// back 2 * LIMITER_BOX_FRAMES - 2 frames.
#include "limiter.h"

#include <math.h>
#include <string.h>

enum {
    PEAK_TAPS = 12,
    HOLD_FRAMES = LIMITER_DELAY_FRAMES,
    RUN_FRAMES = 512, // handled at once while there is nothing to do
};

_Static_assert(PEAK_TAPS / 2 + 2 * LIMITER_BOX_FRAMES - 2 <= LIMITER_DELAY_FRAMES,
               "peaks must be known before they leave");
_Static_assert(RUN_FRAMES + LIMITER_DELAY_FRAMES <= LIMITER_LINE_FRAMES,
               "a run must not overwrite what is still to come out");

// From silence to unity in 0.5 s.
static const int32_t release_step = LIMITER_UNITY / 24000;

// Interpolation half-way, and at a quarter and three quarters, between two samples: sinc under a
// Kaiser window (beta 5, 13 samples wide), adding up to 1. Within 0.06 dB up to 18 kHz. Samples
// that lie equally far on both sides are taken together: their sum, and for the quarters, which
// mirror each other, also their difference.
static const float half_of_sum[PEAK_TAPS / 2] = {-0.0079678f, 0.0210629f,  -0.0455637f,
                                                 0.0907871f,  -0.1888169f, 0.6304984f};
static const float quarter_of_sum[PEAK_TAPS / 2] = {-0.00577960f, 0.01512515f,  -0.03261975f,
                                                    0.06514075f,  -0.13775305f, 0.59588650f};
static const float quarter_of_difference[PEAK_TAPS / 2] = {-0.00160570f, 0.00316095f,  -0.00576915f,
                                                           0.01104435f,  -0.02836055f, 0.30382930f};

// The taps of no phase add up to 2 in magnitude: between samples below this there is no peak above
// the ceiling, and the filter need not run.
static const float loud_threshold = LIMITER_CEILING / 2;

void limiter_init(struct limiter *limiter)
{
    memset(limiter, 0, sizeof *limiter);
    limiter->gain = LIMITER_UNITY;
    limiter->first_sum = (int64_t)LIMITER_UNITY * LIMITER_BOX_FRAMES;
    limiter->second_sum = limiter->first_sum * LIMITER_BOX_FRAMES;
    for (int i = 0; i < LIMITER_BOX_FRAMES; i++) {
        limiter->first[i] = LIMITER_UNITY;
        limiter->second[i] = limiter->first_sum;
    }
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

// The last PEAK_TAPS frames up to the newest one, in `memory` if the line wraps among them.
static const float *newest_frames(const struct limiter *limiter, float memory[2 * PEAK_TAPS])
{
    uint32_t first = (limiter->line_at - (PEAK_TAPS - 1)) % LIMITER_LINE_FRAMES;
    if (first + PEAK_TAPS <= LIMITER_LINE_FRAMES)
        return limiter->line + 2 * (size_t)first;
    for (uint32_t i = 0; i < PEAK_TAPS; i++)
        memcpy(memory + 2 * (size_t)i,
               limiter->line + 2 * (size_t)((first + i) % LIMITER_LINE_FRAMES), 2 * sizeof(float));
    return memory;
}

// The highest magnitude between the two frames in the middle, of one channel.
static float peak_between(const float *frames)
{
    float half = 0, even = 0, odd = 0;
    for (int i = 0; i < PEAK_TAPS / 2; i++) {
        float before = frames[2 * i];
        float after = frames[2 * (PEAK_TAPS - 1 - i)];
        half += half_of_sum[i] * (before + after);
        even += quarter_of_sum[i] * (before + after);
        odd += quarter_of_difference[i] * (before - after);
    }
    return larger(fabsf(half), fabsf(even) + fabsf(odd)); // of even + odd and even - odd
}

static bool is_loud(const float *frame)
{
    return larger(fabsf(frame[0]), fabsf(frame[1])) >= loud_threshold;
}

// The gain that the newest frame allows, and the gap between frames 6 and 5 before it.
static int32_t allowed_gain(struct limiter *limiter)
{
    const float *newest = limiter->line + 2 * (size_t)limiter->line_at;
    if (is_loud(newest))
        limiter->loud_frames = PEAK_TAPS;
    if (limiter->loud_frames == 0)
        return LIMITER_UNITY;
    limiter->loud_frames--;
    float memory[2 * PEAK_TAPS];
    const float *frames = newest_frames(limiter, memory);
    float highest = larger(fabsf(newest[0]), fabsf(newest[1]));
    highest = larger(highest, larger(peak_between(frames), peak_between(frames + 1)));
    if (highest <= LIMITER_CEILING)
        return LIMITER_UNITY;
    return (int32_t)((double)LIMITER_CEILING / (double)highest * LIMITER_UNITY);
}

// Down at once, held for HOLD_FRAMES, then up in a straight line. A frame that allows so little
// more than the present gain that the rise could pass it within the look-ahead starts the hold
// again.
static void follow(struct limiter *limiter, int32_t allowed)
{
    if (allowed < limiter->gain) {
        limiter->gain = allowed;
        limiter->hold_frames = HOLD_FRAMES;
    } else if (allowed < LIMITER_UNITY && allowed - limiter->gain < HOLD_FRAMES * release_step) {
        limiter->hold_frames = HOLD_FRAMES;
    } else if (limiter->hold_frames > 0) {
        limiter->hold_frames--;
    } else if (limiter->gain < LIMITER_UNITY - release_step) {
        limiter->gain += release_step;
    } else {
        limiter->gain = LIMITER_UNITY;
    }
}

// The twice averaged gain; 1 exactly once everything averaged is unity.
static float smooth(struct limiter *limiter)
{
    uint32_t at = limiter->box_at;
    limiter->first_sum += limiter->gain - limiter->first[at];
    limiter->first[at] = limiter->gain;
    limiter->second_sum += limiter->first_sum - limiter->second[at];
    limiter->second[at] = limiter->first_sum;
    limiter->box_at = at + 1 == LIMITER_BOX_FRAMES ? 0 : at + 1;
    const double whole = (double)LIMITER_BOX_FRAMES * LIMITER_BOX_FRAMES * LIMITER_UNITY;
    return (float)((double)limiter->second_sum / whole);
}

// Frames from here on, RUN_FRAMES at most, for which the limiter is nothing but a delay.
static size_t idle_run(const struct limiter *limiter, const float *stereo, size_t frames)
{
    if (limiter->gain < LIMITER_UNITY || limiter->busy_frames > 0 || limiter->loud_frames > 0)
        return 0;
    size_t most = frames < RUN_FRAMES ? frames : RUN_FRAMES;
    int loud = 0;
    for (size_t i = 0; i < 2 * most; i++) // one flat loop, since none is loud as a rule
        loud |= fabsf(stereo[i]) >= loud_threshold;
    if (!loud)
        return most;
    size_t run = 0;
    while (run < most && !is_loud(stereo + 2 * run))
        run++;
    return run;
}

static void delay_run(struct limiter *limiter, float *stereo, size_t frames)
{
    size_t at = limiter->line_at;
    size_t due = (at - LIMITER_DELAY_FRAMES) % LIMITER_LINE_FRAMES;
    size_t before_wrap = LIMITER_LINE_FRAMES - at;
    size_t first = frames < before_wrap ? frames : before_wrap;
    memcpy(limiter->line + 2 * at, stereo, 2 * sizeof(float) * first);
    memcpy(limiter->line, stereo + 2 * first, 2 * sizeof(float) * (frames - first));
    before_wrap = LIMITER_LINE_FRAMES - due;
    first = frames < before_wrap ? frames : before_wrap;
    memcpy(stereo, limiter->line + 2 * due, 2 * sizeof(float) * first);
    memcpy(stereo + 2 * first, limiter->line, 2 * sizeof(float) * (frames - first));
    limiter->line_at = (uint32_t)((at + frames) % LIMITER_LINE_FRAMES);
}

// One frame, with everything. True when it was changed.
static bool limit_frame(struct limiter *limiter, float *frame)
{
    uint32_t at = limiter->line_at;
    memcpy(limiter->line + 2 * (size_t)at, frame, 2 * sizeof(float));
    follow(limiter, allowed_gain(limiter));
    uint32_t due = (at - LIMITER_DELAY_FRAMES) % LIMITER_LINE_FRAMES;
    memcpy(frame, limiter->line + 2 * (size_t)due, 2 * sizeof(float));
    limiter->line_at = (at + 1) % LIMITER_LINE_FRAMES;
    if (limiter->gain < LIMITER_UNITY)
        limiter->busy_frames = 2 * LIMITER_BOX_FRAMES;
    if (limiter->busy_frames == 0)
        return false;
    limiter->busy_frames--;
    float gain = smooth(limiter);
    frame[0] *= gain;
    frame[1] *= gain;
    return true;
}

bool limiter_process(struct limiter *limiter, float *stereo, size_t frames)
{
    bool limited = false;
    for (size_t done = 0; done < frames;) {
        size_t run = idle_run(limiter, stereo + 2 * done, frames - done);
        if (run > 0) {
            delay_run(limiter, stereo + 2 * done, run);
        } else {
            limited |= limit_frame(limiter, stereo + 2 * done);
            run = 1;
        }
        done += run;
    }
    return limited;
}
