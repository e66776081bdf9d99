// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_suffix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_replaced(const char *audio_path, const char *suffix, const char *expected)
{
    char path[CATALOGUE_PATH_MAX];
    assert_int_equal(export_suffix_replace(path, audio_path, suffix, NULL), STATUS_OK);
    assert_string_equal(path, expected);
}

static void test_suffix(void **state)
{
    (void)state;
    assert_replaced("calm.flac", ".vtt", "calm.vtt");
    assert_replaced("a.b/calm", ".vtt", "a.b/calm.vtt");
    assert_replaced("a.b/c.d.wav", ".voice.wav", "a.b/c.d.voice.wav");
    assert_replaced("a/.wav", ".vtt", "a/.wav.vtt"); // a hidden file without an extension
    assert_replaced(".wav", ".vtt", ".wav.vtt");
}

static void test_too_long(void **state)
{
    (void)state;
    char audio_path[CATALOGUE_PATH_MAX];
    char path[CATALOGUE_PATH_MAX];
    memset(audio_path, 'a', sizeof audio_path);
    strcpy(audio_path + sizeof audio_path - 5, ".wav");
    assert_int_equal(export_suffix_replace(path, audio_path, ".txt", NULL), STATUS_OK);
    assert_int_equal(export_suffix_replace(path, audio_path, ".html", NULL), STATUS_BAD_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suffix),
        cmocka_unit_test(test_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
