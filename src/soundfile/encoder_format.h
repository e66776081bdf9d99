// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of audio files that loosen writes, and the rates that each can have.
#ifndef LOOSEN_ENCODER_FORMAT_H
#define LOOSEN_ENCODER_FORMAT_H

#include "error.h"
#include <stdbool.h>
#include <stdint.h>

enum encoder_format {
    ENCODER_WAV_16,
    ENCODER_WAV_24,
    ENCODER_WAV_FLOAT,
    ENCODER_FLAC_16,
    ENCODER_FLAC_24,
    ENCODER_VORBIS,
    ENCODER_OPUS,
    ENCODER_MP3,
    ENCODER_FORMATS // how many there are
};

// How the samples of a format are given to it: 16 bits, the upper 24 of 32 bits, or float.
enum encoder_sample { ENCODER_SAMPLE_16, ENCODER_SAMPLE_24, ENCODER_SAMPLE_FLOAT };

// The format that a file of this name has, by its extension in any case; "-" is WAV. `bits` is 16,
// 24, or 32 for float; formats that have no bits take only 16, the default. STATUS_BAD_ARGUMENT: no
// or another extension (the message lists all), or bits that it cannot have.
enum status encoder_format_from_path(enum encoder_format *format, const char *path, int bits,
                                     struct error *error);

// What people call it: "WAV", "Ogg Vorbis".
const char *encoder_format_name(enum encoder_format format);

// Whether the file holds something near to the samples rather than the samples themselves.
bool encoder_format_is_lossy(enum encoder_format format);

enum encoder_sample encoder_format_sample(enum encoder_format format);

// Bytes of a sample as it is given (not as it is in the file: that has 3 for 24 bits).
int encoder_format_sample_bytes(enum encoder_format format);

// STATUS_BAD_ARGUMENT when files of this format cannot have that rate in Hz; the message lists
// those that they can have.
enum status encoder_format_check_rate(enum encoder_format format, int rate, struct error *error);

// Time that reading a file back takes, in percent of what making it takes: for showing progress.
int encoder_format_check_percent(enum encoder_format format);

// Frames of a file at `rate` Hz that holds `frames` frames at 48 kHz: rounded to nearest, halves
// up, one at least.
int64_t encoder_format_frames(int64_t frames, int rate);

#endif
