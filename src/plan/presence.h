// SPDX-License-Identifier: GPL-3.0-or-later
// Presence lines: short sparse lines in long rests, so that nobody waits too long for the voice.
#ifndef LOOSEN_PRESENCE_H
#define LOOSEN_PRESENCE_H

#include "fit.h"

// The longest time without voice or breath cue that a session of this length should have, frames.
int64_t presence_wait(int64_t total_frames);

// A rest has at least this much time for each silence around its lines, with their clips: the
// shortest wait of the table.
// Quiet around presence lines, where clips are long.
#define PRESENCE_SILENCE ((int64_t)6 * FRAME_RATE)

#define PRESENCE_SPACING ((int64_t)12 * FRAME_RATE)

// Decide how many lines each rest gets (box.presence). Call with
// the boxes at the ends of their chains.
enum status presence_choose(struct fit *fit, const struct utterances *utterances,
                            const int64_t *clip_frames, int64_t total_frames, struct error *error);

// The same for a re-fitted plan, whose boxes have their lengths already: each rest that is not over
// gets what it needs now, beside what was said in it.
void presence_refit(const struct outline *outline, const struct utterances *utterances,
                    const int64_t *clip_frames, int64_t total_frames);

// Where in a rest of `rest_frames` that holds `count` lines the next begins, after `clips_before`
// frames of the lines before it: all silences are alike.
int64_t presence_start(int64_t rest_frames, int64_t clips_frames, int count, int index,
                       int64_t clips_before);

#endif
