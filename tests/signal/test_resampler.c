// SPDX-License-Identifier: GPL-3.0-or-later
// 22.05 kHz to 48 kHz: exact lengths, no delay, no residue, no memory of the clip before.
#include "resampler.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double two_pi = 6.28318530717958647692;

static void make_tone(float *samples, size_t count, double hz)
{
    for (size_t i = 0; i < count; i++)
        samples[i] = (float)(0.5 * sin(two_pi * hz * (double)i / 22050));
}

static float *convert(struct resampler *resampler, const float *samples, size_t count,
                      size_t *out_count)
{
    float *out = NULL;
    assert_int_equal(resampler_convert(resampler, &out, out_count, samples, count, NULL),
                     STATUS_OK);
    return out;
}

static void test_length(void **state)
{
    (void)state;
    static const float samples[22050];
    struct resampler *resampler = NULL;
    assert_int_equal(resampler_new(&resampler, 22050, NULL), STATUS_OK);
    const size_t counts[] = {0, 1, 2, 147, 1000, 22050};
    const size_t expected[] = {0, 3, 5, 320, 2177, 48000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t count = 99;
        free(convert(resampler, samples, counts[i], &count));
        assert_int_equal(count, expected[i]);
    }
    resampler_free(resampler);
    resampler_free(NULL);
}

static void test_tone_is_kept(void **state)
{
    (void)state;
    static float samples[22050];
    struct resampler *resampler = NULL;
    assert_int_equal(resampler_new(&resampler, 22050, NULL), STATUS_OK);
    make_tone(samples, 22050, 1000);
    size_t count;
    float *out = convert(resampler, samples, 22050, &count);
    double worst = 0;
    for (size_t i = 4000; i < count - 4000; i++) { // away from the edges' ringing
        double off = fabs((double)out[i] - 0.5 * sin(two_pi * 1000 * (double)i / 48000));
        worst = off > worst ? off : worst;
    }
    assert_true(worst < 1e-4); // no delay: a tenth of a sample would be 0.006
    free(out);
    resampler_free(resampler);
}

static void test_no_memory(void **state)
{
    (void)state;
    static float first[5000], other[9000];
    struct resampler *resampler = NULL;
    assert_int_equal(resampler_new(&resampler, 22050, NULL), STATUS_OK);
    make_tone(first, 5000, 440);
    make_tone(other, 9000, 3000);
    size_t count, again_count, other_count;
    float *once = convert(resampler, first, 5000, &count);
    free(convert(resampler, other, 9000, &other_count));
    float *again = convert(resampler, first, 5000, &again_count);
    assert_int_equal(count, again_count);
    assert_memory_equal(once, again, count * sizeof *once);
    free(once);
    free(again);
    resampler_free(resampler);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_tone_is_kept),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
