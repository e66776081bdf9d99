// SPDX-License-Identifier: GPL-3.0-or-later
// Drops: short soft sines at random moments, pitches and places. Each rises over its attack, falls
// exponentially, and glides up a little as a bubble does when it nears the surface.
#ifndef LOOSEN_GRAINS_H
#define LOOSEN_GRAINS_H

#include "recipe.h"
#include "sine_bank.h"

// One drop that may sound now.
struct grain {
    int64_t start_frame;
    int64_t end_frame; // not after the present block: the lane is free
    double level;      // 0 .. 1 at the last block's end
    double fall;       // of the level in a block after the crest
    float gain[2];     // of left and right at the crest
};

struct grains {
    uint64_t seed;
    struct recipe_grains recipe;
    uint64_t count;     // drops begun so far
    int64_t next_frame; // when the next one begins
    struct grain grains[SINE_BANK_LANES];
    struct sine_bank bank;
};

// At frame 0.
void grains_init(struct grains *grains, uint64_t seed, const struct recipe_grains *recipe);

// RT. Write the block of SINE_BANK_BLOCK stereo frames from `frame` on. Blocks follow each other.
void grains_process(struct grains *grains, int64_t frame, float *stereo);

#endif
