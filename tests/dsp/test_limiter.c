// SPDX-License-Identifier: GPL-3.0-or-later
#include "limiter.h"

#include "random.h"
#include <ebur128.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RATE = 48000, FRAMES = 4 * RATE };

static const double pi = 3.14159265358979323846;

struct pair {
    float left, right;
};

typedef float signal_at(size_t frame);

static float noise(uint64_t seed, size_t frame)
{
    return (float)(2 * random_unit(random_at(seed, frame)) - 1);
}

static float tone(double hz, double phase, size_t frame)
{
    return (float)sin(2 * pi * hz * (double)frame / RATE + phase);
}

// ---- Material that a limiter must leave alone, or not -------------------------------------------

static float soft_noise(size_t frame)
{
    return 0.4f * noise(1, frame);
}

// 0.1 dB below the ceiling.
static float loud_tone(size_t frame)
{
    return 0.803f * tone(997, 0, frame);
}

static float far_too_loud_tone(size_t frame)
{
    return 16 * tone(440, 0, frame);
}

// Peaks of 1.0 that no sample shows: they are 0.707.
static float hidden_peaks(size_t frame)
{
    return tone(12000, pi / 4, frame);
}

// A peak of about 0.95 between two samples of 0.75, with nothing around; at places that wander
// through the limiter's memory, over its end.
static float hidden_pulse(size_t frame)
{
    return frame % 8197 == 1000 || frame % 8197 == 1001 ? 0.75f : 0.0f;
}

// A peak of 0.888 a quarter of the way between two samples, where nothing else is above 0.81.
static float hidden_quarter(size_t frame)
{
    double distance = (double)(frame % 8197) - 1000.25;
    if (fabs(distance) > 16)
        return 0;
    return (float)(0.888 * sin(pi * distance) / (pi * distance) * (1 + cos(pi * distance / 16)) /
                   2);
}

static float short_bursts(size_t frame)
{
    return (frame % 9000 < 60 ? 4.0f : 0.1f) * tone(3100, 0.3, frame);
}

static float clicks(size_t frame)
{
    return frame % 4999 == 4000 ? 16.0f : 0.0f;
}

static float square(size_t frame)
{
    return frame / 137 % 2 ? 2.0f : -2.0f;
}

static float direct_current(size_t frame)
{
    return frame < RATE ? 0.0f : 16.0f;
}

// Music-like: nothing much above 10 kHz.
static float loud_chord(size_t frame)
{
    return 1.5f * tone(311, 0, frame) + 0.9f * tone(2489, 1, frame) + 0.4f * tone(7902, 2, frame);
}

// Like loudening speech: overs at changing heights, some while the gain is still coming back.
static float swelling_tone(size_t frame)
{
    return (1 + 0.8f * tone(1.7, 0, frame)) * tone(233, 0, frame);
}

static signal_at *const overs[] = {far_too_loud_tone, hidden_peaks, hidden_pulse, hidden_quarter,
                                   short_bursts,      clicks,       square,       direct_current,
                                   loud_chord,        swelling_tone};
enum { OVERS = sizeof overs / sizeof overs[0] };

static struct pair *make(signal_at *left, signal_at *right)
{
    struct pair *pairs = malloc(FRAMES * sizeof *pairs);
    assert_non_null(pairs);
    for (size_t f = 0; f < FRAMES; f++)
        pairs[f] = (struct pair){left(f), right(f)};
    return pairs;
}

static bool limit(struct pair *pairs, size_t block)
{
    struct limiter *limiter = malloc(sizeof *limiter);
    assert_non_null(limiter);
    limiter_init(limiter);
    bool limited = false;
    for (size_t done = 0; done < FRAMES; done += block) {
        size_t frames = FRAMES - done < block ? FRAMES - done : block;
        limited |= limiter_process(limiter, &pairs[done].left, frames);
    }
    free(limiter);
    return limited;
}

static void idle_is_a_pure_delay(void **state)
{
    (void)state;
    struct pair *before = make(soft_noise, loud_tone);
    struct pair *after = make(soft_noise, loud_tone);
    assert_false(limit(after, 512));
    for (size_t f = 0; f < LIMITER_DELAY_FRAMES; f++)
        assert_true(after[f].left == 0.0f && after[f].right == 0.0f);
    assert_memory_equal(after + LIMITER_DELAY_FRAMES, before,
                        (FRAMES - LIMITER_DELAY_FRAMES) * sizeof *before);
    free(before);
    free(after);
}

static double true_peak(const struct pair *pairs)
{
    ebur128_state *meter = ebur128_init(2, RATE, EBUR128_MODE_TRUE_PEAK);
    assert_non_null(meter);
    assert_int_equal(ebur128_add_frames_float(meter, &pairs->left, FRAMES), EBUR128_SUCCESS);
    double left = 0, right = 0;
    assert_int_equal(ebur128_true_peak(meter, 0, &left), EBUR128_SUCCESS);
    assert_int_equal(ebur128_true_peak(meter, 1, &right), EBUR128_SUCCESS);
    ebur128_destroy(&meter);
    return 20 * log10(left > right ? left : right);
}

static void true_peak_stays_below_the_ceiling(void **state)
{
    (void)state;
    for (size_t i = 0; i < OVERS; i++) {
        struct pair *pairs = make(overs[i], overs[i]);
        assert_true(limit(pairs, 64));
        float highest = 0;
        for (size_t f = 0; f < FRAMES; f++)
            highest = fmaxf(highest, fmaxf(fabsf(pairs[f].left), fabsf(pairs[f].right)));
        double peak_db = true_peak(pairs);
        print_message("overs %zu: sample peak %.4f, true peak %.2f dBTP\n", i, (double)highest,
                      peak_db);
        assert_true(highest <= LIMITER_CEILING * 1.000001f);
        assert_true(peak_db <= -1.5);
        assert_true(peak_db > -8); // it limits, it does not mute
        free(pairs);
    }
}

static float thousandth(size_t frame)
{
    (void)frame;
    return 0.0009765625f; // a power of two, so that output / input is the gain exactly
}

// Beside the overs, a small constant shows the gain: it moves slowly, and returns to exactly 1.
static void gain_is_smooth_and_returns_to_unity(void **state)
{
    (void)state;
    struct pair *pairs = make(short_bursts, thousandth);
    for (size_t f = 2 * RATE; f < FRAMES; f++)
        pairs[f].left = 0.1f;
    limit(pairs, 512);
    float steepest = 0, lowest = 1;
    for (size_t f = LIMITER_DELAY_FRAMES + 1; f < FRAMES; f++) {
        float gain = pairs[f].right / thousandth(0);
        steepest = fmaxf(steepest, fabsf(gain - pairs[f - 1].right / thousandth(0)));
        lowest = fminf(lowest, gain);
    }
    print_message("lowest gain %.3f, steepest %.5f a frame\n", (double)lowest, (double)steepest);
    assert_true(lowest < 0.25f);
    assert_true(steepest <= 1.001f / LIMITER_BOX_FRAMES);
    for (size_t f = 2 * RATE + RATE / 2 + 2000; f < FRAMES; f++)
        assert_true(pairs[f].right == thousandth(0) && pairs[f].left == 0.1f);
    free(pairs);
}

static void block_sizes_make_no_difference(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 7, 64, 4096};
    struct pair *first = make(short_bursts, loud_chord);
    limit(first, 512);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct pair *other = make(short_bursts, loud_chord);
        limit(other, blocks[i]);
        assert_memory_equal(first, other, FRAMES * sizeof *first);
        free(other);
    }
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_is_a_pure_delay),
        cmocka_unit_test(true_peak_stays_below_the_ceiling),
        cmocka_unit_test(gain_is_smooth_and_returns_to_unity),
        cmocka_unit_test(block_sizes_make_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
