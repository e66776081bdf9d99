// SPDX-License-Identifier: GPL-3.0-or-later
// Timelines for tests, put together by hand: time goes forward with every call.
#ifndef LOOSEN_SCORE_H
#define LOOSEN_SCORE_H

#include "clip.h"
#include "timeline.h"

enum {
    SCORE_EVENTS_MAX = 4000,
    SCORE_LINE = 0, // utterances: a line of 2 s, and a word of 0.5 s
    SCORE_WORD = 1,
};

struct score {
    struct timeline timeline;
    struct event events[SCORE_EVENTS_MAX];
    struct clip clips[2];
    struct clip_bank bank;
    int64_t now; // frames
    int bouts;
    float position; // of the breath
};

// An empty score at the end of the lead, with clips of 200 Hz at about -18 LUFS.
void score_init(struct score *score);
void score_deinit(struct score *score);

void score_wait(struct score *score, double seconds);
void score_say(struct score *score, int utterance);
void score_chime(struct score *score, double seconds);

// `count` breaths of so many seconds in and out; the first two have words when `words` is set.
// Bouts begin with score_bout.
void score_bout(struct score *score);
void score_breathe(struct score *score, int count, double in_s, double out_s, bool words);

// `count` breaths that accompany a touch; a line begins half a second into every `every`-th, 0:
// into none.
void score_accompany(struct score *score, int count, double in_s, double out_s, int every);

// In twice, a hold, and out.
void score_sigh(struct score *score);

// The tail; the timeline is whole.
void score_end(struct score *score, double tail_s);

// Something like a session, different for every seed: lines, pauses, bouts with ramps and words.
void score_random(struct score *score, uint64_t seed);

#endif
