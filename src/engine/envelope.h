// SPDX-License-Identifier: GPL-3.0-or-later
// A control curve of raised-cosine pieces, constant between them: breath and pacing. Turning points
// lie at the exact frames.
#ifndef LOOSEN_ENVELOPE_H
#define LOOSEN_ENVELOPE_H

#include <stddef.h>
#include <stdint.h>

struct envelope_piece {
    int64_t start_frame;
    int64_t end_frame; // > start_frame, and at most the next piece's start
    double from, to;
};

struct envelope {
    struct envelope_piece *pieces; // borrowed; sorted
    size_t count;
    size_t at; // where the last look-up ended
};

// RT. The value at `frame`; cheap when frames are asked for in order. Without pieces 0.
double envelope_at(struct envelope *envelope, int64_t frame);

#endif
