#include "layer_bank.h"

#include "curve.h"
#include "duration.h"

#define LOG2_E 1.44269504088896340736
// Two equal one-pole sections are 3 dB down where each is 1.5 dB down: sqrt(sqrt(2) - 1) of its own
// corner.
#define CASCADE 0.64359425290558262

enum { LANES = LAYER_BANK_LANES };

static double one_pole(double hz)
{
    return 1 - curve_exp2(-2 * CURVE_PI * hz / FRAME_RATE * LOG2_E);
}

double layer_bank_highpass(double hz)
{
    return one_pole(hz * CASCADE);
}

double layer_bank_lowpass(double hz)
{
    return one_pole(hz / CASCADE);
}

void layer_bank_init(struct layer_bank *bank)
{
    *bank = (struct layer_bank){.gain = {0}};
    for (int i = 0; i < LANES; i++)
        bank->lowpass[i] = bank->lowpass_end[i] = 1;
}

void layer_bank_set_highpass(struct layer_bank *bank, int layer, double coefficient)
{
    for (int i = 2 * layer; i < 2 * layer + 2; i++)
        bank->highpass[i] = (float)coefficient;
}

void layer_bank_aim(struct layer_bank *bank, int layer, double lowpass, double gain)
{
    for (int i = 2 * layer; i < 2 * layer + 2; i++) {
        bank->lowpass_end[i] = (float)lowpass;
        bank->gain_end[i] = (float)gain;
    }
}

void layer_bank_jump(struct layer_bank *bank)
{
    for (int i = 0; i < LANES; i++) {
        bank->lowpass[i] = bank->lowpass_end[i];
        bank->gain[i] = bank->gain_end[i];
    }
}

// The sections' states and all coefficients are local arrays of four, which stay in registers.
void layer_bank_process(struct layer_bank *bank, const float *restrict lanes, float *restrict mix,
                        size_t frames)
{
    float high0[LANES], high1[LANES], low0[LANES], low1[LANES];
    float highpass[LANES], lowpass[LANES], lowpass_step[LANES], gain[LANES], gain_step[LANES];
    for (int i = 0; i < LANES; i++) {
        high0[i] = bank->high[0][i];
        high1[i] = bank->high[1][i];
        low0[i] = bank->low[0][i];
        low1[i] = bank->low[1][i];
        highpass[i] = bank->highpass[i];
        lowpass[i] = bank->lowpass[i];
        lowpass_step[i] = (bank->lowpass_end[i] - lowpass[i]) / (float)frames;
        gain[i] = bank->gain[i];
        gain_step[i] = (bank->gain_end[i] - gain[i]) / (float)frames;
    }
    for (size_t f = 0; f < frames; f++) {
// GCC's -O3 would unroll the four lanes too early to find the vector.
#pragma GCC unroll 1
        for (size_t i = 0; i < LANES; i++) {
            float x = lanes[f * LANES + i];
            high0[i] += highpass[i] * (x - high0[i]);
            x -= high0[i];
            high1[i] += highpass[i] * (x - high1[i]);
            x -= high1[i];
            lowpass[i] += lowpass_step[i];
            low0[i] += lowpass[i] * (x - low0[i]);
            low1[i] += lowpass[i] * (low0[i] - low1[i]);
            gain[i] += gain_step[i];
            mix[f * LANES + i] += low1[i] * gain[i];
        }
    }
    for (int i = 0; i < LANES; i++) {
        bank->high[0][i] = high0[i];
        bank->high[1][i] = high1[i];
        bank->low[0][i] = low0[i];
        bank->low[1][i] = low1[i];
    }
    layer_bank_jump(bank); // exactly at the end values, whatever the ramp's rounding
}
