// SPDX-License-Identifier: GPL-3.0-or-later
// The filter designs of the Audio EQ Cookbook, and the loops that run them.
#include "biquad.h"

#include "curve.h"
#include "duration.h"
#include <math.h>

// The cookbook's intermediate values.
struct angle {
    double cosine; // of w0
    double alpha;  // sin(w0) / 2Q
};

static struct angle angle_from(double hz, double q)
{
    double turns = hz / FRAME_RATE;
    return (struct angle){curve_sine(turns + 0.25), curve_sine(turns) / (2 * q)};
}

static void set(struct biquad *biquad, const double b[3], const double a[3])
{
    *biquad = (struct biquad){.b0 = b[0] / a[0],
                              .b1 = b[1] / a[0],
                              .b2 = b[2] / a[0],
                              .a1 = a[1] / a[0],
                              .a2 = a[2] / a[0]};
}

void biquad_lowpass(struct biquad *biquad, double hz, double q)
{
    struct angle w = angle_from(hz, q);
    double edge = 1 - w.cosine;
    set(biquad, (double[]){edge / 2, edge, edge / 2},
        (double[]){1 + w.alpha, -2 * w.cosine, 1 - w.alpha});
}

void biquad_highpass(struct biquad *biquad, double hz, double q)
{
    struct angle w = angle_from(hz, q);
    double edge = 1 + w.cosine;
    set(biquad, (double[]){edge / 2, -edge, edge / 2},
        (double[]){1 + w.alpha, -2 * w.cosine, 1 - w.alpha});
}

void biquad_bandpass(struct biquad *biquad, double hz, double q)
{
    struct angle w = angle_from(hz, q);
    set(biquad, (double[]){w.alpha, 0, -w.alpha},
        (double[]){1 + w.alpha, -2 * w.cosine, 1 - w.alpha});
}

void biquad_allpass(struct biquad *biquad, double hz, double q)
{
    struct angle w = angle_from(hz, q);
    set(biquad, (double[]){1 - w.alpha, -2 * w.cosine, 1 + w.alpha},
        (double[]){1 + w.alpha, -2 * w.cosine, 1 - w.alpha});
}

void biquad_peak(struct biquad *biquad, double hz, double q, double db)
{
    struct angle w = angle_from(hz, q);
    double a = curve_gain(db / 2);
    set(biquad, (double[]){1 + w.alpha * a, -2 * w.cosine, 1 - w.alpha * a},
        (double[]){1 + w.alpha / a, -2 * w.cosine, 1 - w.alpha / a});
}

// Both shelves are one formula: the high shelf is the low one with the sign of cos(w0) turned.
static void shelf(struct biquad *biquad, double hz, double db, double sign)
{
    struct angle w = angle_from(hz, sqrt(0.5)); // S = 1
    double a = curve_gain(db / 2);
    double c = sign * w.cosine;
    double root = 2 * sqrt(a) * w.alpha;
    set(biquad,
        (double[]){a * (a + 1 - (a - 1) * c + root), sign * 2 * a * (a - 1 - (a + 1) * c),
                   a * (a + 1 - (a - 1) * c - root)},
        (double[]){a + 1 + (a - 1) * c + root, sign * -2 * (a - 1 + (a + 1) * c),
                   a + 1 + (a - 1) * c - root});
}

void biquad_low_shelf(struct biquad *biquad, double hz, double db)
{
    shelf(biquad, hz, db, 1);
}

void biquad_high_shelf(struct biquad *biquad, double hz, double db)
{
    shelf(biquad, hz, db, -1);
}

void biquad_reset(struct biquad *biquad)
{
    for (int c = 0; c < 2; c++)
        biquad->s1[c] = biquad->s2[c] = 0;
}

void biquad_process(struct biquad *biquad, float *samples, size_t frames)
{
    const struct biquad f = *biquad;
    double s1 = f.s1[0], s2 = f.s2[0];
    for (size_t i = 0; i < frames; i++) {
        double x = (double)samples[i];
        double y = f.b0 * x + s1;
        s1 = f.b1 * x - f.a1 * y + s2;
        s2 = f.b2 * x - f.a2 * y;
        samples[i] = (float)y;
    }
    biquad->s1[0] = s1;
    biquad->s2[0] = s2;
}

void biquad_process_stereo(struct biquad *biquad, float *stereo, size_t frames)
{
    struct biquad f = *biquad;
    for (size_t i = 0; i < frames; i++) {
        for (size_t c = 0; c < 2; c++) {
            double x = (double)stereo[2 * i + c];
            double y = f.b0 * x + f.s1[c];
            f.s1[c] = f.b1 * x - f.a1 * y + f.s2[c];
            f.s2[c] = f.b2 * x - f.a2 * y;
            stereo[2 * i + c] = (float)y;
        }
    }
    *biquad = f;
}

double biquad_response(const struct biquad *biquad, double hz)
{
    double c1 = curve_sine(hz / FRAME_RATE + 0.25), s1 = curve_sine(hz / FRAME_RATE);
    double c2 = curve_sine(2 * hz / FRAME_RATE + 0.25), s2 = curve_sine(2 * hz / FRAME_RATE);
    double top =
        hypot(biquad->b0 + biquad->b1 * c1 + biquad->b2 * c2, biquad->b1 * s1 + biquad->b2 * s2);
    double bottom = hypot(1 + biquad->a1 * c1 + biquad->a2 * c2, biquad->a1 * s1 + biquad->a2 * s2);
    return top / bottom;
}
