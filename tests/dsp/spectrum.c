// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrum.h"

#include <math.h>

#define TWO_PI 6.28318530717958647692
#define RATE 48000.0

enum { SEGMENT = 8192 };

// Power of one segment at one frequency, by Goertzel's recursion over the windowed samples.
static double power_at(const float *samples, size_t stride, double hz)
{
    double turn = TWO_PI * hz / RATE;
    double coefficient = 2 * cos(turn), s1 = 0, s2 = 0;
    for (size_t i = 0; i < SEGMENT; i++) {
        double window = 0.5 - 0.5 * cos(TWO_PI * (double)i / SEGMENT);
        double s = (double)samples[i * stride] * window + coefficient * s1 - s2;
        s2 = s1;
        s1 = s;
    }
    return s1 * s1 + s2 * s2 - coefficient * s1 * s2;
}

double spectrum_density_db(const float *samples, size_t frames, size_t stride, double hz)
{
    double power = 0;
    int count = 0;
    for (size_t at = 0; at + SEGMENT <= frames; at += SEGMENT)
        for (double f = hz / 1.1; f <= hz * 1.1; f += fmax(RATE / SEGMENT, hz / 20), count++)
            power += power_at(samples + at * stride, stride, f);
    return 10 * log10(power / count);
}

double spectrum_tone_db(const float *samples, size_t frames, size_t stride, double hz)
{
    double real = 0, imaginary = 0;
    for (size_t i = 0; i < frames; i++) {
        double x =
            (double)samples[i * stride] * (0.5 - 0.5 * cos(TWO_PI * (double)i / (double)frames));
        double turn = TWO_PI * fmod(hz * (double)i, RATE) / RATE;
        real += x * cos(turn);
        imaginary += x * sin(turn);
    }
    return 20 * log10(hypot(real, imaginary) / ((double)frames / 4));
}

double spectrum_rms_db(const float *samples, size_t frames, size_t stride)
{
    double sum = 0;
    for (size_t i = 0; i < frames; i++)
        sum += (double)samples[i * stride] * (double)samples[i * stride];
    return 10 * log10(sum / (double)frames);
}

double spectrum_mean(const float *samples, size_t frames, size_t stride)
{
    double sum = 0;
    for (size_t i = 0; i < frames; i++)
        sum += (double)samples[i * stride];
    return sum / (double)frames;
}

double spectrum_correlation(const float *a, const float *b, size_t frames, size_t stride)
{
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < frames * stride; i += stride) {
        ab += (double)a[i] * (double)b[i];
        aa += (double)a[i] * (double)a[i];
        bb += (double)b[i] * (double)b[i];
    }
    return ab / sqrt(aa * bb);
}
