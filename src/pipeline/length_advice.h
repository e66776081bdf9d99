// SPDX-License-Identifier: GPL-3.0-or-later
// What the writer of a session can do when it cannot have the length that was asked for.
#ifndef LOOSEN_LENGTH_ADVICE_H
#define LOOSEN_LENGTH_ADVICE_H

#include "error.h"
#include "plan_config.h"
#include "utterances.h"

struct length_advice {
    const struct session *session;
    const struct utterances *utterances;
    const int64_t *clip_frames; // of each utterance, spoken or guessed
    struct plan_config config;  // total_frames: what was asked for
};

// Add to a sentence: "; its shortest is 13:11, with 11:05 of speech: mark lines with + ...".
// Nothing is added when the session cannot be planned at any length. STATUS_NO_MEMORY.
enum status length_advice_add(struct buffer *out, const struct length_advice *advice,
                              struct error *error);

#endif
