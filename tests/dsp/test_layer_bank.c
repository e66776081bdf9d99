// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_bank.h"

#include "noise.h"
#include "spectrum.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TWO_PI 6.28318530717958647692

enum { BLOCK = LAYER_BANK_BLOCK, BLOCKS = 1500, FRAMES = BLOCK * BLOCKS };

static float in[2 * FRAMES], mix[2 * FRAMES];

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

// One block of the sound, in both layers.
static void run_block(struct layer_bank *bank, size_t block)
{
    const size_t at = 2 * BLOCK * block;
    layer_bank_process(bank, in + at, in + at, mix + at);
}

static void run(struct layer_bank *bank)
{
    memset(mix, 0, sizeof mix);
    for (size_t b = 0; b < BLOCKS; b++)
        run_block(bank, b);
}

static void sine(double hz)
{
    for (size_t f = 0; f < FRAMES; f++)
        in[2 * f] = in[2 * f + 1] = (float)sin(TWO_PI * hz * (double)f / 48000);
}

// Gain of one layer at `hz` in dB, over the second half; the other is silent.
static double layer_response_db(int layer, double highpass_hz, double lowpass_hz, double hz)
{
    struct layer_bank bank;
    layer_bank_init(&bank);
    if (highpass_hz > 0)
        layer_bank_set_highpass(&bank, layer, layer_bank_highpass(highpass_hz));
    layer_bank_aim(&bank, layer, lowpass_hz > 0 ? layer_bank_lowpass(lowpass_hz) : 1, 1);
    layer_bank_jump(&bank);
    sine(hz);
    run(&bank);
    size_t half = FRAMES / 2;
    double right_db = spectrum_rms_db(mix + 2 * half + 1, half, 2);
    near(spectrum_rms_db(mix + 2 * half, half, 2), right_db, 1e-6);
    return right_db - spectrum_rms_db(in + 2 * half, half, 2);
}

// The same in both places.
static double response_db(double highpass_hz, double lowpass_hz, double hz)
{
    double first_db = layer_response_db(0, highpass_hz, lowpass_hz, hz);
    near(layer_response_db(1, highpass_hz, lowpass_hz, hz), first_db, 1e-6);
    return first_db;
}

static void corners_are_3_db_down(void **state)
{
    (void)state;
    near(response_db(0, 0, 1000), 0, 0.001);
    near(response_db(0, 1000, 1000), -3.01, 0.1);
    near(response_db(0, 1000, 50), 0, 0.05);
    near(response_db(0, 1000, 4000) - response_db(0, 1000, 2000), -9.2, 0.5); // towards 12 dB
    near(response_db(45, 0, 45), -3.01, 0.1);
    near(response_db(45, 0, 1000), 0, 0.05);
    near(response_db(45, 0, 5.625) - response_db(45, 0, 11.25), -10.8, 0.5);
}

static void constant_input_dies_away(void **state)
{
    (void)state;
    struct layer_bank bank;
    layer_bank_init(&bank);
    layer_bank_set_highpass(&bank, 0, layer_bank_highpass(45));
    layer_bank_aim(&bank, 0, 1, 1);
    layer_bank_jump(&bank);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        in[i] = 0.5f;
    run(&bank);
    assert_true(fabsf(mix[0]) > 0.4f);
    near((double)mix[2 * FRAMES - 2], 0, 1e-6);
}

static void gain_moves_in_a_straight_line_and_lands(void **state)
{
    (void)state;
    struct layer_bank bank;
    layer_bank_init(&bank);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        in[i] = 1;
    layer_bank_aim(&bank, 1, 1, 0.75);
    run(&bank); // the other layer stays silent
    for (size_t f = 0; f < BLOCK; f++)
        near((double)mix[2 * f], 0.75 * (double)(f + 1) / BLOCK, 1e-6);
    for (size_t f = BLOCK; f < FRAMES; f++)
        assert_true(mix[2 * f] == 0.75f);
}

static void layers_are_added(void **state)
{
    (void)state;
    struct layer_bank bank;
    layer_bank_init(&bank);
    for (size_t i = 0; i < 2 * FRAMES; i++) {
        in[i] = i % 2 ? 2 : 1;
        mix[i] = 0.5f;
    }
    layer_bank_aim(&bank, 0, 1, 1);
    layer_bank_aim(&bank, 1, 1, 2);
    layer_bank_jump(&bank);
    run_block(&bank, 0);
    for (size_t f = 0; f < BLOCK; f++)
        assert_true(mix[2 * f] == 0.5f + 3 && mix[2 * f + 1] == 0.5f + 6);
}

// A lowpass that sweeps from block to block changes a tone smoothly: steps at the block edges would
// sound as sidebands at multiples of the block rate of 375 Hz beside it.
static void sweeping_the_lowpass_adds_no_steps(void **state)
{
    (void)state;
    sine(3000);
    struct layer_bank bank;
    layer_bank_init(&bank);
    layer_bank_aim(&bank, 0, layer_bank_lowpass(900), 1);
    layer_bank_jump(&bank);
    memset(mix, 0, sizeof mix);
    for (size_t b = 0; b < BLOCKS; b++) {
        double hz = 900 + 1500 * (0.5 - 0.5 * cos(TWO_PI * (double)b / BLOCKS));
        layer_bank_aim(&bank, 0, layer_bank_lowpass(hz), 1);
        run_block(&bank, b);
    }
    double tone = spectrum_tone_db(mix, FRAMES, 2, 3000);
    const double sidebands[] = {2250, 2625, 3375, 3750, 4500, 6000};
    for (size_t i = 0; i < sizeof sidebands / sizeof *sidebands; i++) {
        double side = spectrum_tone_db(mix, FRAMES, 2, sidebands[i]);
        assert_true(side - tone < -130);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corners_are_3_db_down),
        cmocka_unit_test(constant_input_dies_away),
        cmocka_unit_test(gain_moves_in_a_straight_line_and_lands),
        cmocka_unit_test(layers_are_added),
        cmocka_unit_test(sweeping_the_lowpass_adds_no_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
