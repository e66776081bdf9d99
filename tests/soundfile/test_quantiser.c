// SPDX-License-Identifier: GPL-3.0-or-later
// What the quantiser promises of values, of the dither's statistics and of reproducibility.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "quantiser.h"

enum { FRAMES = 1 << 18, SAMPLES = 2 * FRAMES };

// The error of quantising one constant level, in LSB.
static double *errors_at(double level_lsb, uint64_t seed)
{
    float *in = malloc(SAMPLES * sizeof *in);
    int16_t *out = malloc(SAMPLES * sizeof *out);
    double *errors = malloc(SAMPLES * sizeof *errors);
    assert_true(in && out && errors);
    for (size_t i = 0; i < SAMPLES; i++)
        in[i] = (float)(level_lsb / 32768);
    quantiser_to_16(out, in, SAMPLES, seed, 0);
    for (size_t i = 0; i < SAMPLES; i++)
        errors[i] = out[i] - level_lsb;
    free(in);
    free(out);
    return errors;
}

static double mean_of(const double *values, double power)
{
    double sum = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        sum += pow(values[i], power);
    return sum / SAMPLES;
}

// With TPDF dither the error's mean is 0 and its power 1/4 LSB^2 (1/12 of the rounding, 1/6 of the
// dither), whatever the level: no distortion, no noise modulation.
static void test_error_does_not_depend_on_level(void **state)
{
    (void)state;
    const double levels[] = {0.01, 0.25, 0.5, 0.77, -0.5, -3.3, 100.125, -16000.6};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double *errors = errors_at(levels[i], 3 + i);
        // Five standard deviations of the estimates over 2^19 values.
        assert_true(fabs(mean_of(errors, 1)) < 5 * 0.5 / sqrt(SAMPLES));
        assert_true(fabs(mean_of(errors, 2) - 0.25) < 5 * 0.3 / sqrt(SAMPLES));
        for (size_t k = 0; k < SAMPLES; k++)
            assert_true(fabs(errors[k]) <= 1.5);
        free(errors);
    }
}

// On a step, dither of a triangular shape over +-1 LSB gives three values, with chances 1/8, 3/4
// and 1/8 (uniform dither of that width would give 1/4, 1/2 and 1/4).
static void test_dither_is_triangular(void **state)
{
    (void)state;
    const double chance[] = {0.125, 0.75, 0.125};
    double count[3] = {0};
    double *errors = errors_at(10, 1);
    for (size_t i = 0; i < SAMPLES; i++)
        count[(int)errors[i] + 1]++;
    for (size_t i = 0; i < 3; i++)
        assert_true(fabs(count[i] / SAMPLES - chance[i]) < 5 * 0.5 / sqrt(SAMPLES));
    free(errors);
}

// White, and independent between the channels (odd lags): no lag correlates, nor do the lags at
// which the generators begin anew.
static void test_dither_is_white(void **state)
{
    (void)state;
    double *errors = errors_at(0.3, 11);
    double power = mean_of(errors, 2);
    for (size_t lag = 1; lag <= 2050; lag++) {
        double sum = 0;
        for (size_t i = 0; i + lag < SAMPLES; i++)
            sum += errors[i] * errors[i + lag];
        assert_true(fabs(sum / SAMPLES / power) < 6 / sqrt(SAMPLES));
    }
    free(errors);
}

static void test_seed_decides_dither(void **state)
{
    (void)state;
    double *one = errors_at(0.5, 1);
    double *again = errors_at(0.5, 1);
    double *other = errors_at(0.5, 2);
    assert_memory_equal(one, again, SAMPLES * sizeof *one);
    size_t same = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        same += one[i] == other[i];
    // Midway between two steps each of them has a chance of 1/2.
    assert_true(fabs((double)same / SAMPLES - 0.5) < 5 * 0.5 / sqrt(SAMPLES));
    free(one);
    free(again);
    free(other);
}

static void test_position_decides_dither(void **state)
{
    (void)state;
    enum { COUNT = 4 * QUANTISER_BLOCK + 57 };
    float in[COUNT];
    int16_t whole[COUNT], part[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        in[i] = 0.1f;
    quantiser_to_16(whole, in, COUNT, 5, 0);
    size_t skip = QUANTISER_BLOCK;
    quantiser_to_16(part, in, COUNT - skip, 5, (int64_t)skip);
    assert_memory_equal(whole + skip, part, (COUNT - skip) * sizeof *part);
}

// In the middle of a block and in the rest that does not fill one.
static void test_strange_samples(void **state)
{
    (void)state;
    const struct {
        float in;
        int low, high; // 16 bits
        int at_24;
        float at_float;
    } cases[] = {
        {0.0f, 0, 0, 0, 0.0f},
        {-0.0f, 0, 0, 0, 0.0f},
        {NAN, 0, 0, 0, 0.0f},
        {-NAN, 0, 0, 0, 0.0f},
        {INFINITY, 0, 0, 0, 0.0f},
        {-INFINITY, 0, 0, 0, 0.0f},
        {1.0f, 32765, 32767, 8388607, 1 - 0x1p-24f},
        {-1.0f, -32767, -32765, -8388607, -1 + 0x1p-24f},
        {1.5f, 32765, 32767, 8388607, 1 - 0x1p-24f},
        {-1e38f, -32767, -32765, -8388607, -1 + 0x1p-24f},
        {0.5f, 16383, 16385, 4194304, 0.5f},
        {-0x1p-23f, -1, 1, -1, -0x1p-23f},
        {0x1p-24f, -1, 1, 1, 0x1p-24f},
        {0x0.9p-24f, -1, 1, 0, 0x0.9p-24f},
        {1e-40f, 0, 0, 0, 1e-40f},
    };
    enum { COUNT = QUANTISER_BLOCK / 2 + 3 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float in[2 * COUNT], at_float[2 * COUNT], unclamped[2 * COUNT];
        int16_t at_16[2 * COUNT];
        int32_t at_24[2 * COUNT];
        for (size_t k = 0; k < 2 * COUNT; k++)
            in[k] = cases[i].in;
        quantiser_to_16(at_16, in, 2 * COUNT, i, 0);
        quantiser_to_24(at_24, in, 2 * COUNT);
        quantiser_to_float(at_float, in, 2 * COUNT);
        quantiser_to_float_unclamped(unclamped, in, 2 * COUNT);
        for (size_t k = 0; k < 2 * COUNT; k++) {
            assert_in_range(at_16[k] + 40000, cases[i].low + 40000, cases[i].high + 40000);
            assert_int_equal(at_24[k], cases[i].at_24 * 256);
            assert_true(at_float[k] == cases[i].at_float);
            assert_true(unclamped[k] == (isfinite(in[k]) ? in[k] : 0));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error_does_not_depend_on_level),
        cmocka_unit_test(test_dither_is_triangular),
        cmocka_unit_test(test_dither_is_white),
        cmocka_unit_test(test_seed_decides_dither),
        cmocka_unit_test(test_position_decides_dither),
        cmocka_unit_test(test_strange_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
