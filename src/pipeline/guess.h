// SPDX-License-Identifier: GPL-3.0-or-later
// A session's utterances with clips of guessed length: what a plan is made of before a voice has
// spoken.
#ifndef LOOSEN_GUESS_H
#define LOOSEN_GUESS_H

#include "error.h"
#include "utterances.h"

struct guess {
    struct arena arena;
    struct utterances utterances;
    const int64_t *clip_frames; // one for each utterance
};

// At `length` (frames). `filler`: with what the voice says while it keeps company. Call guess_free
// after STATUS_OK only.
enum status guess_build(struct guess *guess, const struct session *session, int64_t length,
                        bool filler, struct error *error);
void guess_free(struct guess *guess);

// The lengths that the session can fill, with such clips. Statuses are those of plan_range.
enum status guess_range(struct range *range, const struct session *session, struct error *error);

#endif
