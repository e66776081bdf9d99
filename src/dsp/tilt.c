// SPDX-License-Identifier: GPL-3.0-or-later
// The shelf's depth is ramped over a block, and its one-pole state is carried to the next.
#include "tilt.h"

#include "curve.h"
#include "duration.h"
#include "quad.h"

#define LOG2_E 1.44269504088896340736

void tilt_init(struct tilt *tilt, double hz)
{
    double pole = curve_exp2(-2 * CURVE_PI * hz / FRAME_RATE * LOG2_E);
    *tilt = (struct tilt){.coefficient = (float)(1 - pole)};
}

static void write(float *out, size_t stride, quad frames)
{
    memcpy(out, &frames, sizeof frames / 2);
    memcpy(out + stride, (const float *)&frames + 2, sizeof frames / 2);
}

// Four frames at a time, as brown noise in noise.c: a quarter as many steps wait for the one
// before.
void tilt_process(struct tilt *tilt, const double gains[2], const float *stereo, float *out,
                  size_t stride)
{
    const float coefficient = tilt->coefficient, pole = 1 - coefficient, square = pole * pole;
    const float from = (float)gains[0], step = (float)((gains[1] - gains[0]) / TILT_BLOCK);
    quad gain = quad_ramp((float[]){from, from}, (float[]){step, step});
    quad low = quad_load(tilt->low), last = quad_pair(tilt->last, tilt->last);
    for (size_t i = 0; i < 2 * TILT_BLOCK; i += 8, out += 4 * stride) {
        const quad x = quad_load(stereo + i), next_x = quad_load(stereo + i + 4);
        const quad in = coefficient * (x + pole * quad_between(last, x));
        const quad next_in = coefficient * (next_x + pole * quad_between(x, next_x));
        const quad now_low = square * low + in;
        low = square * square * low + (square * in + next_in);
        last = next_x;
        gain += 2 * step;
        write(out, stride, now_low + gain * (x - now_low));
        gain += 2 * step;
        write(out + 2 * stride, stride, low + gain * (next_x - low));
    }
    quad_store(tilt->low, low);
    memcpy(tilt->last, stereo + 2 * TILT_BLOCK - 2, sizeof tilt->last);
}
