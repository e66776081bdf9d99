// SPDX-License-Identifier: GPL-3.0-or-later
// A recording of the user's own as a sound without end: freed of DC and rumble, cut to where it
// sounds, joined to itself (loop.h), made steady (leveller.h). Immutable once made: the sample at
// any position is a pure function of the frame.
#ifndef LOOSEN_RECORDING_H
#define LOOSEN_RECORDING_H

#include "duration.h"
#include "error.h"
#include "leveller.h"
#include <stddef.h>
#include <stdint.h>

#define RECORDING_LEAST ((int64_t)6 * FRAME_RATE) // of sound
#define RECORDING_FADE_LEAST (FRAME_RATE / 2)     // of the cross-fade
#define RECORDING_FADE_MOST ((int64_t)10 * FRAME_RATE)
#define RECORDING_FADE_DEFAULT ((int64_t)2 * FRAME_RATE)

struct recording {
    int64_t frames;   // of the loop
    float scale;      // brings `samples` to -20 dBFS RMS
    int16_t *samples; // stereo, interleaved; owned
};

// What was done to it, for authors.
struct recording_report {
    int64_t fade_frames;           // of the joint: as asked for, or a quarter of a short recording
    int64_t joint_frame;           // of the loop, where the joint's fade begins
    double correlation;            // of what was joined, 0 .. 1
    struct leveller_report sudden; // its frame is one of the recording as it was given
};

// Make one of `frames` stereo frames at 48 kHz, which are overwritten: memory for as many 16-bit
// samples is all that is taken. `fade_frames` in RECORDING_FADE_LEAST .. RECORDING_FADE_MOST.
// STATUS_BAD_INPUT: silent, or too short; the text does not name the file.
enum status recording_new(struct recording **recording, float *stereo, size_t frames,
                          int64_t fade_frames, struct recording_report *report,
                          struct error *error);
void recording_free(struct recording *recording);

// RT. Write `count` stereo frames from `frame` on, round the loop, at -20 dBFS RMS.
void recording_render(const struct recording *recording, int64_t frame, size_t count,
                      float *stereo);

#endif
