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
static double gain_of_poles(const struct noise *noise, int count)
{
    double power = 0;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            power += (double)noise->weight[i] * (double)noise->weight[j] /
                     (1 - (double)noise->pole[i] * (double)noise->pole[j]);
    return sqrt(power);
}

static int poles_of(enum noise_colour colour)
{
    return colour == NOISE_PINK ? NOISE_POLES : colour == NOISE_BROWN ? 1 : 0;
}

void noise_init(struct noise *noise, enum noise_colour colour, uint64_t seed)
{
    *noise = (struct noise){.colour = colour, .seed = seed};
    int poles = poles_of(colour);
    double hz = colour == NOISE_PINK ? NOISE_PINK_LEAST_HZ : NOISE_BROWN_HZ;
    double weight = 1;
    for (int k = 0; k < poles; k++) {
        double pole = pole_at(hz);
        noise->pole[k] = (float)pole;
        noise->weight[k] = (float)(weight * (1 - pole));
        hz *= NOISE_PINK_RATIO;
        weight /= sqrt(NOISE_PINK_RATIO);
    }
    double gain = poles > 0 ? gain_of_poles(noise, poles) : 1;
    for (int k = 0; k < poles; k++)
        noise->weight[k] = (float)((double)noise->weight[k] / gain);
    noise->scale = (float)(NOISE_RMS / WHITE_RMS * 0x1p-31);
}

static void fill_white(struct noise *noise, float *lanes, size_t stride, size_t frames)
{
    for (size_t i = 0; i < frames; i++) {
        uint64_t bits = random_at(noise->seed, noise->frame + i);
        lanes[i * stride] = (float)(int32_t)(uint32_t)(bits >> 32) * noise->scale;
        lanes[i * stride + 1] = (float)(int32_t)(uint32_t)bits * noise->scale;
    }
    noise->frame += frames;
}

static void colour_brown(struct noise *noise, float *lanes, size_t stride, size_t frames)
{
    const float pole = noise->pole[0], weight = noise->weight[0];
    float left = noise->state[0], right = noise->state[1];
    for (size_t i = 0; i < frames; i++) {
        left = pole * left + weight * lanes[i * stride];
        right = pole * right + weight * lanes[i * stride + 1];
        lanes[i * stride] = left;
        lanes[i * stride + 1] = right;
    }
    noise->state[0] = left;
    noise->state[1] = right;
}

static void colour_pink(struct noise *noise, float *lanes, size_t stride, size_t frames)
{
    float pole[2 * NOISE_POLES], weight[2 * NOISE_POLES], state[2 * NOISE_POLES];
    for (size_t k = 0; k < 2 * NOISE_POLES; k++) {
        pole[k] = noise->pole[k / 2];
        weight[k] = noise->weight[k / 2];
        state[k] = noise->state[k];
    }
    for (size_t i = 0; i < frames; i++) {
        float x[2] = {lanes[i * stride], lanes[i * stride + 1]};
        for (size_t k = 0; k < 2 * NOISE_POLES; k++)
            state[k] = pole[k] * state[k] + weight[k] * x[k % 2];
        float sum[2] = {0, 0};
        for (size_t k = 0; k < 2 * NOISE_POLES; k++)
            sum[k % 2] += state[k];
        lanes[i * stride] = sum[0];
        lanes[i * stride + 1] = sum[1];
    }
    for (size_t k = 0; k < 2 * NOISE_POLES; k++)
        noise->state[k] = state[k];
}

void noise_process(struct noise *noise, float *lanes, size_t stride, size_t frames)
{
    fill_white(noise, lanes, stride, frames);
    if (noise->colour == NOISE_PINK)
        colour_pink(noise, lanes, stride, frames);
    else if (noise->colour == NOISE_BROWN)
        colour_brown(noise, lanes, stride, frames);
}
