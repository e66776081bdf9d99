// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as the listener meets it: moments in order of time, grouped into steps. A step is
//   - a touch or a movement, with all that is said in it,
//   - a bout of paced breathing,
//   - a rest of 15 s or more, or quiet breathing,
//   - else a spoken line with the pause or short rest behind it.
#ifndef LOOSEN_STEP_H
#define LOOSEN_STEP_H

#include "outline.h"

enum { STEP_NONE = -1, STEP_LEAD = 0 };

// One pass of a box that holds no others, or, as `tail`, the time behind the contents of one that
// does.
struct moment {
    struct box *box;
    struct box *block; // the outermost timed block around it, or NULL
    int pass;
    int section;
    bool tail;
    bool on;
    int step; // STEP_NONE: it is not there
};

struct steps {
    struct moment *moments; // in the outline's arena
    size_t count;
    int step_count;
};

// List the moments of an outline whose boxes know where they were placed.
enum status steps_list(struct steps *steps, const struct outline *outline, struct error *error);

// The stay of a moment.
struct stay *step_stay(const struct moment *moment);

// Index of the moment that was laid out over `frame`; steps->count: none.
size_t steps_find(const struct steps *steps, int64_t frame);

#endif
