// SPDX-License-Identifier: GPL-3.0-or-later
// The options of a recipe's layer: "lowpass 900", "follow breath 7 dB" ...
#ifndef LOOSEN_RECIPE_OPTION_H
#define LOOSEN_RECIPE_OPTION_H

#include "recipe.h"
#include "recipe_reader.h"

// What an option sets, so that nothing is said twice: "bandpass" sets highpass and lowpass.
enum {
    RECIPE_SETS_HIGHPASS = 1,
    RECIPE_SETS_LOWPASS = 2,
    RECIPE_SETS_LEVEL = 4,
    RECIPE_SETS_BREATH = 8,
    RECIPE_SETS_FREE = 16,
    RECIPE_SETS_DELAY = 32,
    RECIPE_SETS_RATE = 64,
    RECIPE_SETS_PITCH = 128,
    RECIPE_SETS_ATTACK = 256,
    RECIPE_SETS_DECAY = 512,
    RECIPE_SETS_BEAT = 1024,
    RECIPE_SETS_MOVE = 2048,
    RECIPE_SETS_FADE = 4096,
};

// Put the option into `layer` and its bits into *set; faults are reported.
void recipe_option_take(struct recipe_reader *reader, const struct recipe_item *item,
                        struct recipe_layer *layer, unsigned *set);

#endif
