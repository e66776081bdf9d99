// Two stereo layers filtered, faded and mixed in one loop. Each layer is highpass, lowpass
// (both two one-pole sections: 12 dB an octave, no resonance, so modulating them can not ring) and a
// gain; lowpass and gain are ramped linearly over the block. The layers lie side by side so that
// one loop over four lanes hides the latency of the recursions and vectorises.
#ifndef LOOSEN_LAYER_BANK_H
#define LOOSEN_LAYER_BANK_H

#include <stddef.h>

enum { LAYER_BANK_LAYERS = 2, LAYER_BANK_LANES = 2 * LAYER_BANK_LAYERS };

// One value a lane; left and right of each layer in turn.
struct layer_bank {
    float highpass[LAYER_BANK_LANES]; // coefficient of both sections, 0: off
    float lowpass[LAYER_BANK_LANES];  // now; 1: off
    float lowpass_end[LAYER_BANK_LANES];
    float gain[LAYER_BANK_LANES]; // now
    float gain_end[LAYER_BANK_LANES];
    float high[2][LAYER_BANK_LANES]; // state of the sections
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

// RT. Filter `frames` frames of LAYER_BANK_LANES samples and add them to `mix`, lane by lane.
void layer_bank_process(struct layer_bank *bank, const float *restrict lanes, float *restrict mix,
                        size_t frames);

#endif
