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

enum { BLOCK = 64, BLOCKS = 1500, FRAMES = BLOCK * BLOCKS };

static float in[FRAMES * LAYER_BANK_LANES], mix[FRAMES * LAYER_BANK_LANES];

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static void run(struct layer_bank *bank)
{
    memset(mix, 0, sizeof mix);
    for (size_t b = 0; b < BLOCKS; b++)
        layer_bank_process(bank, in + b * BLOCK * LAYER_BANK_LANES,
                           mix + b * BLOCK * LAYER_BANK_LANES, BLOCK);
}

static void sine(double hz)
{
    for (size_t f = 0; f < FRAMES; f++)
        for (size_t i = 0; i < LAYER_BANK_LANES; i++)
            in[f * LAYER_BANK_LANES + i] = (float)sin(TWO_PI * hz * (double)f / 48000);
}

// Gain of layer 0 at `hz` in dB, over the second half.
static double response_db(double highpass_hz, double lowpass_hz, double hz)
{
    struct layer_bank bank;
    layer_bank_init(&bank);
    if (highpass_hz > 0)
        layer_bank_set_highpass(&bank, 0, layer_bank_highpass(highpass_hz));
    layer_bank_aim(&bank, 0, lowpass_hz > 0 ? layer_bank_lowpass(lowpass_hz) : 1, 1);
    layer_bank_jump(&bank);
    sine(hz);
    run(&bank);
    size_t half = FRAMES / 2;
    return spectrum_rms_db(mix + half * LAYER_BANK_LANES, half, LAYER_BANK_LANES) -
           spectrum_rms_db(in + half * LAYER_BANK_LANES, half, LAYER_BANK_LANES);
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
    for (size_t i = 0; i < FRAMES * LAYER_BANK_LANES; i++)
        in[i] = 0.5f;
    run(&bank);
    assert_true(fabsf(mix[0]) > 0.4f);
    near((double)mix[(FRAMES - 1) * LAYER_BANK_LANES], 0, 1e-6);
}

static void gain_moves_in_a_straight_line_and_lands(void **state)
{
    (void)state;
    struct layer_bank bank;
    layer_bank_init(&bank);
    for (size_t i = 0; i < FRAMES * LAYER_BANK_LANES; i++)
        in[i] = 1;
    layer_bank_aim(&bank, 1, 1, 0.75);
    run(&bank);
    for (size_t f = 0; f < BLOCK; f++) {
        near((double)mix[f * LAYER_BANK_LANES + 2], 0.75 * (double)(f + 1) / BLOCK, 1e-6);
        assert_true(mix[f * LAYER_BANK_LANES] == 0); // the other layer stays silent
    }
    for (size_t f = BLOCK; f < FRAMES; f++)
        assert_true(mix[f * LAYER_BANK_LANES + 2] == 0.75f);
}

// A lowpass that sweeps from block to block changes a tone smoothly: steps at the block edges would
// sound as sidebands at multiples of the block rate of 750 Hz beside it.
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
        layer_bank_process(&bank, in + b * BLOCK * LAYER_BANK_LANES,
                           mix + b * BLOCK * LAYER_BANK_LANES, BLOCK);
    }
    double tone = spectrum_tone_db(mix, FRAMES, LAYER_BANK_LANES, 3000);
    const double sidebands[] = {2250, 3750, 4500, 6000};
    for (size_t i = 0; i < 4; i++) {
        double side = spectrum_tone_db(mix, FRAMES, LAYER_BANK_LANES, sidebands[i]);
        assert_true(side - tone < -130);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corners_are_3_db_down),
        cmocka_unit_test(constant_input_dies_away),
        cmocka_unit_test(gain_moves_in_a_straight_line_and_lands),
        cmocka_unit_test(sweeping_the_lowpass_adds_no_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
