// SPDX-License-Identifier: GPL-3.0-or-later
// Sample-rate conversion through libsoxr.
#ifndef LOOSEN_RESAMPLER_H
#define LOOSEN_RESAMPLER_H

#include "error.h"
#include <stddef.h>

struct resampler; // designed for one rate, used for many clips

// From `rate` Hz to 48 kHz, high quality (soxr HQ).
enum status resampler_new(struct resampler **resampler, int rate, struct error *error);
void resampler_free(struct resampler *resampler); // NULL is fine

// What `count` samples at `rate` Hz become: count * 48000 / rate, rounded up.
size_t resampler_frames(size_t count, int rate);

// Convert `count` mono samples. *out is malloc'ed, owned by the caller; *out_count is
// resampler_frames, and the delay is compensated. The result depends on nothing that was converted
// before.
enum status resampler_convert(struct resampler *resampler, float **out, size_t *out_count,
                              const float *samples, size_t count, struct error *error);

// For one stream of interleaved stereo frames, from one rate in Hz to another.
enum status resampler_new_stereo(struct resampler **resampler, int from, int to,
                                 struct error *error);

struct resampler_block {
    const float *in; // stereo
    size_t frames;   // 0: the end of the stream
    float *out;      // stereo
    size_t capacity; // frames
};

// Take in up to block->frames frames (*used) of the stream and give out up to block->capacity
// (*made). After the end, to be called until nothing is made. STATUS_NO_MEMORY.
enum status resampler_stream(struct resampler *resampler, const struct resampler_block *block,
                             size_t *used, size_t *made, struct error *error);

// Name and version: "libsoxr-0.1.3".
const char *resampler_library(void);

#endif
