// SPDX-License-Identifier: GPL-3.0-or-later
// A second-order filter section: designs of Robert Bristow-Johnson's "Audio EQ Cookbook", run in
// transposed direct form II. Coefficients and state are double, so that corners of a few tens of
// hertz cost no precision.
#ifndef LOOSEN_BIQUAD_H
#define LOOSEN_BIQUAD_H

#include <stddef.h>

struct biquad {
    double b0, b1, b2; // numerator, divided by a0
    double a1, a2;     // denominator, divided by a0
    double s1[2];      // state, left and right
    double s2[2];
};

// Set coefficients and clear the state. Corners in Hz at 48 kHz, above 0 and below 24 kHz; q > 0.
void biquad_lowpass(struct biquad *biquad, double hz, double q);
void biquad_highpass(struct biquad *biquad, double hz, double q);
void biquad_bandpass(struct biquad *biquad, double hz, double q); // 0 dB at the centre
void biquad_allpass(struct biquad *biquad, double hz, double q);
void biquad_peak(struct biquad *biquad, double hz, double q, double db);
void biquad_low_shelf(struct biquad *biquad, double hz, double db);  // slope S = 1
void biquad_high_shelf(struct biquad *biquad, double hz, double db); // slope S = 1

// Forget the past.
void biquad_reset(struct biquad *biquad);

// RT. Filter in place: one channel (state 0), or interleaved left and right in one loop, which
// hides the recursion's latency.
void biquad_process(struct biquad *biquad, float *samples, size_t frames);
void biquad_process_stereo(struct biquad *biquad, float *stereo, size_t frames);

// |H| at `hz`, as a factor.
double biquad_response(const struct biquad *biquad, double hz);

#endif
