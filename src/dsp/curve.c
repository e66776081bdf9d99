// SPDX-License-Identifier: GPL-3.0-or-later
// Polynomials stand in for exp2, log2 and sine; their errors are in the header.
#include "curve.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LN_2 0.69314718055994530942
#define LOG2_10 3.32192809488736234787

// The nearest whole number, for |x| < 2^31 - 1; no call of floor, which costs as much as the rest.
static int nearest(double x)
{
    return (int)(x < 0 ? x - 0.5 : x + 0.5);
}

// Taylor around the middle of each octave: |t| <= ln(2)/2, the first term left out is 7e-12. Even
// and odd powers apart are two short sums side by side instead of a long one.
double curve_exp2(double x)
{
    int octave = nearest(x);
    double t = (x - octave) * LN_2;
    double square = t * t;
    double even = 1.0 / 40320, odd = 1.0 / 362880;
    even = even * square + 1.0 / 720;
    odd = odd * square + 1.0 / 5040;
    even = even * square + 1.0 / 24;
    odd = odd * square + 1.0 / 120;
    even = even * square + 1.0 / 2;
    odd = odd * square + 1.0 / 6;
    even = even * square + 1.0;
    odd = odd * square + 1.0;
    uint64_t bits = (uint64_t)(octave + 1023) << 52; // 2^octave in IEEE 754
    double power;
    memcpy(&power, &bits, sizeof power);
    return (even + odd * t) * power;
}

// 2 artanh((m - 1) / (m + 1)) for the mantissa m in sqrt(1/2) .. sqrt(2): the ratio is below 0.172,
// the first term left out below 1e-12.
double curve_log2(double x)
{
    int octave;
    double mantissa = frexp(x, &octave);
    if (mantissa < 0.70710678118654752) {
        mantissa *= 2;
        octave--;
    }
    double ratio = (mantissa - 1) / (mantissa + 1);
    double square = ratio * ratio;
    double sum = 0;
    for (int k = 13; k > 0; k -= 2)
        sum = sum * square + 1.0 / k;
    return octave + 2 * ratio * sum / LN_2;
}

double curve_gain(double db)
{
    return curve_exp2(db * (LOG2_10 / 20));
}

// Taylor within a quarter turn: |t| <= pi/2, the first term left out is 5e-14.
double curve_sine(double turns)
{
    double x = turns - nearest(turns);
    if (x > 0.25)
        x = 0.5 - x;
    else if (x < -0.25)
        x = -0.5 - x;
    static const double factors[] = {1.0 / 355687428096000,
                                     -1.0 / 1307674368000,
                                     1.0 / 6227020800,
                                     -1.0 / 39916800,
                                     1.0 / 362880,
                                     -1.0 / 5040,
                                     1.0 / 120,
                                     -1.0 / 6,
                                     1.0};
    double t = x * 2 * CURVE_PI;
    double square = t * t;
    double sum = 0;
    for (size_t k = 0; k < sizeof factors / sizeof *factors; k++)
        sum = sum * square + factors[k];
    return sum * t;
}

double curve_rise(double x)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    double sine = curve_sine(x / 4);
    return sine * sine;
}
