#include "curve.h"

#include <math.h>

#define LN_2 0.69314718055994530942
#define LOG2_10 3.32192809488736234787

// Taylor around the middle of each octave: |t| <= ln(2)/2, the first term left out is 7e-12.
double curve_exp2(double x)
{
    double octave = floor(x + 0.5);
    double t = (x - octave) * LN_2;
    double sum = 1.0;
    for (int k = 9; k > 0; k--)
        sum = 1.0 + sum * t / k;
    return ldexp(sum, (int)octave);
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

// Taylor within a quarter turn: |t| <= pi/2, the first term left out is 6e-12.
double curve_sine(double turns)
{
    double x = turns - floor(turns + 0.5);
    if (x > 0.25)
        x = 0.5 - x;
    else if (x < -0.25)
        x = -0.5 - x;
    double t = x * 2 * CURVE_PI;
    double square = t * t;
    double sum = 1.0;
    for (int k = 14; k > 0; k -= 2)
        sum = 1.0 - sum * square / (k * (k + 1));
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
