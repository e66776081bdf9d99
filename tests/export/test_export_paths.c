// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_replaced(const char *audio_path, const char *suffix, const char *expected)
{
    char path[CATALOGUE_PATH_MAX];
    assert_int_equal(export_paths_replace_suffix(path, audio_path, suffix, NULL), STATUS_OK);
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
    assert_int_equal(export_paths_replace_suffix(path, audio_path, ".txt", NULL), STATUS_OK);
    assert_int_equal(export_paths_replace_suffix(path, audio_path, ".html", NULL),
                     STATUS_BAD_ARGUMENT);
}

static void test_list(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "o/calm.voice.wav", "o/calm.scene.wav", "o/calm.cue.wav",
        "o/calm.vtt",       "o/calm.srt",       "o/calm.lrc",
        "o/calm.txt",       "o/calm.html",      "o/calm.opus.manifest"};
    static struct export_paths paths;
    struct settings settings = {.stems = true,
                                .captions = 1 << CAPTION_VTT | 1 << CAPTION_SRT | 1 << CAPTION_LRC,
                                .transcript = true,
                                .page = true,
                                .manifest = true};
    assert_int_equal(export_paths_list(&paths, &settings, "o/calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < paths.count; i++)
        assert_string_equal(paths.paths[i], expected[i]);
    settings = (struct settings){.transcript = true};
    assert_int_equal(export_paths_list(&paths, &settings, "calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, 1);
    assert_string_equal(paths.paths[0], "calm.txt");
    settings = (struct settings){.transcript = false};
    assert_int_equal(export_paths_list(&paths, &settings, "calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suffix),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
