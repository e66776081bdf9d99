// SPDX-License-Identifier: GPL-3.0-or-later
// Steady tones that beat slowly and move: each note's share of the whole wanders, while the power
// of all together stays, as it is heard after both channels are mixed to the scene's width. Every
// partial has a fainter twin that turns slowly around it, and the two channels drift against each
// other, each at a rate of its own, so that no pattern returns.
#ifndef LOOSEN_CHORD_H
#define LOOSEN_CHORD_H

#include "random_lfo.h"
#include "recipe.h"
#include "sine_bank.h"

enum { CHORD_STEP = 8 }; // blocks from one look at the movement to the next: 11 ms

// A phase a partial that turns slowly and steadily.
struct chord_turn {
    struct sine_phasors now, step; // where it is, and by how much it turns in CHORD_STEP blocks
};

struct chord {
    struct recipe_chord recipe;
    double correlation;
    struct random_lfo movement[RECIPE_NOTES_MAX];
    int partial_count;
    int note[SINE_BANK_LANES];               // that the partial in this lane belongs to
    double weight[SINE_BANK_LANES];          // beside the other partials
    struct chord_turn left, right;           // the twin around the partial in each channel
    struct chord_turn drift;                 // of right against left
    float from[SINE_GAINS][SINE_BANK_LANES]; // gains at the last look
    float to[SINE_GAINS][SINE_BANK_LANES];   // and at the next one
    struct sine_bank bank;
};

// At frame 0. `correlation` is that of the channels which independent ones are mixed to.
void chord_init(struct chord *chord, uint64_t seed, const struct recipe_chord *recipe,
                double correlation);

// RT. As grains_process.
void chord_process(struct chord *chord, int64_t frame, float *stereo);

#endif
