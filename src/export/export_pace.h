// SPDX-License-Identifier: GPL-3.0-or-later
// How fast an export gets on, and the one line that says so.
#ifndef LOOSEN_EXPORT_PACE_H
#define LOOSEN_EXPORT_PACE_H

#include "buffer.h"

// Begins zeroed.
struct export_pace {
    bool begun;
    int64_t begin_ms;     // of the clock, when the first work was seen
    int64_t begin_frames; // done then
};

struct export_estimate {
    bool known;          // long enough at work to say anything
    double speed;        // session seconds in a second
    double seconds_left; // above 0 while anything is left
};

// What can be said at `now_ms`, when `worked_frames` were done by work and `left_frames` are to
// come. What comes before the first work (the voice) is not extrapolated.
struct export_estimate export_pace_estimate(struct export_pace *pace, int64_t now_ms,
                                            int64_t worked_frames, int64_t left_frames);

struct export_pace_line {
    size_t files_done; // of a batch
    size_t files;      // 0: no batch
    int percent;
    struct export_estimate estimate;
};

// "1 of 3 files   42 %  81 x real time  0:12 left" in fewer than `columns`, so that the cursor does
// not get to the next line. What finds no room is left out: first the speed, then the time, then
// the files.
void export_pace_print(struct buffer *out, const struct export_pace_line *line, int columns);

#endif
