// SPDX-License-Identifier: GPL-3.0-or-later
// A session that is ended early: what was begun is said to its end, then come a few words, and
// nothing more is asked of the listener.
#ifndef LOOSEN_CLOSING_LINES_H
#define LOOSEN_CLOSING_LINES_H

#include "error.h"
#include "timeline.h"

#define CLOSING_LINES_GAP_FRAMES ((int64_t)FRAME_RATE) // of quiet before the words

enum { CLOSING_LINES_FADE_MS = 8000 }; // of a session that is ended gently, behind the words

struct closing_lines_config {
    int64_t from_frame;  // what begins here or later is left out
    int64_t clip_frames; // length of the words
    int64_t fade_frames; // needed behind them
    int utterance;       // the words
};

// Fill `closed` with `timeline` up to from_frame and the words; of the same length, so that whoever
// plays it ends it. `last_frame` is where the words end. STATUS_NOT_FOUND when the session is over
// before that would be, STATUS_NO_MEMORY. Free with timeline_free; `timeline` must outlive it.
enum status closing_lines_build(struct timeline *closed, int64_t *last_frame,
                                const struct timeline *timeline,
                                const struct closing_lines_config *config, struct error *error);

// What is shown where nobody hears the voice: nothing goes on at from_frame, and the words follow
// soon. Not to be played; the words may be longer than the session. STATUS_NO_MEMORY. Free as
// above.
enum status closing_lines_build_unspoken(struct timeline *closed, const struct timeline *timeline,
                                         const struct closing_lines_config *config,
                                         struct error *error);

#endif
