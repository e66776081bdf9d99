// SPDX-License-Identifier: GPL-3.0-or-later
// How a timeline was laid out: the value of every choice and the place of every box. A re-fit reads
// it into a new outline of the same session, whose boxes and choices come in the same order.
#ifndef LOOSEN_PLAN_STATE_H
#define LOOSEN_PLAN_STATE_H

#include "outline.h"

struct resume;

// One box, both passes.
struct plan_state_box {
    struct stay stay[PASS_COUNT];
};

struct plan_state {
    int64_t settled;       // frame from which it may be fitted again
    int64_t chosen_frames; // length that was chosen: what was left may let it end earlier for now
    int64_t passed_frames; // of it, what an excerpt leaves out; else 0
    int *values;           // one a unit
    size_t unit_count;
    struct plan_state_box *boxes; // by box.index
    size_t box_count;
    struct stay *sections; // one a section
    size_t section_count;
};

// Write the outline's present state into timeline->plan_state; the timeline's arena takes it. NULL:
// there was no plan before it.
enum status plan_state_write(struct timeline *timeline, const struct outline *outline,
                             const struct resume *resume, struct error *error);

// Bring a new outline of the same session to that state. STATUS_BAD_ARGUMENT: it is another one.
enum status plan_state_read(const struct plan_state *state, const struct outline *outline,
                            struct error *error);

// The state of an excerpt that leaves out `passed` frames and can be fitted again from `settled`
// on. NULL: out of memory.
const struct plan_state *plan_state_shift(const struct plan_state *state, struct arena *arena,
                                          int64_t passed, int64_t settled);

#endif
