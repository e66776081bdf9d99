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

void layer_bank_process(struct layer_bank *bank, const float *lanes, float *stereo, size_t frames)
{
    struct layer_bank b = *bank; // a local copy: nothing else can point into it
    float lowpass_step[LANES], gain_step[LANES];
    for (int i = 0; i < LANES; i++) {
        lowpass_step[i] = (b.lowpass_end[i] - b.lowpass[i]) / (float)frames;
        gain_step[i] = (b.gain_end[i] - b.gain[i]) / (float)frames;
    }
    for (size_t f = 0; f < frames; f++) {
        float out[LANES];
        for (int i = 0; i < LANES; i++) {
            float x = lanes[f * LANES + (size_t)i];
            b.high[0][i] += b.highpass[i] * (x - b.high[0][i]);
            x -= b.high[0][i];
            b.high[1][i] += b.highpass[i] * (x - b.high[1][i]);
            x -= b.high[1][i];
            b.lowpass[i] += lowpass_step[i];
            b.low[0][i] += b.lowpass[i] * (x - b.low[0][i]);
            b.low[1][i] += b.lowpass[i] * (b.low[0][i] - b.low[1][i]);
            b.gain[i] += gain_step[i];
            out[i] = b.low[1][i] * b.gain[i];
        }
        stereo[2 * f] += (out[0] + out[2]) + (out[4] + out[6]);
        stereo[2 * f + 1] += (out[1] + out[3]) + (out[5] + out[7]);
    }
    *bank = b;
    layer_bank_jump(bank); // exactly at the end values, whatever the ramp's rounding
}
