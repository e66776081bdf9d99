// SPDX-License-Identifier: GPL-3.0-or-later
// The level of the ambient bed over a session: as loud as wanted, but below every cap while it
// lasts, and nowhere steeper than slopes that may differ from place to place, up and down. It is
// the greatest such curve, so it falls as late before a cap as the slopes allow and is down in
// time.
//
// The session is cut at all ends of caps and slopes; within a segment target and slope are
// constant. One pass forward and one backward bound the level at each cut; between two cuts the
// level is the least of the target, the rise from the left and the fall to the right.
#ifndef LOOSEN_BED_GAIN_H
#define LOOSEN_BED_GAIN_H

#include "arena.h"
#include "error.h"
#include <stddef.h>
#include <stdint.h>

struct bed_gain_span {
    int64_t start_frame;
    int64_t end_frame;
    double value; // a cap in dB
};

struct bed_gain_slope {
    int64_t start_frame;
    int64_t end_frame;
    double rise_db, fall_db; // a second; 0: not in this direction
};

struct bed_gain_config {
    int64_t total_frames;
    double top_db;                    // where no cap holds
    double slope_db;                  // a second, where no slope is given
    const struct bed_gain_span *caps; // sorted by start; may overlap: the least counts
    size_t cap_count;
    const struct bed_gain_slope *slopes; // likewise, the least in each direction
    size_t slope_count;
};

struct bed_gain_segment {
    int64_t start_frame;
    double start_db; // the level here
    double target_db;
    double rise_db, fall_db; // a frame
};

struct bed_gain {
    struct bed_gain_segment *segments; // in the arena; one more than there are, for the last end
    size_t count;
    size_t at; // where the last look-up ended
};

// STATUS_NO_MEMORY.
enum status bed_gain_build(struct bed_gain *bed, struct arena *arena,
                           const struct bed_gain_config *config, struct error *error);

// RT. The level in dB at `frame`; cheap when frames are asked for in order.
double bed_gain_at(struct bed_gain *bed, int64_t frame);

#endif
