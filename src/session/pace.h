// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the default voice speaks.
#ifndef LOOSEN_PACE_H
#define LOOSEN_PACE_H

#include "duration.h"
#include "utterances.h"

// A guess of a clip's length from its text, for checks without a voice: the measured pace of the
// default voice (frames).
int64_t pace_guess_clip(struct text spoken);

// The same of all, one for each, in `arena`; NULL: out of memory.
const int64_t *pace_guess_clips(struct arena *arena, const struct utterances *utterances);

#endif
