// SPDX-License-Identifier: GPL-3.0-or-later
// Lists written by hand, of which two files would have one name.
#include "export_collisions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// Find what is wrong with two exports; NULL: nothing. There is no more than one problem.
static const char *find(struct export_list *list, const struct settings *settings, const char *one,
                        const char *other)
{
    static struct export_item items[2];
    items[0].path = one;
    items[1].path = other;
    *list = (struct export_list){.arena = ARENA_INIT, .items = items, .count = 2};
    assert_int_equal(export_collisions_find(list, settings, NULL), STATUS_OK);
    assert_int_equal(list->wrong, list->problems ? 1 : 0);
    assert_null(list->problems ? list->problems->next : NULL);
    return list->problems ? list->problems->text : NULL;
}

static void test_two_names_are_fine(void **state)
{
    (void)state;
    struct export_list list;
    const struct settings settings = {
        .form = {.captions = 1 << CAPTION_VTT, .transcript = true, .stems = true},
        .run = {.manifest = true}};
    assert_null(find(&list, &settings, "calm.wav", "wall.wav"));
    arena_free(&list.arena);
    assert_null(find(&list, &settings, "a/calm.wav", "b/calm.wav"));
    arena_free(&list.arena);
}

static void test_one_name_twice_is_told_once(void **state)
{
    (void)state;
    struct export_list list;
    const struct settings settings = {.form = {.captions = 1 << CAPTION_VTT, .transcript = true}};
    const char *text = find(&list, &settings, "calm.wav", "calm.wav");
    assert_non_null(text);
    assert_non_null(strstr(text, "more than one export would be calm.wav"));
    assert_string_equal(list.problems->file, "calm.wav");
    assert_null(list.problems->left_out);
    arena_free(&list.arena);
}

static void test_captions_of_two_formats(void **state)
{
    (void)state;
    struct export_list list;
    const struct settings plain = {.form = {.bits = 16}};
    const struct settings captions = {.form = {.captions = 1 << CAPTION_SRT}};
    assert_null(find(&list, &plain, "calm.wav", "calm.flac"));
    arena_free(&list.arena);
    const char *text = find(&list, &captions, "calm.wav", "calm.flac");
    assert_non_null(text);
    assert_string_equal(text,
                        "calm.flac and calm.wav would both write calm.srt: give them other names");
    arena_free(&list.arena);
}

static void test_a_stem_and_an_audio(void **state)
{
    (void)state;
    struct export_list list;
    const struct settings settings = {.form = {.stems = true}};
    const char *text = find(&list, &settings, "calm.wav", "calm.voice.wav");
    assert_non_null(text);
    assert_non_null(strstr(text, "would both write calm.voice.wav"));
    arena_free(&list.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_names_are_fine),
        cmocka_unit_test(test_one_name_twice_is_told_once),
        cmocka_unit_test(test_captions_of_two_formats),
        cmocka_unit_test(test_a_stem_and_an_audio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
