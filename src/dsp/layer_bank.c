// SPDX-License-Identifier: GPL-3.0-or-later
// Both layers' filters run side by side in one loop, four lanes wide.
#include "layer_bank.h"

#include "curve.h"
#include "duration.h"
#include "quad.h"

#define LOG2_E 1.44269504088896340736
// Two equal one-pole sections are 3 dB down where each is 1.5 dB down: sqrt(sqrt(2) - 1) of its own
// corner.
#define CASCADE 0.64359425290558262

enum { LANES = LAYER_BANK_LANES, BLOCK = LAYER_BANK_BLOCK };

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
}

void layer_bank_set_highpass(struct layer_bank *bank, int layer, double coefficient)
{
    for (int i = 2 * layer; i < 2 * layer + 2; i++)
        bank->highpass[i] = (float)coefficient;
}

void layer_bank_aim(struct layer_bank *bank, int layer, double lowpass, double gain)
{
    for (int i = 2 * layer; i < 2 * layer + 2; i++) {
        bank->lowpass_end[i] = (float)(1 - lowpass);
        bank->gain_end[i] = (float)(gain);
    }
}

void layer_bank_jump(struct layer_bank *bank)
{
    for (int i = 0; i < LANES; i++) {
        bank->lowpass[i] = bank->lowpass_end[i];
        bank->gain[i] = bank->gain_end[i];
    }
}

// All that the loop needs, in registers. Each section is left without its factor, pole for a
// highpass and 1 - pole for a lowpass, so that no more than a product and a sum wait for the frame
// before; the gain makes up for all of them. Since the lowpass moves, too, that gain goes along a
// parabola: through what is due at both ends and in the middle of the block.
struct strip {
    quad before, high0, high1, low0, low1;
    quad highpass, lowpass, lowpass_step, gain, gain_step, gain_bend;
};

static struct strip strip_begin(const struct layer_bank *bank)
{
    const quad highpass = 1 - quad_load(bank->highpass);
    const quad lowpass = quad_load(bank->lowpass);
    const quad lowpass_end = quad_load(bank->lowpass_end);
    const quad gain = quad_load(bank->gain), gain_end = quad_load(bank->gain_end);
    const quad open = highpass * (1 - lowpass), open_end = highpass * (1 - lowpass_end);
    const quad open_middle = (open + open_end) / 2;
    const quad from = gain * open * open, to = gain_end * open_end * open_end;
    const quad middle = (gain + gain_end) / 2 * open_middle * open_middle;
    const quad bend = (from - 2 * middle + to) * (4.0f / (BLOCK * BLOCK));
    return (struct strip){
        .before = quad_load(bank->before),
        .high0 = quad_load(bank->high[0]),
        .high1 = quad_load(bank->high[1]),
        .low0 = quad_load(bank->low[0]),
        .low1 = quad_load(bank->low[1]),
        .highpass = highpass,
        .lowpass = lowpass,
        .lowpass_step = (lowpass_end - lowpass) / BLOCK,
        .gain = from,
        .gain_step = (to - from) / BLOCK - bend * ((BLOCK - 1) / 2.0f),
        .gain_bend = bend,
    };
}

static quad strip_step(struct strip *strip, quad x)
{
    const quad high0 = strip->high0;
    strip->high0 = strip->highpass * high0 + (x - strip->before);
    strip->before = x;
    strip->high1 = strip->highpass * strip->high1 + (strip->high0 - high0);
    strip->lowpass += strip->lowpass_step;
    strip->low0 = strip->lowpass * strip->low0 + strip->high1;
    strip->low1 = strip->lowpass * strip->low1 + strip->low0;
    strip->gain += strip->gain_step;
    strip->gain_step += strip->gain_bend;
    return strip->low1 * strip->gain;
}

static void strip_end(const struct strip *strip, struct layer_bank *bank)
{
    quad_store(bank->before, strip->before);
    quad_store(bank->high[0], strip->high0);
    quad_store(bank->high[1], strip->high1);
    quad_store(bank->low[0], strip->low0);
    quad_store(bank->low[1], strip->low1);
}

void layer_bank_process(struct layer_bank *bank, const float *first, const float *second,
                        float *mix)
{
    struct strip strip = strip_begin(bank);
    for (size_t i = 0; i < 2 * BLOCK; i += 4) {
        quad now = strip_step(&strip, quad_pair(first + i, second + i));
        quad next = strip_step(&strip, quad_pair(first + i + 2, second + i + 2));
        quad_store(mix + i, quad_load(mix + i) + quad_sums(now, next));
    }
    strip_end(&strip, bank);
    layer_bank_jump(bank); // exactly at the end values, whatever the ramp's rounding
}
