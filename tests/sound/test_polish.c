// SPDX-License-Identifier: GPL-3.0-or-later
// The filter chain: its response, and what it does to the pulses of a voice.
#include "polish.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COUNT = 22050 };

static const double two_pi = 6.28318530717958647692;

// Level of a tone behind the chain against before, in dB, measured once it has settled.
static double response_db(int rate, bool clear, double hz)
{
    static float tone[COUNT];
    struct polish polish;
    polish_init(&polish, rate, clear);
    for (size_t i = 0; i < COUNT; i++)
        tone[i] = (float)sin(two_pi * hz * (double)i / rate);
    polish_process(&polish, tone, COUNT);
    double sum = 0;
    for (size_t i = COUNT / 2; i < COUNT; i++)
        sum += (double)tone[i] * (double)tone[i];
    return 10 * log10(2 * sum / (COUNT / 2));
}

static void check_response(int rate, double hz, double db, double within)
{
    double got = response_db(rate, false, hz);
    if (fabs(got - db) > within)
        fail_msg("%g Hz at %d: %g dB, wanted %g", hz, rate, got, db);
}

static void test_response(void **state)
{
    (void)state;
    const int rates[] = {22050, 48000};
    for (size_t r = 0; r < 2; r++) {
        check_response(rates[r], 25, -18, 2.5);  // high-pass, +2 dB of the low shelf
        check_response(rates[r], 120, 0.9, 0.7); // shelf, still in the high-pass's slope
        check_response(rates[r], 1000, -0.2, 0.4);
        check_response(rates[r], 3200, -3.6, 0.5); // dip and the shelf's beginning
        check_response(rates[r], 9000, -4.3, 0.5); // shelf
    }
    assert_true(response_db(22050, true, 3200) - response_db(22050, false, 3200) > 2.7);
}

// Impulses 10 ms apart, as a voice's pulses: the same energy in smaller peaks.
static void test_smears_pulses(void **state)
{
    (void)state;
    static float pulses[COUNT];
    struct polish polish;
    polish_init(&polish, 22050, false);
    for (size_t i = 0; i < COUNT; i++)
        pulses[i] = i % 220 == 110 ? 1.0F : 0.0F;
    polish_process(&polish, pulses, COUNT);
    double square = 0, fourth = 0;
    for (size_t i = 0; i < COUNT; i++) {
        double x = (double)pulses[i];
        square += x * x;
        fourth += x * x * x * x;
    }
    double kurtosis = fourth * COUNT / (square * square);
    assert_true(kurtosis < 60); // 220 before
}

static void test_starts_at_rest(void **state)
{
    (void)state;
    static float first[COUNT], second[COUNT];
    struct polish polish;
    polish_init(&polish, 22050, false);
    for (size_t i = 0; i < COUNT; i++)
        first[i] = second[i] = (float)(i * 7919 % 1000) / 1000.0F - 0.5F;
    polish_process(&polish, first, COUNT);
    polish_process(&polish, second, COUNT);
    assert_memory_equal(first, second, sizeof first);
}

// One section of the chain, by its definition.
static double filter(struct biquad *f, double x)
{
    double y = f->b0 * x + f->s1[0];
    f->s1[0] = f->b1 * x - f->a1 * y + f->s2[0];
    f->s2[0] = f->b2 * x - f->a2 * y;
    return y;
}

// The halves of the chain run side by side; that must not show in a single bit, at any length.
static void test_one_section_after_the_other(void **state)
{
    (void)state;
    static float wanted[COUNT], got[COUNT];
    const size_t counts[] = {0, 1, 2, 3, 4, 5, 6, COUNT};
    for (size_t c = 0; c < 2 * sizeof counts / sizeof *counts; c++) {
        const size_t count = counts[c / 2];
        struct polish polish;
        polish_init(&polish, 22050, c % 2 == 1);
        for (size_t i = 0; i < COUNT; i++)
            wanted[i] = got[i] = (float)(i * 7919 % 1000) / 1000.0F - 0.5F;
        polish_process(&polish, got, count);
        for (size_t i = 0; i < count; i++) {
            double x = (double)wanted[i];
            for (size_t s = 0; s < polish.count; s++)
                x = filter(&polish.sections[s], x);
            wanted[i] = (float)x;
        }
        assert_memory_equal(wanted, got, sizeof wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_response),
        cmocka_unit_test(test_smears_pulses),
        cmocka_unit_test(test_starts_at_rest),
        cmocka_unit_test(test_one_section_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
