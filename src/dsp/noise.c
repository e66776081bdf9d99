// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers become white noise, and sums of one-pole filters give it a colour.
#include "noise.h"

#include "curve.h"
#include "duration.h"
#include "quad.h"
#include "random.h"
#include <math.h>

#define NOISE_BROWN_HZ 20.0
#define NOISE_RMS 0.1
#define WHITE_RMS 0.57735026918962576 // of uniform samples in -1 .. 1: 1/sqrt(3)

// Poles of pink, fitted so that their sum is within 0.15 dB of 1/sqrt(frequency) from 16 Hz to 16
// kHz.
static const double pink_hz[NOISE_POLES] = {17.56, 127.36, 949.4, 7496.6};
static const double pink_weight[NOISE_POLES] = {1, 0.26196, 0.09834, 0.04832};

// The decay of a one-pole lowpass in one frame: exp(-2 pi hz / rate).
static double pole_at(double hz)
{
    return curve_exp2(-2 * CURVE_PI * hz / FRAME_RATE * 1.44269504088896340736);
}

// RMS of the poles' sum over white input of RMS 1: the inner products of their impulse responses.
static double gain_of_poles(const struct noise_filter *filter, int count)
{
    double power = 0;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            power += (double)filter->weight[i] * (double)filter->weight[j] /
                     (1 - (double)filter->pole[i] * (double)filter->pole[j]);
    return sqrt(power);
}

static int poles_of(enum noise_colour colour)
{
    return colour == NOISE_PINK ? NOISE_POLES : colour == NOISE_BROWN ? 1 : 0;
}

void noise_filter_init(struct noise_filter *filter, enum noise_colour colour)
{
    *filter = (struct noise_filter){.colour = colour};
    int poles = poles_of(colour);
    for (int k = 0; k < poles; k++) {
        double pole = pole_at(colour == NOISE_PINK ? pink_hz[k] : NOISE_BROWN_HZ);
        filter->pole[k] = (float)pole;
        filter->weight[k] = (float)(pink_weight[k] * (1 - pole));
    }
    double gain = poles > 0 ? gain_of_poles(filter, poles) : 1;
    for (int k = 0; k < poles; k++)
        filter->weight[k] = (float)((double)filter->weight[k] / gain);
}

static quad_bits seeded(uint64_t seed, uint64_t counter)
{
    const uint64_t a = random_at(seed, counter), b = random_at(seed, counter + 1);
    const quad_bits bits = {(uint32_t)a, (uint32_t)(a >> 32), (uint32_t)b, (uint32_t)(b >> 32)};
    return bits | 1; // xorshift must not start at 0
}

static quad_bits next(quad_bits bits)
{
    bits ^= bits << 13;
    bits ^= bits >> 17;
    return bits ^ bits << 5;
}

static quad sample(quad_bits bits)
{
    const float scale = (float)(NOISE_RMS / WHITE_RMS * 0x1p-31);
    return __builtin_convertvector((quad_int)bits, quad) * scale;
}

// Each number makes two samples, of its upper and its lower half: noise needs no more than 16 bits.
// Two generators take turns, so that one need not wait for the other.
void noise_white(uint64_t seed, uint64_t block, float *stereo)
{
    quad_bits even = seeded(seed, 4 * block), odd = seeded(seed, 4 * block + 2);
    for (size_t i = 0; i < 2 * NOISE_BLOCK; i += 16) {
        even = next(even);
        odd = next(odd);
        quad_store(stereo + i, sample(even));
        quad_store(stereo + i + 4, sample(even << 16));
        quad_store(stereo + i + 8, sample(odd));
        quad_store(stereo + i + 12, sample(odd << 16));
    }
}

// One pole, two frames at a time: y[n] = pole^2 y[n - 2] + weight (x[n] + pole x[n - 1]) is the
// same filter, with half as many steps that wait for the one before.
struct pole {
    quad y, square, now, before; // now, before: weights of x[n] and x[n - 1]
};

static struct pole pole_begin(const struct noise_filter *filter, int k)
{
    const float pole = filter->pole[k], weight = filter->weight[k];
    return (struct pole){quad_load(filter->state[k]), quad_all(pole * pole), quad_all(weight),
                         quad_all(weight * pole)};
}

static quad pole_step(struct pole *pole, quad x, quad x_before)
{
    pole->y = pole->square * pole->y + (pole->now * x + pole->before * x_before);
    return pole->y;
}

static void pole_end(const struct pole *pole, struct noise_filter *filter, int k)
{
    quad_store(filter->state[k], pole->y);
}

// With a single pole even these steps would wait, so there go two of them at a time.
static void colour_brown(struct noise_filter *filter, float *stereo)
{
    struct pole pole = pole_begin(filter, 0);
    const quad fourth_power = pole.square * pole.square;
    quad last = quad_pair(filter->last, filter->last);
    for (size_t i = 0; i < 2 * NOISE_BLOCK; i += 8) {
        const quad x = quad_load(stereo + i), next_x = quad_load(stereo + i + 4);
        const quad in = pole.now * x + pole.before * quad_between(last, x);
        const quad next_in = pole.now * next_x + pole.before * quad_between(x, next_x);
        quad_store(stereo + i, pole.square * pole.y + in);
        pole.y = fourth_power * pole.y + (pole.square * in + next_in);
        quad_store(stereo + i + 4, pole.y);
        last = next_x;
    }
    pole_end(&pole, filter, 0);
}

static void colour_pink(struct noise_filter *filter, float *stereo)
{
    struct pole a = pole_begin(filter, 0), b = pole_begin(filter, 1);
    struct pole c = pole_begin(filter, 2), d = pole_begin(filter, 3);
    quad last = quad_pair(filter->last, filter->last);
    for (size_t i = 0; i < 2 * NOISE_BLOCK; i += 4) {
        const quad x = quad_load(stereo + i), before = quad_between(last, x);
        quad low = pole_step(&a, x, before) + pole_step(&b, x, before);
        quad high = pole_step(&c, x, before) + pole_step(&d, x, before);
        quad_store(stereo + i, low + high);
        last = x;
    }
    pole_end(&a, filter, 0);
    pole_end(&b, filter, 1);
    pole_end(&c, filter, 2);
    pole_end(&d, filter, 3);
}

void noise_filter_process(struct noise_filter *filter, float *stereo)
{
    float last[2] = {stereo[2 * NOISE_BLOCK - 2], stereo[2 * NOISE_BLOCK - 1]};
    if (filter->colour == NOISE_PINK)
        colour_pink(filter, stereo);
    else if (filter->colour == NOISE_BROWN)
        colour_brown(filter, stereo);
    memcpy(filter->last, last, sizeof last);
}
