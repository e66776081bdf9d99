// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit to one end of several that may be tried.
#ifndef LOOSEN_REFIT_H
#define LOOSEN_REFIT_H

#include "error.h"
#include "plan_refit_config.h"

struct refit_end {
    bool filler;     // lines of the language part what would be too long a silence
    int64_t earlier; // than the latest end that can be wished for, frames
    bool accepted;   // however it comes out
    // Found:
    int64_t room; // by which it can be earlier at most
    bool sooner;  // why it was refused: one that is earlier may do
};

// As plan_refit. On STATUS_OK the new plan takes the place of `timeline`, which is freed. In a
// session that ends in sleep nothing ends earlier but the words; the quiet behind them is longer.
enum status refit_to(struct timeline *timeline, const struct plan_refit_config *config,
                     struct refit_end *end, struct error *error);

#endif
