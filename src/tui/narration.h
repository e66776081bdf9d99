// SPDX-License-Identifier: GPL-3.0-or-later
// The plain view of a playing session: one line for each thing that begins, made from the timeline.
#ifndef LOOSEN_NARRATION_H
#define LOOSEN_NARRATION_H

#include "timeline.h"

struct utterances;

struct narration {
    size_t next_event; // first event not yet told
};

// Append a line for every section, spoken line and breath bout, and the first touch after a bout
// that the breath accompanies, that begins up to `frame` (inclusive) and was not told before: "0:27
// Breath", "0:31    As the wave rises, ...". Text is made visible.
void narration_tell(struct narration *narration, const struct timeline *timeline,
                    const struct utterances *utterances, int64_t frame, struct buffer *out);

// Append the time that a line begins with: "   0:31  ".
void narration_add_clock(struct buffer *out, int64_t frame);

// Append the safety notices that `session` will speak, one indented line each, as they will be
// spoken: who reads along knows them before the first word. Nothing when the session has none.
void narration_notice(const struct session *session, const struct utterances *utterances,
                      struct buffer *out);

#endif
