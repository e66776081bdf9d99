// SPDX-License-Identifier: GPL-3.0-or-later
#include "biquad.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TWO_PI 6.28318530717958647692

enum { FRAMES = 48000 };

static double to_db(double factor)
{
    return 20 * log10(factor);
}

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

// The filter's gain at `hz`, measured with a sine in whole periods after it settled.
static double measure(struct biquad biquad, double hz)
{
    static float samples[2 * FRAMES];
    for (size_t i = 0; i < 2 * FRAMES; i++)
        samples[i] = (float)sin(TWO_PI * hz * (double)i / 48000);
    biquad_reset(&biquad);
    biquad_process(&biquad, samples, 2 * FRAMES);
    double real = 0, imaginary = 0;
    for (size_t i = FRAMES; i < 2 * FRAMES; i++) {
        double turn = TWO_PI * hz * (double)i / 48000;
        real += (double)samples[i] * sin(turn);
        imaginary += (double)samples[i] * cos(turn);
    }
    return hypot(real, imaginary) / (FRAMES / 2.0);
}

static void measured_response_is_the_formulas(void **state)
{
    (void)state;
    struct biquad designs[7];
    biquad_lowpass(&designs[0], 1000, 0.7071);
    biquad_highpass(&designs[1], 80, 0.7071);
    biquad_bandpass(&designs[2], 700, 2);
    biquad_allpass(&designs[3], 500, 0.8);
    biquad_peak(&designs[4], 3200, 0.9, -3);
    biquad_low_shelf(&designs[5], 220, 2);
    biquad_high_shelf(&designs[6], 5000, -4);
    const double hz[] = {31, 80, 220, 500, 1000, 3200, 5000, 12000, 20000};
    for (size_t d = 0; d < 7; d++)
        for (size_t i = 0; i < sizeof hz / sizeof *hz; i++)
            near(measure(designs[d], hz[i]), biquad_response(&designs[d], hz[i]), 1e-4);
}

static void corners_are_where_they_are_asked_for(void **state)
{
    (void)state;
    struct biquad biquad;
    biquad_lowpass(&biquad, 1000, sqrt(0.5));
    near(to_db(biquad_response(&biquad, 1000)), -3.01, 0.01);
    near(to_db(biquad_response(&biquad, 10)), 0, 0.01);
    near(to_db(biquad_response(&biquad, 8000)), -37.3,
         0.5); // 12 dB an octave and the bilinear zero
    biquad_highpass(&biquad, 45, sqrt(0.5));
    near(to_db(biquad_response(&biquad, 45)), -3.01, 0.01);
    near(to_db(biquad_response(&biquad, 4.5)), -40, 0.1);
    near(biquad_response(&biquad, 0), 0, 1e-8);
    biquad_bandpass(&biquad, 700, 2);
    near(to_db(biquad_response(&biquad, 700)), 0, 0.01);
    biquad_allpass(&biquad, 500, 0.8);
    near(to_db(biquad_response(&biquad, 333)), 0, 1e-6);
    biquad_peak(&biquad, 3200, 0.9, -3);
    near(to_db(biquad_response(&biquad, 3200)), -3, 0.01);
    biquad_low_shelf(&biquad, 220, 2);
    near(to_db(biquad_response(&biquad, 10)), 2, 0.02);
    near(to_db(biquad_response(&biquad, 220)), 1, 0.01);
    near(to_db(biquad_response(&biquad, 10000)), 0, 0.02);
    biquad_high_shelf(&biquad, 5000, -4);
    near(to_db(biquad_response(&biquad, 23000)), -4, 0.02);
    near(to_db(biquad_response(&biquad, 5000)), -2, 0.01);
    near(to_db(biquad_response(&biquad, 50)), 0, 0.02);
}

static void stereo_is_two_times_mono(void **state)
{
    (void)state;
    static float left[1000], right[1000], stereo[2000];
    for (size_t i = 0; i < 1000; i++) {
        stereo[2 * i] = left[i] = (float)sin((double)i * 0.1);
        stereo[2 * i + 1] = right[i] = (float)cos((double)i * 0.37);
    }
    struct biquad a, b, both;
    biquad_peak(&a, 900, 1, 5);
    b = both = a;
    biquad_process(&a, left, 1000);
    biquad_process(&b, right, 1000);
    biquad_process_stereo(&both, stereo, 400); // the state goes on over blocks
    biquad_process_stereo(&both, stereo + 800, 600);
    for (size_t i = 0; i < 1000; i++)
        assert_true(stereo[2 * i] == left[i] && stereo[2 * i + 1] == right[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measured_response_is_the_formulas),
        cmocka_unit_test(corners_are_where_they_are_asked_for),
        cmocka_unit_test(stereo_is_two_times_mono),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
