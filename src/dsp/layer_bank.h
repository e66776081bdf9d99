// SPDX-License-Identifier: GPL-3.0-or-later
// Two stereo layers filtered, faded and mixed in one loop. Each layer is highpass, lowpass (both
// two one-pole sections: 12 dB an octave, no resonance, so modulating them can not ring) and a
// gain; lowpass and gain are ramped over the block. The layers lie side by side in a quad.
#ifndef LOOSEN_LAYER_BANK_H
#define LOOSEN_LAYER_BANK_H

#include <stddef.h>

enum {
    LAYER_BANK_LAYERS = 2,
    LAYER_BANK_LANES = 2 * LAYER_BANK_LAYERS,
    LAYER_BANK_BLOCK = 128, // frames that are filtered at once
};

// One value a lane; left and right of each layer in turn.
struct layer_bank {
    float highpass[LAYER_BANK_LANES]; // 1 - pole of both sections, 0: off
    float lowpass[LAYER_BANK_LANES];  // pole of both sections, now; 0: off
    float lowpass_end[LAYER_BANK_LANES];
    float gain[LAYER_BANK_LANES]; // now
    float gain_end[LAYER_BANK_LANES];
    float before[LAYER_BANK_LANES];  // state of the sections: the last input,
    float high[2][LAYER_BANK_LANES]; // and what each last gave
    float low[2][LAYER_BANK_LANES];
};

// All layers silent and unfiltered.
void layer_bank_init(struct layer_bank *bank);

// Coefficients of two sections in a row that are 3 dB down at `hz`.
double layer_bank_highpass(double hz);
double layer_bank_lowpass(double hz);

// Fix a layer's highpass (0: off).
void layer_bank_set_highpass(struct layer_bank *bank, int layer, double coefficient);

// RT. Where a layer's lowpass coefficient (1: off) and gain will be at the end of the next block.
void layer_bank_aim(struct layer_bank *bank, int layer, double lowpass, double gain);

// Be there at once: for the first block.
void layer_bank_jump(struct layer_bank *bank);

// RT. Filter a block of each layer, interleaved stereo, and add both to `mix`.
void layer_bank_process(struct layer_bank *bank, const float *first, const float *second,
                        float *mix);

#endif
