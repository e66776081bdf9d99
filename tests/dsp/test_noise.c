// SPDX-License-Identifier: GPL-3.0-or-later
#include "noise.h"

#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCKS = 15000, FRAMES = BLOCKS * NOISE_BLOCK, LANES = 4 }; // 20 s

static float lanes[FRAMES * LANES]; // left and right from two seeds

static void make_layer(enum noise_colour colour, uint64_t seed, float *to)
{
    float block[2 * NOISE_BLOCK];
    struct noise_filter filter;
    noise_filter_init(&filter, colour);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        noise_white(seed, b, block);
        noise_filter_process(&filter, block);
        for (size_t f = 0; f < NOISE_BLOCK; f++, to += LANES)
            memcpy(to, block + 2 * f, 2 * sizeof *to);
    }
}

static void make(enum noise_colour colour, uint64_t seed)
{
    make_layer(colour, seed, lanes);
    make_layer(colour, seed + 1, lanes + 2);
}

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static void check_slope(enum noise_colour colour, double octave_db, double from_hz, double to_hz)
{
    make(colour, 3);
    double first = spectrum_density_db(lanes, FRAMES, LANES, from_hz);
    int octaves = 0;
    for (double hz = from_hz; hz <= to_hz; hz *= 2, octaves++)
        near(spectrum_density_db(lanes, FRAMES, LANES, hz) - first, octaves * octave_db, 1.1);
    assert_true(octaves >= 6);
}

static void colours_fall_as_named(void **state)
{
    (void)state;
    check_slope(NOISE_WHITE, 0, 62.5, 16000);
    check_slope(NOISE_PINK, -3.01, 62.5, 8000);
    check_slope(NOISE_BROWN, -6.02, 125, 8000);
}

static void colours_are_equally_strong_and_lanes_independent(void **state)
{
    (void)state;
    for (int colour = NOISE_WHITE; colour <= NOISE_BROWN; colour++) {
        make((enum noise_colour)colour, 5);
        // Slow noise has few independent samples in 20 s: its statistics are wider.
        const double wide = (const double[]){1, 4, 12}[colour];
        for (size_t lane = 0; lane < LANES; lane++) {
            near(spectrum_rms_db(lanes + lane, FRAMES, LANES), -20, 0.03 * wide);
            near(spectrum_mean(lanes + lane, FRAMES, LANES), 0, 0.001 * wide);
            for (size_t other = 0; other < lane; other++)
                near(spectrum_correlation(lanes + lane, lanes + other, FRAMES, LANES), 0,
                     0.007 * wide);
        }
    }
}

static void white_does_not_repeat(void **state)
{
    (void)state;
    make(NOISE_WHITE, 7);
    // The correlation of n independent samples is normal with deviation 1/sqrt(n): 6 of them.
    const size_t lags[] = {1, 2, 3, 63, 64, 65, 128, 4096, 48000, 65536};
    for (size_t i = 0; i < sizeof lags / sizeof *lags; i++) {
        size_t n = FRAMES - lags[i];
        near(spectrum_correlation(lanes, lanes + lags[i] * LANES, n, LANES), 0,
             6 / sqrt((double)n));
    }
}

static void same_seed_same_samples_at_any_block(void **state)
{
    (void)state;
    float a[2 * NOISE_BLOCK], b[2 * NOISE_BLOCK];
    make(NOISE_WHITE, 11);
    noise_white(11, 1234, a);
    for (size_t f = 0; f < NOISE_BLOCK; f++)
        assert_memory_equal(a + 2 * f, lanes + (1234 * NOISE_BLOCK + f) * LANES, 2 * sizeof *a);
    noise_white(12, 1234, b);
    assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_fall_as_named),
        cmocka_unit_test(colours_are_equally_strong_and_lanes_independent),
        cmocka_unit_test(white_does_not_repeat),
        cmocka_unit_test(same_seed_same_samples_at_any_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
