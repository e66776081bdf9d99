// SPDX-License-Identifier: GPL-3.0-or-later
// From float samples to what a file holds: sanitised, dithered where 16 bits are few, and the same
// bits on every machine.
#ifndef LOOSEN_QUANTISER_H
#define LOOSEN_QUANTISER_H

#include <stddef.h>
#include <stdint.h>

enum { QUANTISER_BLOCK = 512 }; // samples

// The value that is kept of a sample: 0 for NaN and infinity, else clamped to less than +-1
// (by one LSB, and by two where there is dither, which thus never clips).
//
// 16 bits: TPDF dither of +-1 LSB (Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither",
// JAES 1992), one independent value a sample, a function of seed and sample number; first_sample is
// a multiple of QUANTISER_BLOCK. Samples below 2^-30 are 0 and stay 0, so that silence is
// silent and a file begins and ends at 0.
void quantiser_to_16(int16_t *out, const float *samples, size_t count, uint64_t seed,
                     int64_t first_sample);

// 24 bits in the upper bytes of 32, as libsndfile wants them; rounded to nearest.
void quantiser_to_24(int32_t *out, const float *samples, size_t count);

void quantiser_to_float(float *out, const float *samples, size_t count);

// Only NaN and infinity become 0: for what is mixed further and may be beyond +-1.
void quantiser_to_float_unclamped(float *out, const float *samples, size_t count);

#endif
