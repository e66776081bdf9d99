// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a plan under way, for a first plan and for a re-fit:
// session -> outline (boxes and choices) -> chains of states -> fit (state and length of every
// section) -> glue (length of every box) -> layout (events).
#ifndef LOOSEN_PLANNER_H
#define LOOSEN_PLANNER_H

#include "fit.h"
#include "layout.h"
#include "plan_config.h"

struct planner {
    struct arena arena; // of everything here
    const struct utterances *utterances;
    const int64_t *clip_frames;
    struct outline outline;
    struct choice choice;
    struct fit fit;
};

// The outline. The planner begins as zeros with utterances and clip_frames set; free it with
// arena_free(&planner->arena) from any state.
enum status planner_open(struct planner *planner, const struct session *session,
                         const struct plan_config *config, struct error *error);

// Chains and fit, from the outline as it is.
enum status planner_choose(struct planner *planner, struct error *error);

// The lengths that it can be fitted to.
struct range planner_range(const struct planner *planner);

// Fill the timeline at a length within the range. With `resume` it is a re-fit.
enum status planner_lay_out(struct planner *planner, struct timeline *timeline,
                            int64_t total_frames, const struct resume *resume, struct error *error);

#endif
