// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic of paced breathing: how many whole breaths a bout may have and how long each phase is.
//
// Patterns are written for 6 breaths a minute. The listener's rate scales their periods, never the
// ratio of in to out, and keeps them within 7.5 s and 13.33 s. A ramp starts at 6 s a breath,
// 40:60, and lengthens by 0.4 to 0.8 s a breath to the pace; a ramp with fewer breaths than that
// takes ends before the pace is reached.
#ifndef LOOSEN_BREATH_H
#define LOOSEN_BREATH_H

#include "timeline.h"

// Paced breathing without a free time of at least this length between counts as one bout.
#define BREATH_FREE_FRAMES ((int64_t)2 * 60 * FRAME_RATE)
#define BREATH_BOUT_MOST ((int64_t)10 * 60 * FRAME_RATE) // of one bout

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

// The same time as quiet, for natural breathing.
struct range breath_quiet(const struct node *breathe, double rate);

#endif
