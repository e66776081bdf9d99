// SPDX-License-Identifier: GPL-3.0-or-later
#include "curve.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.15g is not within %g of %.15g", a, tolerance, b);
}

static void agrees_with_the_library(void **state)
{
    (void)state;
    int checked = 0;
    for (double x = -30; x <= 30; x += 0.0137, checked++) {
        near(curve_exp2(x) / exp2(x), 1, 1e-10);
        near(curve_gain(x) / pow(10, x / 20), 1, 1e-10);
        near(curve_sine(x), sin(2 * CURVE_PI * x), 1e-10);
        near(curve_log2(exp2(x)), x, 1e-10);
    }
    assert_int_equal(checked, 4380);
    near(curve_exp2(-900) / exp2(-900), 1, 1e-10);
    near(curve_exp2(900) / exp2(900), 1, 1e-10);
}

static void rise_is_smooth_and_exact_at_its_ends(void **state)
{
    (void)state;
    assert_true(curve_rise(0) == 0 && curve_rise(-3) == 0);
    assert_true(curve_rise(1) == 1 && curve_rise(7) == 1);
    near(curve_rise(0.5), 0.5, 1e-10);
    double steepest = 0;
    for (double x = 0; x < 1; x += 1e-4) {
        near(curve_rise(x), (1 - cos(CURVE_PI * x)) / 2, 1e-10);
        steepest = fmax(steepest, (curve_rise(x + 1e-4) - curve_rise(x)) / 1e-4);
    }
    near(steepest, CURVE_RISE_SLOPE, 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_library),
        cmocka_unit_test(rise_is_smooth_and_exact_at_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
