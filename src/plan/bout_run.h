// SPDX-License-Identifier: GPL-3.0-or-later
// Bouts of paced breathing that follow each other closely: what they sum to, and the rests that can
// part them.
#ifndef LOOSEN_BOUT_RUN_H
#define LOOSEN_BOUT_RUN_H

#include "outline.h"

enum { BOUT_WIDE = 12 }; // steps in which a rest grows until it parts two bouts

// Bouts that follow each other with less than BREATH_FREE_FRAMES between, when everything is at its
// least. Rests that can be widened cut a run into stretches.
struct bout_run {
    int64_t frames;     // paced breathing in all
    struct box **rests; // that can be widened
    size_t rest_count;
    int wide;   // parts of the free breath that these have already, BOUT_WIDE when all
    bool spans; // sections, whose states do not know of each other: cannot be widened
};

struct bout_stretch {
    int64_t frames;
    struct bout_run *run;
};

// Runs and stretches of an outline, every bout at its least; each bout's box learns its stretch.
// STATUS_NO_MEMORY or STATUS_OK.
enum status bout_run_find(struct outline *outline, struct error *error);

// Count `sign` times the breaths of every box of the unit, now `frames` long in each pass.
void bout_run_count(const struct unit *unit, int64_t frames, int sign);

// Whether the unit's bouts are longer than the breath may be led in one go; or, in *to_widen, the
// run whose rests must part them first.
bool bout_run_is_long(const struct unit *unit, struct bout_run **to_widen);

// Widening must show with the section that needs it, and only rests that are there can be widened.
bool bout_run_can_widen(const struct bout_run *run, const struct box *section);

#endif
