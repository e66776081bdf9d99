// SPDX-License-Identifier: GPL-3.0-or-later
// What a section holds at a given target length: a fixed chain of states, each adding one step to
// the one before. A longer target is never an earlier state, so a longer session never drops what a
// shorter one has.
#ifndef LOOSEN_CHOICE_H
#define LOOSEN_CHOICE_H

#include "outline.h"

struct bout_run;

enum { REST_PARTS = 16 }; // steps in which rests grow from their least to their most

// One step: the unit's value grows by one, the rests between two bouts grow towards 2 min, or all
// rests of the section grow a little.
struct step {
    struct unit *unit;    // NULL: widen, or grow rests
    struct bout_run *run; // to widen; NULL: grow rests
    int rests;            // part of what rests can grow by that they have with this step
    int64_t threshold;    // the least target at which this step is taken, frames
    struct span span;     // of the section, with this step
    int64_t open;         // what its rests could take beyond, frames
};

struct chain {
    struct step *steps;
    size_t step_count;
    size_t taken;      // steps that the boxes show now
    int rests;         // likewise the part of their growth that rests have, and ...
    bool is_open;      // ... whether they may be longer
    struct span first; // of the section without any step
    int64_t open;      // what its rests could then take beyond, frames
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

// The part of what rests can grow by that they have in a state, and how long one is with it,
// frames.
int choice_rests(const struct chain *chain, size_t steps);
int64_t choice_rest(struct range limit, int parts);

// Up to this length a section may be stretched with `steps` steps: to its most, and from there with
// a little quiet at its end, and with longer rests where the next step is a large one, so that
// steps do not tear gaps into the lengths that can be had.
int64_t choice_reach(const struct chain *chain, size_t steps);

// Bring the boxes of a section to a state.
void choice_show(const struct choice *choice, size_t section, size_t steps);

// The rests of a section grow together: those that come later have the part that the others have.
// `open`: they may be as long as they can be at most, until the section is shown again.
void choice_set_rests(const struct choice *choice, size_t section, int parts, bool open);

// How much longer the rests of a section could be that are there, frames.
int64_t choice_rests_open(const struct choice *choice, size_t section);

// Let the rests of a run, which lie in this section, have `wide` of BOUT_WIDE parts of what parts
// bouts.
void choice_widen(const struct choice *choice, size_t section, struct bout_run *run, int wide);

#endif
