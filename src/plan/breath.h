// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic of paced breathing: how many whole breaths a bout may have and how long each phase is.
//
// Patterns are written for 6 breaths a minute. The listener's rate scales their periods, never the
// ratio of in to out, and keeps them within 7.5 s and 13.33 s. A ramp starts at 6 s a breath,
// 40:60, and lengthens by 0.4 to 0.8 s a breath to the pace; a ramp with fewer breaths than that
// takes ends before the pace is reached.
#ifndef LOOSEN_BREATH_H
#define LOOSEN_BREATH_H

#include "session_limits.h"
#include "timeline.h"

// Paced breathing without a free time of at least this length between counts as one bout.
#define BREATH_FREE_FRAMES SESSION_FREE_LEAST
#define BREATH_CONTACT_MOST SESSION_SPOT_MOST     // of one touch, pressing one place
#define BREATH_SHORTEST ((int64_t)6 * FRAME_RATE) // of one breath: where a ramp begins
#define BREATH_BOUT_MOST SESSION_BOUT_MOST        // of one bout

struct breath_count {
    int least;
    int most; // >= least
};

// How many breaths this @breathe may have at `rate` breaths a minute.
struct breath_count breath_count(const struct node *breathe, double rate);

// The breaths after which a ramp has reached the pace; 0 for other patterns.
int breath_ramp_enough(const struct node *breathe, double rate);

// Length of `breaths` breaths, frames.
int64_t breath_bout(const struct node *breathe, double rate, int breaths);

// Length of breath `cycle` (0-based) of a bout of `breaths`, frames.
int64_t breath_period(const struct node *breathe, double rate, int cycle, int breaths);

// The listener's pace: length of one breath at 4-6, frames.
int64_t breath_pace(double rate);

// The breaths that a touch or a movement (NODE_CONTACT, NODE_MOVE) may last at the pace. Where no
// whole number of them lies within the time that is written, there is one count, and the time
// bounds it.
struct breath_count breath_touch_count(const struct node *timed, double rate);

// How long a touch of that many breaths lasts, frames: within what is written.
int64_t breath_touch(const struct node *timed, double rate, int breaths);

enum { BREATH_STROKES_MAX = 3 };

struct breath_stroke {
    enum breath_phase phase;
    int64_t frames;
    float from, to; // swell at its start and end, 0 trough .. 1 crest
};

// The phases of one breath of `period` frames, in order; they sum to the period and the last is
// out.
int breath_strokes(struct breath_stroke strokes[BREATH_STROKES_MAX], const struct node *breathe,
                   int64_t period);

// The phases of one breath of `period` frames that accompanies: in and out as in 4-6. Returns their
// number.
int breath_accompany(struct breath_stroke strokes[BREATH_STROKES_MAX], int64_t period);

// The same time as quiet, for natural breathing.
struct range breath_quiet(const struct node *breathe, double rate);

#endif
