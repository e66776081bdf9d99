// SPDX-License-Identifier: GPL-3.0-or-later
#include "sine_bank.h"

#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TURN 6.283185307179586

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static void steady_sines_are_what_the_formula_says(void **state)
{
    (void)state;
    struct sine_bank bank;
    sine_bank_init(&bank);
    const double hz[] = {440, 1000, 73.4, 3999, 111};
    for (int i = 0; i < 5; i++) {
        const float gains[SINE_GAINS] = {0.1f * (float)i, 0.2f, -0.3f, 0.05f * (float)i};
        sine_bank_begin(&bank, i, 0.1 * i, hz[i] / 48000, 0);
        sine_bank_aim(&bank, i, gains);
    }
    sine_bank_use(&bank, 5);
    sine_bank_jump(&bank);
    float stereo[2 * SINE_BANK_BLOCK];
    for (long frame = 0; frame < 48000L * 600; frame += SINE_BANK_BLOCK) { // ten minutes
        sine_bank_process(&bank, stereo);
        if (frame % (48000L * 60) != 0)
            continue;
        for (int f = 0; f < SINE_BANK_BLOCK; f++) {
            double left = 0, right = 0;
            for (int i = 0; i < 5; i++) {
                double phase = TURN * fmod(0.1 * i + hz[i] * (double)(frame + f) / 48000, 1);
                left += 0.1 * i * cos(phase) + 0.2 * sin(phase);
                right += -0.3 * cos(phase) + 0.05 * i * sin(phase);
            }
            near((double)stereo[2 * f], left, 5e-5);
            near((double)stereo[2 * f + 1], right, 5e-5);
        }
    }
}

static void gains_are_ramped_and_frequencies_bend(void **state)
{
    (void)state;
    enum { BLOCKS = 400 };
    static float sound[BLOCKS * SINE_BANK_BLOCK], again[2 * SINE_BANK_BLOCK];
    struct sine_bank bank;
    sine_bank_init(&bank);
    const double first = 500.0 / 48000, bend = 500.0 / 48000 / BLOCKS; // an octave up
    sine_bank_begin(&bank, 2, 0, first, bend);
    sine_bank_use(&bank, 3);
    for (int b = 0; b < BLOCKS; b++) {
        const float gains[SINE_GAINS] = {[SINE_LEFT_SIN] = (float)(b + 1) / BLOCKS};
        sine_bank_aim(&bank, 2, gains);
        sine_bank_process(&bank, again);
        for (int f = 0; f < SINE_BANK_BLOCK; f++)
            sound[b * SINE_BANK_BLOCK + f] = again[2 * f];
    }
    double phase = 0;
    for (int f = 0; f < BLOCKS * SINE_BANK_BLOCK; f++) {
        near((double)sound[f], (double)(f + 1) / (BLOCKS * SINE_BANK_BLOCK) * sin(phase), 5e-5);
        phase += TURN * (first + bend * (f / SINE_BANK_BLOCK));
    }
}

static void nothing_in_use_is_silence(void **state)
{
    (void)state;
    struct sine_bank bank;
    sine_bank_init(&bank);
    float stereo[2 * SINE_BANK_BLOCK];
    for (int i = 0; i < 2 * SINE_BANK_BLOCK; i++)
        stereo[i] = 7;
    sine_bank_process(&bank, stereo);
    for (int i = 0; i < 2 * SINE_BANK_BLOCK; i++)
        assert_true(stereo[i] == 0);
}

static void noise_beside_a_sine_is_far_below_it(void **state)
{
    (void)state;
    enum { FRAMES = 48000 };
    static float sound[FRAMES + SINE_BANK_BLOCK];
    struct sine_bank bank;
    sine_bank_init(&bank);
    sine_bank_begin(&bank, 0, 0, 440.0 / 48000, 0);
    const float gains[SINE_GAINS] = {[SINE_LEFT_COS] = 1};
    sine_bank_aim(&bank, 0, gains);
    sine_bank_jump(&bank);
    sine_bank_use(&bank, 1);
    float stereo[2 * SINE_BANK_BLOCK];
    for (int at = 0; at < FRAMES; at += SINE_BANK_BLOCK) {
        sine_bank_process(&bank, stereo);
        for (int f = 0; f < SINE_BANK_BLOCK; f++)
            sound[at + f] = stereo[2 * f];
    }
    near(spectrum_tone_db(sound, FRAMES, 1, 440), 0, 0.01);
    double error = 0;
    for (int f = 0; f < FRAMES; f++) {
        double left = (double)sound[f] - cos(TURN * 440 * f / 48000);
        error += left * left / FRAMES;
    }
    assert_true(10 * log10(error) < -100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_sines_are_what_the_formula_says),
        cmocka_unit_test(gains_are_ramped_and_frequencies_bend),
        cmocka_unit_test(nothing_in_use_is_silence),
        cmocka_unit_test(noise_beside_a_sine_is_far_below_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
