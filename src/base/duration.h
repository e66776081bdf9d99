// SPDX-License-Identifier: GPL-3.0-or-later
// Time is int64_t frames at 48 kHz everywhere; this reads and prints it, without locale.
#ifndef LOOSEN_DURATION_H
#define LOOSEN_DURATION_H

#include "buffer.h"

enum {
    FRAME_RATE = 48000, // frames a second, everywhere inside loosen
    FRAMES_PER_MS = 48, // exact, so that every duration of a script is a whole frame count
};

#define DURATION_MAX ((int64_t)24 * 3600 * FRAME_RATE) // 24 h: no time in loosen is longer

static inline int64_t frames_from_ms(int64_t ms)
{
    return ms * FRAMES_PER_MS;
}

// To the nearest millisecond.
static inline int64_t ms_from_frames(int64_t frames)
{
    return (frames + FRAMES_PER_MS / 2) / FRAMES_PER_MS;
}

static inline double seconds_from_frames(int64_t frames)
{
    return (double)frames / FRAME_RATE;
}

// A script's duration: one or more of Nh, Nm, Ns, Nms in that order ("1.5s", "40s", "1m30s",
// "1h15m"), 0 to 24 h, as frames. A unit is required.
bool duration_parse(struct text view, int64_t *frames);

// A length on the command line: a script's duration, bare minutes ("12"), or a clock ("7:30",
// "1:05:00"). As frames.
bool duration_parse_length(struct text view, int64_t *frames);

// "7:30", "1:05:00": whole seconds, rounded down.
void duration_print_clock(struct buffer *out, int64_t frames);

// What is left of total_frames at `frame`, 0 at least, as a clock: the one that together with the
// clock of `frame` gives that of the total, wherever the two are read.
void duration_print_left(struct buffer *out, int64_t frame, int64_t total_frames);

// The shortest script form that reads back exactly: "1.5s", "1m30s", "10m", "1h". Frames that are
// not whole milliseconds are rounded to the nearest one.
void duration_print(struct buffer *out, int64_t frames);

#endif
