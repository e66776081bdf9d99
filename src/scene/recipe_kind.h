// SPDX-License-Identifier: GPL-3.0-or-later
// What a recipe's layer begins with: "pink", "grains", "tones 110 165", "chord A2 E3 C#4".
#ifndef LOOSEN_RECIPE_KIND_H
#define LOOSEN_RECIPE_KIND_H

#include "recipe.h"
#include "recipe_reader.h"

// Put the kind into `layer`, with the defaults of its options; faults are reported.
void recipe_kind_take(struct recipe_reader *reader, const struct recipe_item *item,
                      struct recipe_layer *layer);

#endif
