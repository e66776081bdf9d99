// SPDX-License-Identifier: GPL-3.0-or-later
// A linear position is moved frame by frame, and a smooth curve makes the gain of it.
#include "fade.h"

void fade_init(struct fade *fade, int32_t down_frames)
{
    fade->position = 0;
    fade->down_frames = down_frames;
}

void fade_down(struct fade *fade, int32_t frames)
{
    if (fade->down_frames < frames)
        fade->down_frames = frames;
}

int32_t fade_step(int32_t frames)
{
    return FADE_FULL / frames + 1;
}

size_t fade_frames_left(const struct fade *fade, int32_t step)
{
    int32_t fall = -step;
    return (size_t)((fade->position + (fall - 1)) / fall);
}

static void move(struct fade *fade, int32_t step)
{
    if (fade->down_frames > 0) {
        int32_t fault_step = -fade_step(FADE_FAULT_FRAMES);
        step = step < fault_step ? step : fault_step;
        fade->down_frames--;
    }
    if (step < 0)
        fade->position = fade->position > -step ? fade->position + step : 0;
    else
        fade->position = fade->position < FADE_FULL - step ? fade->position + step : FADE_FULL;
}

// 3x^2 - 2x^3: level at both ends, steepest 1.5 times the straight line; exactly 0 and 1 there.
static float curve(int32_t position)
{
    float x = (float)position / (float)FADE_FULL;
    return x * x * (3.0f - 2.0f * x);
}

void fade_process(struct fade *fade, int32_t step, float *stereo, size_t frames)
{
    if (fade->down_frames == 0 && fade->position == FADE_FULL && step >= 0)
        return;
    for (size_t f = 0; f < frames; f++) {
        move(fade, step);
        float gain = curve(fade->position);
        stereo[2 * f] *= gain;
        stereo[2 * f + 1] *= gain;
    }
}
