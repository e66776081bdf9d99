// SPDX-License-Identifier: GPL-3.0-or-later
#include "tilt.h"

#include "duration.h"
#include "spectrum.h"
#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FRAMES = FRAME_RATE, STRIDE = 3, BLOCK = TILT_BLOCK };

static float in[2 * FRAMES], out[FRAMES * STRIDE];

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

// A sine on the left, twice as much on the right.
static void make(double hz)
{
    for (size_t f = 0; f < FRAMES; f++) {
        in[2 * f] = (float)(0.4 * sin(6.283185307179586 * hz * (double)f / FRAME_RATE));
        in[2 * f + 1] = 2 * in[2 * f];
    }
}

// The third float of each frame is not the shade's.
static void filter(double gain)
{
    struct tilt tilt;
    tilt_init(&tilt, 2000);
    for (size_t i = 0; i < FRAMES * STRIDE; i++)
        out[i] = 7;
    for (size_t f = 0; f + BLOCK <= FRAMES; f += BLOCK)
        tilt_process(&tilt, (double[]){gain, gain}, in + 2 * f, out + f * STRIDE, STRIDE);
}

static double change_db(double hz, size_t channel)
{
    return spectrum_tone_db(out + channel, FRAMES, STRIDE, hz) -
           spectrum_tone_db(in + channel, FRAMES, 2, hz);
}

// Of low + gain * (1 - low), where low = a / (1 - (1 - a) / z) is one pole at 2 kHz.
static double expected_db(double hz, double gain)
{
    const double turn = 6.283185307179586 / FRAME_RATE, a = 1 - exp(-2000 * turn);
    double complex low = a / (1 - (1 - a) * cexp(CMPLX(0, -hz * turn)));
    return 20 * log10(cabs(low + gain * (1 - low)));
}

static void only_what_lies_above_is_softer(void **state)
{
    (void)state;
    static const double tones_hz[] = {100, 500, 2000, 5000, 10000};
    for (size_t i = 0; i < sizeof tones_hz / sizeof *tones_hz; i++) {
        make(tones_hz[i]);
        filter(0.5);
        for (size_t channel = 0; channel < 2; channel++)
            near(change_db(tones_hz[i], channel), expected_db(tones_hz[i], 0.5), 0.02);
        assert_true(out[5 * STRIDE + 2] == 7);
    }
    assert_true(expected_db(100, 0.5) > -0.1 && expected_db(10000, 0.5) < -4.5);
}

static void full_light_changes_nothing(void **state)
{
    (void)state;
    make(3000);
    filter(1);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        near((double)out[i / 2 * STRIDE + i % 2], (double)in[i], 1e-7);
}

// A moving depth leaves no step: a steady tone far above the corner follows the ramp's straight
// line.
static void depth_moves_without_a_step(void **state)
{
    (void)state;
    struct tilt tilt;
    tilt_init(&tilt, 10);
    static float tone[2 * 4 * BLOCK];
    for (size_t f = 0; f < 4 * BLOCK; f++)
        tone[2 * f] = tone[2 * f + 1] = f % 2 ? -1.0f : 1.0f;
    for (size_t b = 0; b < 4; b++)
        tilt_process(&tilt, (double[]){1 - 0.1 * (double)b, 0.9 - 0.1 * (double)b},
                     tone + 2 * BLOCK * b, tone + 2 * BLOCK * b, 2);
    for (size_t f = 0; f < 4 * BLOCK; f++)
        near(fabs((double)tone[2 * f]), 1 - 0.1 * (double)(f + 1) / BLOCK, 2e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_lies_above_is_softer),
        cmocka_unit_test(full_light_changes_nothing),
        cmocka_unit_test(depth_moves_without_a_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
