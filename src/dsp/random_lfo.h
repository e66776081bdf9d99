// SPDX-License-Identifier: GPL-3.0-or-later
// A slow smooth curve in 0 .. 1 without a period: raised-cosine pieces between turning points,
// their lengths drawn at random. It swings between 0 and 1 (a swell) or visits random heights (a
// drift).
#ifndef LOOSEN_RANDOM_LFO_H
#define LOOSEN_RANDOM_LFO_H

#include <stdbool.h>
#include <stdint.h>

struct random_lfo {
    uint64_t seed;
    int64_t least_frames; // of one piece
    int64_t most_frames;
    bool swings;         // 0, 1, 0, 1 ...; else random heights
    uint64_t piece;      // the present one
    int64_t start_frame; // of the present piece
    int64_t frames;      // of the present piece
    double from, to;     // heights at its ends
};

// Starts somewhere in a piece at frame 0; 0 < least <= most.
void random_lfo_init(struct random_lfo *lfo, uint64_t seed, int64_t least_frames,
                     int64_t most_frames, bool swings);

// RT. The value at `frame`, which must not go backwards.
double random_lfo_at(struct random_lfo *lfo, int64_t frame);

#endif
