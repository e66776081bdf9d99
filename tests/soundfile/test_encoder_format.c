// SPDX-License-Identifier: GPL-3.0-or-later
// Which format a name asks for, which rates a format has, and how long a resampled file is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "encoder_format.h"

static void test_extension_chooses(void **state)
{
    (void)state;
    const struct {
        const char *path;
        int bits;
        enum encoder_format format;
    } cases[] = {
        {"a.wav", 16, ENCODER_WAV_16},       {"a.wav", 24, ENCODER_WAV_24},
        {"a.wav", 32, ENCODER_WAV_FLOAT},    {"-", 16, ENCODER_WAV_16},
        {"-", 32, ENCODER_WAV_FLOAT},        {"x/y.mp3/a.flac", 16, ENCODER_FLAC_16},
        {"a.mp3.FLAC", 24, ENCODER_FLAC_24}, {"a.ogg", 16, ENCODER_VORBIS},
        {"/a.Opus", 16, ENCODER_OPUS},       {"a b.MP3", 16, ENCODER_MP3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum encoder_format format = ENCODER_FORMATS;
        assert_int_equal(encoder_format_from_path(&format, cases[i].path, cases[i].bits, NULL),
                         STATUS_OK);
        assert_int_equal(format, cases[i].format);
    }
}

static void assert_refused(const char *path, int bits, const char *text)
{
    struct error error = {0};
    enum encoder_format format = ENCODER_OPUS;
    assert_int_equal(encoder_format_from_path(&format, path, bits, &error), STATUS_BAD_ARGUMENT);
    assert_int_equal(format, ENCODER_OPUS);
    if (!strstr(error.text, text))
        fail_msg("\"%s\" does not contain \"%s\"", error.text, text);
}

static void test_other_names_are_refused(void **state)
{
    (void)state;
    const char *const names[] = {"a",      "",     ".wav", "x/.ogg", "a.wav/",
                                 "a.wave", "awav", "--",   "a.aac"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_refused(names[i], 16, "does not end in .wav, .flac, .ogg, .opus or .mp3");
}

static void test_bits_are_refused_where_there_are_none(void **state)
{
    (void)state;
    assert_refused("a.flac", 32, "FLAC files cannot have float samples");
    assert_refused("a.ogg", 24, "Ogg Vorbis files cannot have 24 bits");
    assert_refused("a.opus", 32, "Opus files cannot have float samples");
    assert_refused("a.mp3", 24, "MP3 files cannot have 24 bits");
}

static void test_rates(void **state)
{
    (void)state;
    const int all[] = {8000,  11025, 12000, 16000, 22050,  24000, 32000,
                       44100, 48000, 88200, 96000, 176400, 192000};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(encoder_format_check_rate(ENCODER_WAV_16, all[i], NULL), STATUS_OK);
        assert_int_equal(encoder_format_check_rate(ENCODER_FLAC_24, all[i], NULL), STATUS_OK);
        enum status low = all[i] == 44100 || all[i] == 48000 ? STATUS_OK : STATUS_BAD_ARGUMENT;
        assert_int_equal(encoder_format_check_rate(ENCODER_VORBIS, all[i], NULL), low);
        assert_int_equal(encoder_format_check_rate(ENCODER_MP3, all[i], NULL), low);
    }
    const int odd[] = {0, -1, 1, 7999, 44000, 96001, 384000};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(encoder_format_check_rate(ENCODER_WAV_16, odd[i], NULL),
                         STATUS_BAD_ARGUMENT);
}

static void test_rates_that_are_refused(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(encoder_format_check_rate(ENCODER_OPUS, 44100, &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text,
                        "the sample rate of Opus files cannot be 44100 Hz; it can be 48000");
    assert_int_equal(encoder_format_check_rate(ENCODER_OPUS, 24000, NULL), STATUS_BAD_ARGUMENT);
    assert_int_equal(encoder_format_check_rate(ENCODER_OPUS, 48000, NULL), STATUS_OK);
    assert_int_equal(encoder_format_check_rate(ENCODER_MP3, 8000, &error), STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "it can be 44100, 48000"));
}

static void test_frames_at_another_rate(void **state)
{
    (void)state;
    const struct {
        int64_t frames;
        int rate;
        int64_t want;
    } cases[] = {
        {28800000, 48000, 28800000},
        {28800000, 44100, 26460000},
        {1, 48000, 1},
        {1, 8000, 1},  // one at least
        {3, 8000, 1},  // 0.5
        {8, 8000, 1},  // 1.33
        {9, 8000, 2},  // 1.5
        {7, 44100, 6}, // 6.43
        {7, 192000, 28},
        {INT64_C(4147200000), 192000, INT64_C(16588800000)}, // 24 h
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(encoder_format_frames(cases[i].frames, cases[i].rate), cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_extension_chooses),
        cmocka_unit_test(test_other_names_are_refused),
        cmocka_unit_test(test_bits_are_refused_where_there_are_none),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_rates_that_are_refused),
        cmocka_unit_test(test_frames_at_another_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
