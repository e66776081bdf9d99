// Whether a sound that was coded with losses and decoded again is still the same sound.
//
// Of what was given a small picture is kept (7 MB an hour of stereo): of each block and channel the
// level, the highest sample, and the waveform below about 375 Hz as one value of 8 bits for 4/3 ms. Speech and every
// scene have energy there, and codecs keep its waveform. What is decoded must have the same level
// and the same waveform, block by block within what codecs do, and over seconds more closely.
#ifndef LOOSEN_LIKENESS_H
#define LOOSEN_LIKENESS_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct likeness;

struct likeness_config {
    int rate;     // Hz
    int channels; // 1 or 2
    int64_t frames;
};

// What was found, worst of all blocks: for the message, and for tests to know the margins.
struct likeness_verdict {
    bool same;
    int64_t frame;   // of the first block that is not
    double above_db; // by how much a block was louder than the picture, at most
    double below_db; // softer
    double peak_db;  // by how much its highest sample was higher
    double error_db; // of a block's waveform, against its level
    double drift_db; // the same over a longer stretch
};

// STATUS_NO_MEMORY or STATUS_OK.
enum status likeness_new(struct likeness **likeness, const struct likeness_config *config,
                         struct error *error);
void likeness_free(struct likeness *likeness); // NULL is fine

// The next frames of what is given to the encoder, then of what is decoded. They may come in any pieces.
void likeness_note(struct likeness *likeness, const float *samples, size_t frames);
void likeness_compare(struct likeness *likeness, const float *samples, size_t frames);

// After all frames were noted and compared.
struct likeness_verdict likeness_judge(struct likeness *likeness);

#endif
