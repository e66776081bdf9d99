// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_list(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "o/calm.voice.wav", "o/calm.scene.wav", "o/calm.cue.wav",
        "o/calm.vtt",       "o/calm.srt",       "o/calm.lrc",
        "o/calm.txt",       "o/calm.html",      "o/calm.opus.manifest"};
    static struct export_paths paths;
    struct settings settings = {
        .form = {.stems = true,
                 .captions = 1 << CAPTION_VTT | 1 << CAPTION_SRT | 1 << CAPTION_LRC,
                 .transcript = true,
                 .page = true},
        .run = {.manifest = true}};
    assert_int_equal(export_paths_list(&paths, &settings, "o/calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < paths.count; i++)
        assert_string_equal(paths.paths[i], expected[i]);
    settings = (struct settings){.form.transcript = true};
    assert_int_equal(export_paths_list(&paths, &settings, "calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, 1);
    assert_string_equal(paths.paths[0], "calm.txt");
    settings = (struct settings){.form.transcript = false};
    assert_int_equal(export_paths_list(&paths, &settings, "calm.opus", NULL), STATUS_OK);
    assert_int_equal(paths.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
