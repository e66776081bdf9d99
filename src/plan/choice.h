// SPDX-License-Identifier: GPL-3.0-or-later
// What a section holds at a given target length: a fixed chain of states, each adding one step to
// the one before. A longer target is never an earlier state, so a longer session never drops what a
// shorter one has.
#ifndef LOOSEN_CHOICE_H
#define LOOSEN_CHOICE_H

#include "outline.h"

struct bout_run; // bouts that follow each other closely; see choice.c

// One step: the unit's value grows by one, or the rests between two bouts become at least 2 min.
struct step {
    struct unit *unit;    // NULL: widen
    struct bout_run *run; // to widen
    int64_t threshold;    // the least target at which this step is taken, frames
    struct span span;     // of the section, with this step
};

struct chain {
    struct step *steps;
    size_t step_count;
    size_t taken;      // steps that the boxes show now
    struct span first; // of the section without any step
    int64_t share;     // natural length with every core line: weight of a section without a shape
};

struct choice {
    struct outline *outline;
    struct chain *chains; // one a section
};

// Follow every chain to its end, leaving out for good (unit.barred) what would break the contact
// budget, a timed block's limit or a bout's, and leave the boxes at the end. Linear in the boxes.
enum status choice_build(struct choice *choice, struct outline *outline, struct error *error);

// The number of steps that a target affords.
size_t choice_state(const struct chain *chain, int64_t target_frames);

// Least, natural and most length of a section with `steps` steps.
struct span choice_span(const struct chain *chain, size_t steps);

// Up to this length a section may be stretched with `steps` steps: to its most, and from there with
// a little quiet at its end as far as the next step, so that steps do not tear gaps into the
// lengths that can be had.
int64_t choice_reach(const struct chain *chain, size_t steps);

// Bring the boxes of a section to a state.
void choice_show(const struct choice *choice, size_t section, size_t steps);

#endif
