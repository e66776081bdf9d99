// SPDX-License-Identifier: GPL-3.0-or-later
// A section of a script, unfolded into boxes and choices.
#ifndef LOOSEN_EXPAND_H
#define LOOSEN_EXPAND_H

#include "outline.h"
#include "utterances.h"

struct expansion {
    struct outline *outline;
    const struct utterances *utterances;
    const int64_t *clip_frames;
    bool natural_breath;
    int section;
    const struct node *sides; // around, or NULL
    enum level level;         // of the blocks around
    struct error *error;
};

// Unfold section `index`, with every choice at its least. STATUS_NO_MEMORY; STATUS_BAD_INPUT, with
// its place, where it unfolds to too much.
enum status expand_section(struct expansion *expansion, size_t index);

#endif
