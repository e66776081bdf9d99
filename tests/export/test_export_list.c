// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions of the source tree, times languages, times lengths.
#include "export_list.h"

#include "duration.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MINUTES(count) ((int64_t)(count)*60 * FRAME_RATE)

static int find_data(void **state)
{
    (void)state;
    return setenv("LOOSEN_DATA", LOOSEN_SOURCE_DIR, 1);
}

static struct settings ask(const char *const *operands, size_t count, const char *language,
                           const char *lengths)
{
    return (struct settings){.operands = operands,
                             .operand_count = count,
                             .what = {.language = language, .length.list = lengths, .breaths = 6},
                             .form = {.bits = 16}};
}

static void test_several_files_are_a_list(void **state)
{
    (void)state;
    static const char *const two[] = {"wall-ball", "evening"};
    struct settings settings = ask(two, 1, "en", "10");
    assert_false(export_list_is_wanted(&settings));
    settings = ask(two, 2, "en", "10");
    assert_true(export_list_is_wanted(&settings));
    settings = ask(two, 1, "en", "10,20");
    assert_true(export_list_is_wanted(&settings));
    settings = ask(two, 1, "en,de", NULL);
    assert_true(export_list_is_wanted(&settings));
    settings = ask(two, 1, "en", NULL);
    settings.run.jobs = 1;
    assert_true(export_list_is_wanted(&settings));
}

static void test_each_combination_is_one_file(void **state)
{
    (void)state;
    static const char *const one[] = {"slow-tide"};
    static const char *const paths[] = {"slow-tide-en-10m.wav", "slow-tide-en-20m.wav",
                                        "slow-tide-de-10m.wav", "slow-tide-de-20m.wav"};
    struct export_list list;
    struct error error;
    const struct settings settings = ask(one, 1, "en,de", "10,20");
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_OK);
    assert_null(list.problems);
    assert_true(list.several_languages);
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.items[i].path, paths[i]);
        assert_string_equal(list.items[i].subject.session, "slow-tide");
        assert_string_equal(list.items[i].subject.language, i < 2 ? "en" : "de");
        assert_int_equal(list.items[i].subject.length_frames, MINUTES(i % 2 ? 20 : 10));
    }
    export_list_free(&list);
}

static void test_what_no_session_has_is_a_problem(void **state)
{
    (void)state;
    static const char *const one[] = {"wall-ball"};
    struct export_list list;
    struct error error;
    const struct settings settings = ask(one, 1, "en", "10,80");
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.impossible, 1);
    assert_int_equal(list.wrong, 0);
    assert_non_null(strstr(list.problems->text, "wall-ball runs from "));
    assert_int_equal(strncmp(list.problems->left_out, "wall-ball in en at 1:20:00 (", 28), 0);
    assert_null(list.problems->next);
    export_list_free(&list);
}

static void test_what_nobody_has_ends_it(void **state)
{
    (void)state;
    static const char *const none[] = {"wall-bal"};
    static const char *const one[] = {"wall-ball"};
    struct export_list list;
    struct error error;
    struct settings settings = ask(none, 1, "en", "10,20");
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "did you mean \"wall-ball\"?"));
    export_list_free(&list);
    settings = ask(one, 1, "en,xx", "10");
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_NOT_FOUND);
    assert_non_null(strstr(error.text, "there is no language \"xx\""));
    export_list_free(&list);
    settings = ask(one, 1, "en", "10,20");
    settings.run.output = "-";
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text, "-o - can take one export only");
    export_list_free(&list);
}

static void test_a_job_has_all_that_makes_its_file(void **state)
{
    (void)state;
    static const char *const one[] = {"wall-ball"};
    static const char *const words[] = {"wall-ball",      "--length=10m",       "--lang=en",
                                        "--captions=vtt", "--output={{x}}.wav", "--resume",
                                        "--force"};
    struct export_list list;
    struct error error;
    struct arguments arguments;
    struct settings settings = ask(one, 1, "en", "10");
    settings.run.output = "{{x}}.wav";
    settings.run.force = true;
    settings.given[settings.given_count++] = (struct given_option){"captions", "vtt", GROUP_FORM};
    settings.given[settings.given_count++] = (struct given_option){"jobs", "2", GROUP_RUN};
    assert_int_equal(export_list_build(&list, &settings, &error), STATUS_OK);
    assert_string_equal(list.items[0].path, "{x}.wav");
    export_list_arguments(&arguments, &list.items[0], &settings);
    assert_false(arguments.failed);
    assert_int_equal(arguments.count, sizeof words / sizeof *words);
    for (size_t i = 0; i < arguments.count; i++)
        assert_string_equal(arguments.words[i], words[i]);
    arguments_free(&arguments);
    export_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_files_are_a_list),
        cmocka_unit_test(test_each_combination_is_one_file),
        cmocka_unit_test(test_what_no_session_has_is_a_problem),
        cmocka_unit_test(test_what_nobody_has_ends_it),
        cmocka_unit_test(test_a_job_has_all_that_makes_its_file),
    };
    return cmocka_run_group_tests(tests, find_data, NULL);
}
