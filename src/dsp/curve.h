// SPDX-License-Identifier: GPL-3.0-or-later
// Elementary functions at control rate, by fixed polynomials over IEEE arithmetic: the C library's
// own differ in the last bit between versions and processors, and the same session must give the
// same samples everywhere. Absolute errors are below 1e-10. RT.
#ifndef LOOSEN_CURVE_H
#define LOOSEN_CURVE_H

// 2^x, for |x| < 1000.
double curve_exp2(double x);

// log2(x), for normal x > 0.
double curve_log2(double x);

// 10^(db/20), for |db| < 6000.
double curve_gain(double db);

// sin(2 pi x), for |x| < 2^31.
double curve_sine(double turns);

// The smooth step (1 - cos(pi x)) / 2 from 0 at x <= 0 to 1 at x >= 1; its steepest slope is pi/2.
double curve_rise(double x);

#define CURVE_PI 3.14159265358979323846
#define CURVE_RISE_SLOPE (CURVE_PI / 2) // the steepest slope of curve_rise

#endif
