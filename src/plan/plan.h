// SPDX-License-Identifier: GPL-3.0-or-later
// The planner: one script, any length, exact to the frame. Pure: no I/O, no clock, no voice.
#ifndef LOOSEN_PLAN_H
#define LOOSEN_PLAN_H

#include "error.h"
#include "plan_config.h"
#include "timeline.h"

struct utterances;

// Fit `session` to config->total_frames. clip_frames[u] is the length of utterance u's clip.
// STATUS_OK: *timeline is filled, free it with timeline_free; it borrows the session. With the same
// clips a longer session says and breathes at least what a shorter one does. STATUS_BAD_ARGUMENT:
// the length cannot be filled exactly (the error names the shortest and longest that can), or the
// rate is out of its bounds. STATUS_BAD_INPUT, with line and column: what must be said in a timed
// block is longer than the block may be with this voice; the quiet of a session that ends in sleep
// cannot be half as long as what comes before; or there are too many events. STATUS_NO_MEMORY.
// Presence lines are placed in rests, also in those of blocks.
enum status plan_build(struct timeline *timeline, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error);

// The true range that these clips allow, at this pace (total_frames is not read).
enum status plan_range(struct range *range, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error);

#endif
