// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include "duration.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { ARGS_MAX = 16 };

// Parse a command line given as words separated by single spaces.
static enum status parse(struct settings *settings, enum command command, const char *line,
                         struct error *error)
{
    static char memory[512];
    static char *args[ARGS_MAX + 2];
    int count = 0;
    strcpy(memory, line);
    args[0] = memory; // stands for the command's name, which getopt skips
    for (char *word = strtok(memory, " "); word && count < ARGS_MAX; word = strtok(NULL, " "))
        args[++count] = word;
    args[count + 1] = NULL;
    return settings_parse(settings, command, count, args + 1, error);
}

static void assert_refused(enum command command, const char *line, const char *part)
{
    struct settings settings;
    struct error error;
    assert_int_equal(parse(&settings, command, line, &error), STATUS_BAD_ARGUMENT);
    if (!strstr(error.text, part))
        fail_msg("\"%s\": \"%s\" does not name \"%s\"", line, error.text, part);
}

static void test_defaults(void **state)
{
    (void)state;
    struct settings settings;
    assert_int_equal(parse(&settings, COMMAND_PLAY, "", NULL), STATUS_OK);
    assert_int_equal(settings.operand_count, 0);
    assert_int_equal(settings.length_frames, 0);
    assert_string_equal(settings.language, "en");
    assert_int_equal(settings.bits, 16);
    assert_true(settings.breaths == 6.0);
}

static void test_values(void **state)
{
    (void)state;
    struct settings settings;
    assert_int_equal(parse(&settings, COMMAND_EXPORT,
                           "one -t 7:30 --breath 4.5 --levels voice=-2.5,cue=+3 two --bits float "
                           "--seed 9 --no-scene -o x.wav",
                           NULL),
                     STATUS_OK);
    assert_int_equal(settings.length_frames, (int64_t)450 * FRAME_RATE);
    assert_true(settings.breaths == 4.5);
    assert_true(settings.levels_db[0] == -2.5);
    assert_true(settings.levels_db[1] == 0);
    assert_true(settings.levels_db[2] == 3);
    assert_int_equal(settings.bits, 32);
    assert_int_equal(settings.seed, 9);
    assert_true(settings.no_scene);
    assert_string_equal(settings.output, "x.wav");
    assert_int_equal(settings.operand_count, 2);
    assert_string_equal(settings.operands[0], "one");
    assert_string_equal(settings.operands[1], "two");
}

static void test_twice(void **state)
{
    (void)state;
    struct settings settings;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(parse(&settings, COMMAND_PLAN, "a --json", NULL), STATUS_OK);
        assert_true(settings.json);
        assert_string_equal(settings.operands[0], "a");
    }
}

static void test_dashes_end_options(void **state)
{
    (void)state;
    struct settings settings;
    assert_int_equal(parse(&settings, COMMAND_CHECK, "-- -odd.session", NULL), STATUS_OK);
    assert_int_equal(settings.operand_count, 1);
    assert_string_equal(settings.operands[0], "-odd.session");
}

static void test_refusals(void **state)
{
    (void)state;
    assert_refused(COMMAND_PLAN, "a -t 0", "--length");
    assert_refused(COMMAND_PLAN, "a -t 25h", "--length");
    assert_refused(COMMAND_PLAN, "a -t -5", "--length");
    assert_refused(COMMAND_PLAN, "a --length", "needs a value");
    assert_refused(COMMAND_PLAN, "a --breath 4.4", "--breath");
    assert_refused(COMMAND_PLAN, "a --breath 8.1", "--breath");
    assert_refused(COMMAND_PLAN, "a --lang ../x", "--lang");
    assert_refused(COMMAND_PLAN, "a --rate 79", "--rate");
    assert_refused(COMMAND_PLAN, "a --output x", "--output");
    assert_refused(COMMAND_PLAN, "a --jsn", "did you mean --json");
    assert_refused(COMMAND_PLAN, "a -z", "-z");
    assert_refused(COMMAND_EXPORT, "a --levels voice=13", "--levels");
    assert_refused(COMMAND_EXPORT, "a --levels voice=-61", "--levels");
    assert_refused(COMMAND_EXPORT, "a --levels vioce=1", "--levels");
    assert_refused(COMMAND_EXPORT, "a --bits 8", "--bits");
    assert_refused(COMMAND_EXPORT, "a --scene shore --no-scene", "exclude");
    assert_refused(COMMAND_EXPORT, "a --seed 1.5", "--seed");
    assert_refused(COMMAND_EXPORT, "a --scene-only pad", "without a session");
    assert_refused(COMMAND_PLAY, "--scene-only pad --scene shore", "takes the place");
    assert_refused(COMMAND_PLAN, "--scene-only pad", "--scene-only");
    assert_refused(COMMAND_PLAY, "--scene-only pad --voice de", "--voice is for a session");
    assert_refused(COMMAND_EXPORT, "--scene-only pad --rate 200", "--rate is for a session");
    assert_refused(COMMAND_PLAY, "--scene-only pad --breath natural", "--breath is for a session");
    assert_refused(COMMAND_PLAY, "--scene-only pad --flex", "--flex is for a session");
    assert_refused(COMMAND_PLAN, "a -t x", "--length takes LENGTH, not \"x\": 12 (minutes)");
}

static void test_help_has_every_option_once(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    settings_help(COMMAND_EXPORT, &out);
    const char *first = strstr(out.data, "--output FILE");
    assert_non_null(first);
    assert_null(strstr(first + 1, "--output FILE"));
    assert_null(strstr(out.data, "--device"));
    buffer_free(&out);
}

// All explanations begin in one column.
static void test_help_is_aligned(void **state)
{
    (void)state;
    const size_t column = 30;
    for (int command = 0; command < COMMAND_COUNT; command++) {
        struct buffer out = BUFFER_INIT;
        settings_help((enum command)command, &out);
        int lines = 0;
        for (const char *line = out.data; *line; line = strchr(line, '\n') + 1, lines++) {
            assert_true(strcspn(line, "\n") > column);
            assert_true(line[column - 1] == ' ' && line[column - 2] == ' ' && line[column] != ' ');
        }
        assert_true(lines > 0);
        buffer_free(&out);
    }
}

static void test_list_has_a_length_of_its_own(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    settings_help(COMMAND_LIST, &out);
    assert_non_null(strstr(out.data, "only sessions that fit"));
    assert_null(strstr(out.data, "the session's own"));
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),        cmocka_unit_test(test_values),
        cmocka_unit_test(test_twice),           cmocka_unit_test(test_dashes_end_options),
        cmocka_unit_test(test_refusals),        cmocka_unit_test(test_help_has_every_option_once),
        cmocka_unit_test(test_help_is_aligned), cmocka_unit_test(test_list_has_a_length_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
