// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a sound that was coded with losses and decoded again is still the same sound.
//
// Of what was given a small picture is kept (7 MB an hour of stereo): of each block and channel the
// level, the highest sample, and the waveform below about 375 Hz as one value of 8 bits for 4/3 ms.
// Speech and every scene have energy there, and codecs keep its waveform. What is decoded must have
// the same level and the same waveform, block by block within what codecs do, and over seconds more
// closely.
#ifndef LOOSEN_LOSSY_CHECK_H
#define LOOSEN_LOSSY_CHECK_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lossy_check;

struct lossy_check_config {
    int rate;     // Hz
    int channels; // 1 or 2
    int64_t frames;
};

// What was found, worst of all blocks: for the message, and for tests to know the margins.
struct lossy_check_verdict {
    bool same;
    int64_t frame;   // of the first block that is not
    double above_db; // by how much a block was louder than the picture, at most
    double below_db; // softer
    double peak_db;  // by how much its highest sample was higher
    double error_db; // of a block's waveform, against its level
    double drift_db; // the same over a longer stretch
};

// STATUS_NO_MEMORY or STATUS_OK.
enum status lossy_check_new(struct lossy_check **check, const struct lossy_check_config *config,
                            struct error *error);
void lossy_check_free(struct lossy_check *check); // NULL is fine

// The next frames of what is given to the encoder, then of what is decoded. They may come in any
// pieces.
void lossy_check_note(struct lossy_check *check, const float *samples, size_t frames);
void lossy_check_compare(struct lossy_check *check, const float *samples, size_t frames);

// After all frames were noted and compared.
struct lossy_check_verdict lossy_check_judge(struct lossy_check *check);

#endif
