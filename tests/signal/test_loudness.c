// SPDX-License-Identifier: GPL-3.0-or-later
// Loudness against values that follow from BS.1770: a 997 Hz sine of amplitude 1 on one of two
// channels is -3.01 LUFS.
#include "loudness.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { COUNT = 96000 };

static const double two_pi = 6.28318530717958647692;

static void make_tone(float *samples, int channels, int rate, double amplitude)
{
    for (int i = 0; i < COUNT; i++)
        for (int c = 0; c < channels; c++)
            samples[i * channels + c] = (float)(amplitude * sin(two_pi * 997 * i / rate));
}

static void check(double got, double wanted)
{
    if (!(fabs(got - wanted) < 0.05))
        fail_msg("%g LUFS, wanted %g", got, wanted);
}

static void test_values(void **state)
{
    (void)state;
    static float samples[2 * COUNT];
    double lufs;
    make_tone(samples, 2, 48000, 0.1);
    assert_int_equal(loudness_measure(&lufs, samples, COUNT, 2, NULL), STATUS_OK);
    check(lufs, -20);
    make_tone(samples, 1, 48000, 0.1); // counts as played on both channels
    assert_int_equal(loudness_measure(&lufs, samples, COUNT, 1, NULL), STATUS_OK);
    check(lufs, -20);
    make_tone(samples, 1, 22050, 0.1);
    assert_int_equal(loudness_measure_at(&lufs, samples, COUNT, 1, 22050, NULL), STATUS_OK);
    check(lufs, -20);
}

static void test_short_and_silent(void **state)
{
    (void)state;
    static float samples[COUNT];
    double lufs;
    make_tone(samples, 1, 48000, 0.1);
    assert_int_equal(loudness_measure(&lufs, samples, 9600, 1, NULL), STATUS_OK);
    check(lufs, -23); // half a block of zeros was added
    memset(samples, 0, sizeof samples);
    assert_int_equal(loudness_measure(&lufs, samples, COUNT, 1, NULL), STATUS_OK);
    assert_true(lufs == -HUGE_VAL);
    assert_int_equal(loudness_measure(&lufs, samples, 0, 1, NULL), STATUS_OK);
    assert_true(lufs == -HUGE_VAL);
    assert_int_equal(loudness_measure(&lufs, samples, 10, 9, NULL), STATUS_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_short_and_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
