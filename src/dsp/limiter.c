// For every frame the highest peak, on and between the samples, says which gain it allows. That gain
// is held for the whole look-ahead and then rises slowly, in a straight line; two moving averages
// make every change a smooth curve. All values that an average spans were held at or below what the
// frame leaving the delay line allows, so no overshoot is possible.
//
// Delays add up: a peak between samples is known PEAK_TAPS / 2 frames later, the averages reach back
// 2 * LIMITER_BOX_FRAMES - 2 frames.
#include "limiter.h"

#include <math.h>
#include <string.h>

enum {
    PEAK_TAPS = 12,
    PEAK_PHASES = 3,
    HOLD_FRAMES = LIMITER_DELAY_FRAMES,
};

_Static_assert(PEAK_TAPS / 2 + 2 * LIMITER_BOX_FRAMES - 2 <= LIMITER_DELAY_FRAMES,
               "peaks must be known before they leave");

// From silence to unity in 0.5 s.
static const int32_t release_step = LIMITER_UNITY / 24000;

// Interpolation at a quarter, a half and three quarters between two samples: sinc under a Kaiser
// window (beta 5, 13 samples wide), each phase adding up to 1. Within 0.06 dB up to 18 kHz.
static const float peak_filter[PEAK_PHASES][PEAK_TAPS] = {
    {-0.0073853f, 0.0182861f, -0.0383889f, 0.0761851f, -0.1661136f, 0.8997158f, 0.2920572f,
     -0.1093925f, 0.0540964f, -0.0268506f, 0.0119642f, -0.0041739f},
    {-0.0079678f, 0.0210629f, -0.0455637f, 0.0907871f, -0.1888169f, 0.6304984f, 0.6304984f,
     -0.1888169f, 0.0907871f, -0.0455637f, 0.0210629f, -0.0079678f},
    {-0.0041739f, 0.0119642f, -0.0268506f, 0.0540964f, -0.1093925f, 0.2920572f, 0.8997158f,
     -0.1661136f, 0.0761851f, -0.0383889f, 0.0182861f, -0.0073853f},
};

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

// The highest magnitude at the newest frame and in the gap between frames 6 and 5 before it.
static float peak(const struct limiter *limiter)
{
    const float *newest = limiter->line + 2 * (size_t)limiter->line_at;
    float highest = larger(fabsf(newest[0]), fabsf(newest[1]));
    float left[PEAK_PHASES] = {0};
    float right[PEAK_PHASES] = {0};
    for (uint32_t tap = 0; tap < PEAK_TAPS; tap++) {
        uint32_t at = (limiter->line_at - (PEAK_TAPS - 1) + tap) % LIMITER_LINE_FRAMES;
        for (int phase = 0; phase < PEAK_PHASES; phase++) {
            left[phase] += peak_filter[phase][tap] * limiter->line[2 * at];
            right[phase] += peak_filter[phase][tap] * limiter->line[2 * at + 1];
        }
    }
    for (int phase = 0; phase < PEAK_PHASES; phase++)
        highest = larger(highest, larger(fabsf(left[phase]), fabsf(right[phase])));
    return highest;
}

// The gain that the newest frame allows.
static int32_t allowed_gain(struct limiter *limiter)
{
    const float *newest = limiter->line + 2 * (size_t)limiter->line_at;
    if (larger(fabsf(newest[0]), fabsf(newest[1])) >= loud_threshold)
        limiter->loud_frames = PEAK_TAPS;
    if (limiter->loud_frames == 0)
        return LIMITER_UNITY;
    limiter->loud_frames--;
    float highest = peak(limiter);
    if (highest <= LIMITER_CEILING)
        return LIMITER_UNITY;
    return (int32_t)((double)LIMITER_CEILING / (double)highest * LIMITER_UNITY);
}

// Down at once, held for HOLD_FRAMES, then up in a straight line. A frame that allows so little more
// than the present gain that the rise could pass it within the look-ahead starts the hold again.
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

bool limiter_process(struct limiter *limiter, float *stereo, size_t frames)
{
    bool limited = false;
    for (size_t f = 0; f < frames; f++) {
        uint32_t at = limiter->line_at;
        memcpy(limiter->line + 2 * (size_t)at, stereo + 2 * f, 2 * sizeof(float));
        follow(limiter, allowed_gain(limiter));
        uint32_t due = (at - LIMITER_DELAY_FRAMES) % LIMITER_LINE_FRAMES;
        memcpy(stereo + 2 * f, limiter->line + 2 * (size_t)due, 2 * sizeof(float));
        limiter->line_at = (at + 1) % LIMITER_LINE_FRAMES;
        if (limiter->gain < LIMITER_UNITY)
            limiter->busy_frames = 2 * LIMITER_BOX_FRAMES;
        if (limiter->busy_frames == 0)
            continue;
        limiter->busy_frames--;
        float gain = smooth(limiter);
        stereo[2 * f] *= gain;
        stereo[2 * f + 1] *= gain;
        limited = true;
    }
    return limited;
}
