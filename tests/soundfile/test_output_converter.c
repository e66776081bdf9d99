// SPDX-License-Identifier: GPL-3.0-or-later
// From the mix to a file's rate and channels: how many frames, where they lie, and what is in them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "duration.h"
#include "encoder_format.h"
#include "output_converter.h"

#define TURN 6.283185307179586

enum { FRAMES = 3 * FRAME_RATE + 11 };

static const int rates[] = {8000,  11025, 12000, 16000, 22050,  24000, 32000,
                            44100, 48000, 88200, 96000, 176400, 192000};

enum { RATES = sizeof rates / sizeof *rates };

// What came out.
struct result {
    float *samples; // malloc'ed
    size_t count, capacity, blocks;
    bool short_block; // one that was not the last
    int channels;
    enum status answer; // of take
};

static enum status take(void *context, const float *samples, size_t frames, struct error *error)
{
    struct result *result = context;
    size_t count = frames * (size_t)result->channels;
    result->short_block |=
        result->blocks > 0 && result->count % (size_t)OUTPUT_CONVERTER_BLOCK_FRAMES;
    while (result->count + count > result->capacity) {
        result->capacity = 2 * result->capacity + 65536;
        result->samples = realloc(result->samples, result->capacity * sizeof *samples);
        assert_non_null(result->samples);
    }
    memcpy(result->samples + result->count, samples, count * sizeof *samples);
    result->count += count;
    result->blocks++;
    return result->answer == STATUS_OK ? STATUS_OK : error_set(error, result->answer, "no more");
}

// Left a tone of `left_hz`, right one of `right_hz`.
static float *tones(double left_hz, double right_hz, size_t frames)
{
    float *stereo = malloc(2 * frames * sizeof *stereo);
    assert_non_null(stereo);
    for (size_t i = 0; i < frames; i++) {
        stereo[2 * i] = (float)(0.7 * cos(TURN * left_hz * (double)i / FRAME_RATE));
        stereo[2 * i + 1] = (float)(0.7 * cos(TURN * right_hz * (double)i / FRAME_RATE));
    }
    return stereo;
}

static struct result convert(const float *stereo, size_t frames, int rate, int channels,
                             size_t step)
{
    struct result result = {.channels = channels};
    const struct output_converter_config config = {rate, channels, (int64_t)frames, take, &result};
    struct output_converter *converter;
    assert_int_equal(output_converter_new(&converter, &config, NULL), STATUS_OK);
    for (size_t done = 0; done < frames; done += step) {
        size_t part = frames - done < step ? frames - done : step;
        assert_int_equal(output_converter_write(converter, stereo + 2 * done, part, NULL),
                         STATUS_OK);
    }
    assert_int_equal(output_converter_end(converter, NULL), STATUS_OK);
    assert_int_equal(result.count, output_converter_frames(converter) * channels);
    assert_false(result.short_block);
    output_converter_free(converter);
    return result;
}

static void test_count_is_exact(void **state)
{
    (void)state;
    const size_t lengths[] = {1, 2, 7, 100, 4096, 4097, 8192, 48000, 100003};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        float *stereo = tones(300, 400, lengths[k]);
        for (size_t i = 0; i < RATES; i++) {
            struct result result = convert(stereo, lengths[k], rates[i], 2, lengths[k]);
            assert_int_equal(result.count / 2,
                             encoder_format_frames((int64_t)lengths[k], rates[i]));
            free(result.samples);
        }
        free(stereo);
    }
}

// Against the same tone made at the other rate: neither gain nor delay, to -100 dB.
static void test_tone_stays_where_it_is(void **state)
{
    (void)state;
    float *stereo = tones(997, 3001, FRAMES);
    for (size_t i = 0; i < RATES; i++) {
        struct result result = convert(stereo, FRAMES, rates[i], 2, 5000);
        size_t frames = result.count / 2;
        for (size_t k = frames / 6; k < frames - frames / 6; k++) {
            double time = (double)k / rates[i];
            assert_true(fabs((double)result.samples[2 * k] - 0.7 * cos(TURN * 997 * time)) < 1e-5);
            assert_true(fabs((double)result.samples[2 * k + 1] - 0.7 * cos(TURN * 3001 * time)) <
                        1e-5);
        }
        free(result.samples);
    }
    free(stereo);
}

static void test_nothing_folds_down(void **state)
{
    (void)state;
    float *stereo = tones(5100, 15000, FRAMES);
    struct result result = convert(stereo, FRAMES, 8000, 2, FRAMES);
    size_t frames = result.count / 2;
    for (size_t k = frames / 6; k < frames - frames / 6; k++)
        assert_true(fabsf(result.samples[2 * k]) < 1e-5f &&
                    fabsf(result.samples[2 * k + 1]) < 1e-5f);
    free(result.samples);
    free(stereo);
}

static void test_ends_are_silent(void **state)
{
    (void)state;
    float *stereo = tones(300, 400, FRAMES);
    for (size_t i = 0; i < RATES; i++) {
        if (rates[i] == FRAME_RATE)
            continue;
        struct result result = convert(stereo, FRAMES, rates[i], 2, FRAMES);
        const float *last = result.samples + result.count - 2;
        assert_true(result.samples[0] == 0 && result.samples[1] == 0);
        assert_true(last[0] == 0 && last[1] == 0);
        assert_true(fabsf(result.samples[2]) > 0.01f && fabsf(last[-2]) > 0.01f);
        free(result.samples);
    }
    free(stereo);
}

static void test_same_rate_is_untouched(void **state)
{
    (void)state;
    float *stereo = tones(300, 400, FRAMES);
    stereo[100] = NAN;
    struct result result = convert(stereo, FRAMES, FRAME_RATE, 2, 777);
    assert_memory_equal(result.samples, stereo, 2 * FRAMES * sizeof *stereo);
    free(result.samples);
    free(stereo);
}

static void test_splitting_changes_no_bit(void **state)
{
    (void)state;
    float *stereo = tones(300, 400, FRAMES);
    const size_t steps[] = {1, 63, 4096, 5001};
    for (int channels = 1; channels <= 2; channels++) {
        struct result whole = convert(stereo, FRAMES, 44100, channels, FRAMES);
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            struct result parts = convert(stereo, FRAMES, 44100, channels, steps[i]);
            assert_int_equal(parts.count, whole.count);
            assert_memory_equal(parts.samples, whole.samples, whole.count * sizeof(float));
            free(parts.samples);
        }
        free(whole.samples);
    }
    free(stereo);
}

static void test_mono_is_the_mean(void **state)
{
    (void)state;
    float *stereo = tones(300, 400, FRAMES);
    struct result result = convert(stereo, FRAMES, FRAME_RATE, 1, 1000);
    assert_int_equal(result.count, FRAMES);
    for (size_t i = 0; i < FRAMES; i++)
        assert_true(result.samples[i] == 0.5f * (stereo[2 * i] + stereo[2 * i + 1]));
    free(result.samples);
    free(stereo);
}

static void test_bad_samples_do_not_spread(void **state)
{
    (void)state;
    float *stereo = calloc(2 * FRAMES, sizeof *stereo);
    assert_non_null(stereo);
    stereo[5000] = NAN;
    stereo[9001] = INFINITY;
    struct result result = convert(stereo, FRAMES, 44100, 2, FRAMES);
    for (size_t i = 0; i < result.count; i++)
        assert_true(result.samples[i] == 0);
    free(result.samples);
    free(stereo);
}

static void test_frames_must_be_as_announced(void **state)
{
    (void)state;
    float stereo[20] = {0};
    for (int rate = 44100; rate <= 48000; rate += 3900) {
        struct result result = {.channels = 2};
        const struct output_converter_config config = {rate, 2, 8, take, &result};
        struct output_converter *converter;
        assert_int_equal(output_converter_new(&converter, &config, NULL), STATUS_OK);
        assert_int_equal(output_converter_write(converter, stereo, 9, NULL), STATUS_BAD_ARGUMENT);
        assert_int_equal(output_converter_write(converter, stereo, 7, NULL), STATUS_OK);
        assert_int_equal(output_converter_end(converter, NULL), STATUS_BAD_ARGUMENT);
        assert_int_equal(output_converter_write(converter, stereo, 1, NULL), STATUS_OK);
        result.answer = STATUS_IO;
        assert_int_equal(output_converter_end(converter, NULL), STATUS_IO);
        output_converter_free(converter);
        free(result.samples);
    }
    output_converter_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count_is_exact),
        cmocka_unit_test(test_tone_stays_where_it_is),
        cmocka_unit_test(test_nothing_folds_down),
        cmocka_unit_test(test_ends_are_silent),
        cmocka_unit_test(test_same_rate_is_untouched),
        cmocka_unit_test(test_splitting_changes_no_bit),
        cmocka_unit_test(test_mono_is_the_mean),
        cmocka_unit_test(test_bad_samples_do_not_spread),
        cmocka_unit_test(test_frames_must_be_as_announced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
