// SPDX-License-Identifier: GPL-3.0-or-later
// A stereo look-ahead limiter for true peaks, bit-transparent as long as it has nothing to do.
#ifndef LOOSEN_LIMITER_H
#define LOOSEN_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIMITER_DELAY_FRAMES = 480, // 10 ms at 48 kHz: the output is the input this much later
    LIMITER_BOX_FRAMES = 238,   // length of each of the two averages that round the gain's corners
    LIMITER_LINE_FRAMES = 1024, // a power of two, above the delay and the longest run
};

// 1.8 dB below full scale. What it finds between the samples it underestimates by at most 0.2 dB
// below 12 kHz, so that the true peak stays under -1.5 dBTP.
#define LIMITER_CEILING 0.81283052f

// Gains are whole numbers, LIMITER_UNITY is 1: sums of them are exact, so the gain returns to
// exactly 1.
#define LIMITER_UNITY ((int32_t)1 << 30)

struct limiter {
    float line[2 * LIMITER_LINE_FRAMES]; // the last inputs, interleaved
    uint32_t line_at;                    // frame of `line` that is written next
    int32_t gain;                        // what the peaks allow, before averaging
    int32_t hold_frames;                 // until `gain` may rise again
    int32_t loud_frames;                 // for which a peak between samples is possible
    int32_t busy_frames;                 // until the averages hold nothing but unity
    uint32_t box_at;
    int32_t first[LIMITER_BOX_FRAMES];  // the last values of `gain`
    int64_t second[LIMITER_BOX_FRAMES]; // the last sums of `first`
    int64_t first_sum;
    int64_t second_sum;
};

void limiter_init(struct limiter *limiter);

// RT. Limit `frames` interleaved stereo frames in place; finite input below 10^6 is required. Both
// channels get the same gain. True when any gain was below 1. Block sizes make no difference.
bool limiter_process(struct limiter *limiter, float *stereo, size_t frames);

#endif
