// SPDX-License-Identifier: GPL-3.0-or-later
// From the mix, 48 kHz stereo, to the frames that a file has: its rate, its channels, its length.
//
// Another rate goes through soxr's high-quality filter (flat to 0.91 of half the lower rate, below
// -120 dB beyond the mirror). Mono is the mean of both channels: never louder than the louder one;
// what is in the middle, as speech is, keeps its level.
#ifndef LOOSEN_OUTPUT_CONVERTER_H
#define LOOSEN_OUTPUT_CONVERTER_H

#include "error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OUTPUT_CONVERTER_BLOCK_FRAMES = 8192 };

// Where frames go, in blocks of OUTPUT_CONVERTER_BLOCK_FRAMES (the last one is shorter).
typedef enum status output_converter_take(void *context, const float *samples, size_t frames,
                                          struct error *error);

struct output_converter_config {
    int rate;             // Hz
    int channels;         // 1 or 2
    int64_t total_frames; // that will be written, at 48 kHz
    output_converter_take *take;
    void *context;
};

struct output_converter;

enum status output_converter_new(struct output_converter **converter,
                                 const struct output_converter_config *config, struct error *error);

// Frames that come out: encoder_format_frames(total_frames, rate).
int64_t output_converter_frames(const struct output_converter *converter);

// Stereo frames of the mix; non-finite samples become 0. How they are split into calls changes no
// bit. STATUS_BAD_ARGUMENT when there are more than announced, or what `take` says.
enum status output_converter_write(struct output_converter *converter, const float *stereo,
                                   size_t frames, struct error *error);

// All frames were written: the rest goes out. With another rate than 48 kHz the first and the last
// frame are 0. STATUS_BAD_ARGUMENT when frames are missing.
enum status output_converter_end(struct output_converter *converter, struct error *error);

void output_converter_free(struct output_converter *converter); // NULL is fine

#endif
