// SPDX-License-Identifier: GPL-3.0-or-later
// Measuring with sines and periodograms, for tests.
#ifndef LOOSEN_SPECTRUM_H
#define LOOSEN_SPECTRUM_H

#include <stddef.h>

// Mean power density around `hz` in dB (arbitrary zero): Hann-windowed segments of 8192 frames of
// one channel, averaged over the frequencies within a third of an octave. `stride` floats a frame.
double spectrum_density_db(const float *samples, size_t frames, size_t stride, double hz);

// Power of a steady tone at exactly `hz` in dB of a full-scale sine: one Hann window over all
// frames.
double spectrum_tone_db(const float *samples, size_t frames, size_t stride, double hz);

// RMS of one channel in dB of full scale.
double spectrum_rms_db(const float *samples, size_t frames, size_t stride);

// Mean of one channel.
double spectrum_mean(const float *samples, size_t frames, size_t stride);

// Correlation coefficient of a[i] and b[i].
double spectrum_correlation(const float *a, const float *b, size_t frames, size_t stride);

#endif
