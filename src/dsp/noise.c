#include "noise.h"

#include "curve.h"
#include "duration.h"
#include "random.h"
#include <math.h>

#define NOISE_PINK_LEAST_HZ 10.0
#define NOISE_PINK_RATIO 4.0
#define NOISE_BROWN_HZ 20.0
#define NOISE_RMS 0.1
#define WHITE_RMS 0.57735026918962576 // of uniform samples in -1 .. 1: 1/sqrt(3)

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
    double hz = colour == NOISE_PINK ? NOISE_PINK_LEAST_HZ : NOISE_BROWN_HZ;
    double weight = 1;
    for (int k = 0; k < poles; k++) {
        double pole = pole_at(hz);
        filter->pole[k] = (float)pole;
        filter->weight[k] = (float)(weight * (1 - pole));
        hz *= NOISE_PINK_RATIO;
        weight /= sqrt(NOISE_PINK_RATIO);
    }
    double gain = poles > 0 ? gain_of_poles(filter, poles) : 1;
    for (int k = 0; k < poles; k++)
        filter->weight[k] = (float)((double)filter->weight[k] / gain);
}

// GCC's -O3 would unroll loops over four lanes too early to find the vector: hence the pragmas.
// Local arrays of four stay in vector registers.
void noise_white(uint64_t seed, uint64_t block, float *lanes)
{
    const float scale = (float)(NOISE_RMS / WHITE_RMS * 0x1p-31);
    uint32_t even[NOISE_LANES], odd[NOISE_LANES]; // frames in turn: two recursions at once
    for (int i = 0; i < NOISE_LANES; i++) {
        uint64_t bits = random_at(seed, NOISE_LANES * block + (uint64_t)i);
        even[i] = (uint32_t)bits | 1; // xorshift must not start at 0
        odd[i] = (uint32_t)(bits >> 32) | 1;
    }
    for (size_t f = 0; f < NOISE_BLOCK; f += 2, lanes += 2 * NOISE_LANES) {
#pragma GCC unroll 1
        for (size_t i = 0; i < NOISE_LANES; i++) {
            even[i] ^= even[i] << 13;
            even[i] ^= even[i] >> 17;
            even[i] ^= even[i] << 5;
            lanes[i] = (float)(int32_t)even[i] * scale;
        }
#pragma GCC unroll 1
        for (size_t i = 0; i < NOISE_LANES; i++) {
            odd[i] ^= odd[i] << 13;
            odd[i] ^= odd[i] >> 17;
            odd[i] ^= odd[i] << 5;
            lanes[NOISE_LANES + i] = (float)(int32_t)odd[i] * scale;
        }
    }
}

static void colour_brown(struct noise_filter *filter, float *lanes)
{
    const float pole = filter->pole[0], weight = filter->weight[0];
    float left = filter->state[0], right = filter->state[1];
    for (size_t f = 0; f < NOISE_BLOCK; f++, lanes += NOISE_LANES) {
        left = pole * left + weight * lanes[0];
        right = pole * right + weight * lanes[1];
        lanes[0] = left;
        lanes[1] = right;
    }
    filter->state[0] = left;
    filter->state[1] = right;
}

// Six poles of two channels are three groups of four; the sums of a group's halves are left and
// right.
static void colour_pink(struct noise_filter *filter, float *lanes)
{
    float pole[3][4], weight[3][4], s0[4], s1[4], s2[4];
    float doubled[4 * NOISE_BLOCK]; // left and right twice: first white, then the groups' sum
    for (size_t i = 0; i < 4; i++) {
        for (size_t g = 0; g < 3; g++) {
            pole[g][i] = filter->pole[2 * g + i / 2];
            weight[g][i] = filter->weight[2 * g + i / 2];
        }
        s0[i] = filter->state[i];
        s1[i] = filter->state[4 + i];
        s2[i] = filter->state[8 + i];
    }
    for (size_t f = 0; f < NOISE_BLOCK; f++) {
        doubled[4 * f] = doubled[4 * f + 2] = lanes[f * NOISE_LANES];
        doubled[4 * f + 1] = doubled[4 * f + 3] = lanes[f * NOISE_LANES + 1];
    }
    for (size_t f = 0; f < NOISE_BLOCK; f++) {
#pragma GCC unroll 1
        for (size_t i = 0; i < 4; i++) {
            float x = doubled[4 * f + i];
            s0[i] = pole[0][i] * s0[i] + weight[0][i] * x;
            s1[i] = pole[1][i] * s1[i] + weight[1][i] * x;
            s2[i] = pole[2][i] * s2[i] + weight[2][i] * x;
            doubled[4 * f + i] = s0[i] + s1[i] + s2[i];
        }
    }
    for (size_t f = 0; f < NOISE_BLOCK; f++) {
        lanes[f * NOISE_LANES] = doubled[4 * f] + doubled[4 * f + 2];
        lanes[f * NOISE_LANES + 1] = doubled[4 * f + 1] + doubled[4 * f + 3];
    }
    for (size_t i = 0; i < 4; i++) {
        filter->state[i] = s0[i];
        filter->state[4 + i] = s1[i];
        filter->state[8 + i] = s2[i];
    }
}

void noise_filter_process(struct noise_filter *filter, float *lanes)
{
    if (filter->colour == NOISE_PINK)
        colour_pink(filter, lanes);
    else if (filter->colour == NOISE_BROWN)
        colour_brown(filter, lanes);
}
