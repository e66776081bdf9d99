// SPDX-License-Identifier: GPL-3.0-or-later
// Company for whoever breathes unled: where a breath is left to itself for longer than a voice
// should be silent, short lines of the language are said, so that nobody wonders whether anybody is
// there.
//
// The stretches come in order of time, and so does all that is heard. A silence in which a breath
// was left to itself is looked at when it is over, with the quiet around that breath; the lines
// part it evenly, as far as they can lie in the stretches.
#ifndef LOOSEN_FILLER_H
#define LOOSEN_FILLER_H

#include "timeline.h"

enum { FILLER_STRETCHES_MAX = 16 };

// A time in which lines may be said.
struct filler_stretch {
    int64_t start, end; // frames
    int section;
    enum side side;
    const void *block; // touch or movement that it lies in, whose edge no line crosses; or NULL
};

struct filler {
    const struct utterances *utterances;
    const int64_t *clip_frames;
    int64_t wait_frames;                                   // the longest silence
    int64_t heard;                                         // end of the last that was heard, frames
    size_t said;                                           // lines so far: they take turns
    struct filler_stretch stretches[FILLER_STRETCHES_MAX]; // since then
    size_t stretch_count;
    bool wanted; // by one of them
};

// The line of the script that all of them stand for.
extern const struct node filler_line;

// Note a breath that is left to itself, or a rest without lines of its own. `is_wanted`: this one
// is to be filled if it is too long; else it only may, beside one that is.
void filler_add(struct filler *filler, struct filler_stretch stretch, bool is_wanted);

// Say what the silence up to `start` needs, when something is heard from `start` to `end`: write
// its events, at most filler_most of them, and return their number.
size_t filler_fill(struct filler *filler, struct event *events, int64_t start, int64_t end);

// Lines that a session of this length can hold.
size_t filler_most(const struct utterances *utterances, int64_t total_frames);

#endif
