// SPDX-License-Identifier: GPL-3.0-or-later
// Loudness by ITU-R BS.1770-4 / EBU R 128, through libebur128.
#ifndef LOOSEN_LOUDNESS_H
#define LOOSEN_LOUDNESS_H

#include "error.h"
#include <stddef.h>
#include <stdint.h>

// Integrated (gated) loudness in LUFS of interleaved float samples at 48 kHz; a mono signal counts
// as played on both channels (dual mono, +3 LU). Shorter than one 400 ms block: zeros are added.
// -HUGE_VAL for silence.
enum status loudness_measure(double *lufs, const float *samples, size_t frames, int channels,
                             struct error *error);

// The same at another sample rate in Hz; within 0.1 LU of measuring after conversion to 48 kHz.
enum status loudness_measure_at(double *lufs, const float *samples, size_t frames, int channels,
                                int rate, struct error *error);

#endif
