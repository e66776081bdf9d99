// SPDX-License-Identifier: GPL-3.0-or-later
// The length and state of every section at one session length.
#ifndef LOOSEN_FIT_H
#define LOOSEN_FIT_H

#include "choice.h"
#include "shape.h"

// How a section came out.
struct fit_section {
    size_t steps;   // of its chain
    int64_t frames; // its length; above its most: the rest is quiet at its end
};

struct fit {
    const struct choice *choice;
    struct shape shape;
    struct shape_limits *limits; // one a section
    int64_t least, most;         // of the session, frames
    int64_t natural;           // where every section has its natural length without a step, frames
    bool is_short;             // below that: no section takes a step
    double *targets;           // working memory, one a section
    struct fit_section *ahead; // likewise
};

enum status fit_init(struct fit *fit, const struct choice *choice, struct error *error);

// Fit to `total_frames`, least..most: the sections' lengths sum to it exactly. A longer total has
// no earlier state in any section. The last section of a session that ends in sleep takes at least
// a third of the total.
void fit_solve(struct fit *fit, int64_t total_frames, struct fit_section *sections);

#endif
