// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines as users write them; then every row of the table, by values that follow from it.
#include "options.h"

#include "arguments.h"
#include "duration.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
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
    return options_parse(settings, command, count, args + 1, error);
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
    assert_int_equal(settings.what.length.first_frames, 0);
    assert_string_equal(settings.what.language, "en");
    assert_int_equal(settings.form.bits, 16);
    assert_true(settings.what.breaths == 6.0);
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
    assert_int_equal(settings.what.length.first_frames, (int64_t)450 * FRAME_RATE);
    assert_true(settings.what.breaths == 4.5);
    assert_true(settings.what.levels_db[0] == -2.5);
    assert_true(settings.what.levels_db[1] == 0);
    assert_true(settings.what.levels_db[2] == 3);
    assert_int_equal(settings.form.bits, 32);
    assert_int_equal(settings.what.seed, 9);
    assert_true(settings.what.no_scene);
    assert_string_equal(settings.run.output, "x.wav");
    assert_int_equal(settings.operand_count, 2);
    assert_string_equal(settings.operands[0], "one");
    assert_string_equal(settings.operands[1], "two");
}

static void test_the_last_one_counts(void **state)
{
    (void)state;
    struct settings settings;
    assert_int_equal(parse(&settings, COMMAND_PLAN, "a --breath natural --breath 5", NULL),
                     STATUS_OK);
    assert_true(settings.what.breaths == 5);
    assert_int_equal(parse(&settings, COMMAND_PLAN, "a --breath 5 --breath natural", NULL),
                     STATUS_OK);
    assert_true(settings.what.breaths == 0);
    assert_string_equal(settings_given(&settings, "breath")->value, "natural");
}

static void test_twice(void **state)
{
    (void)state;
    struct settings settings;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(parse(&settings, COMMAND_PLAN, "a --json", NULL), STATUS_OK);
        assert_true(settings.run.json);
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
    assert_refused(COMMAND_PLAY, "--scene-only pad --strict-end", "--strict-end is for a session");
    assert_refused(COMMAND_PLAY, "a --flex --strict-end", "exclude");
    assert_refused(COMMAND_EXPORT, "a --strict-end", "--strict-end");
    assert_refused(COMMAND_PLAN, "a -t x", "--length takes LENGTH, not \"x\": 12 (minutes)");
}

static void test_help_has_every_option_once(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    options_help(COMMAND_EXPORT, &out);
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
        options_help((enum command)command, &out);
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
    options_help(COMMAND_LIST, &out);
    assert_non_null(strstr(out.data, "only sessions that fit"));
    assert_null(strstr(out.data, "the session's own"));
    buffer_free(&out);
}

// ---- Every row ----------------------------------------------------------------------------------

enum { VALUE_MAX = 64, WORDS_MAX = 8 };

// A value that the row takes and that is not its default.
static void print_valid(char out[VALUE_MAX], const struct option_row *row)
{
    switch (row->kind) {
    case KIND_FLAG:
        out[0] = '\0';
        break;
    case KIND_TEXT:
        strcpy(out, "some text");
        break;
    case KIND_INTEGER:
        snprintf(out, VALUE_MAX, "%d", row->most);
        break;
    case KIND_DECIMAL:
        snprintf(out, VALUE_MAX, "%d.%03d", row->most / 1000, row->most % 1000);
        break;
    case KIND_ENUM:
        strcpy(out, row->names[1].name);
        break;
    case KIND_SET:
        snprintf(out, VALUE_MAX, "%s,%s", row->names[1].name, row->names[0].name);
        break;
    case KIND_LEVELS:
        snprintf(out, VALUE_MAX, "%s=-3.5,%s=%d", row->names[2].name, row->names[0].name,
                 row->most / 1000);
        break;
    case KIND_LENGTHS:
        strcpy(out, row->several ? "7:30,12" : "7:30");
        break;
    case KIND_LANGUAGES:
        strcpy(out, row->several ? "de,pt-br" : "de");
        break;
    }
}

// The nearest that it does not take.
static void print_invalid(char out[VALUE_MAX], const struct option_row *row)
{
    switch (row->kind) {
    case KIND_FLAG:
    case KIND_TEXT:
        out[0] = '\0';
        break;
    case KIND_INTEGER:
        snprintf(out, VALUE_MAX, "%d", row->most + 1);
        break;
    case KIND_DECIMAL:
        snprintf(out, VALUE_MAX, "%d.%03d", (row->most + 1) / 1000, (row->most + 1) % 1000);
        break;
    case KIND_ENUM:
        snprintf(out, VALUE_MAX, "%s,%s", row->names[0].name, row->names[1].name);
        break;
    case KIND_SET:
        snprintf(out, VALUE_MAX, "%s,%s", row->names[0].name, row->names[0].name);
        break;
    case KIND_LEVELS:
        snprintf(out, VALUE_MAX, "%s=%d.001", row->names[0].name, row->most / 1000);
        break;
    case KIND_LENGTHS:
        strcpy(out, row->several ? "7:30," : "7:30,12");
        break;
    case KIND_LANGUAGES:
        strcpy(out, row->several ? "de," : "de,en");
        break;
    }
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_field(const struct option_row *row, const struct settings *a,
                          const struct settings *b)
{
    const void *x = (const char *)a + row->offset;
    const void *y = (const char *)b + row->offset;
    switch (row->kind) {
    case KIND_FLAG:
        return *(const bool *)x == *(const bool *)y;
    case KIND_TEXT:
    case KIND_LANGUAGES:
        return is_same_text(*(const char *const *)x, *(const char *const *)y);
    case KIND_INTEGER:
    case KIND_ENUM:
    case KIND_SET:
        return *(const int *)x == *(const int *)y;
    case KIND_DECIMAL:
        return *(const double *)x == *(const double *)y;
    case KIND_LEVELS:
        return memcmp(x, y, SETTINGS_STEMS * sizeof(double)) == 0;
    case KIND_LENGTHS:
        return ((const struct length_choice *)x)->first_frames ==
                   ((const struct length_choice *)y)->first_frames &&
               is_same_text(((const struct length_choice *)x)->list,
                            ((const struct length_choice *)y)->list);
    }
    return false;
}

// --resume brings the manifest with it.
static bool is_implied(const struct option_row *other, const struct option_row *row)
{
    return strcmp(row->name, "resume") == 0 && strcmp(other->name, "manifest") == 0;
}

static bool is_scene_only(const struct option_row *row)
{
    return strcmp(row->name, "scene-only") == 0;
}

// The words of a command with this option alone; a scene alone has no operand.
struct words {
    char memory[WORDS_MAX][2 * VALUE_MAX];
    char *all[WORDS_MAX + 2]; // the first stands for the command's name
    int count;
};

static void add_word(struct words *words, const char *word)
{
    assert_true(words->count < WORDS_MAX);
    char *copy = strcpy(words->memory[words->count], word);
    words->all[++words->count] = copy;
    words->all[words->count + 1] = NULL;
}

static enum status parse_row(struct settings *settings, struct words *words, enum command command,
                             const struct option_row *row, const char *value, struct error *error)
{
    char option[VALUE_MAX];
    *words = (struct words){.count = 0};
    words->all[0] = words->memory[WORDS_MAX - 1];
    snprintf(option, sizeof option, "--%s", row->name);
    if (!is_scene_only(row))
        add_word(words, "calm");
    add_word(words, option);
    if (row->argument)
        add_word(words, value);
    return options_parse(settings, command, words->count, words->all + 1, error);
}

typedef void check_row(enum command command, const struct option_row *row);

static void for_each_row(check_row *check)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    assert_true(count > 40);
    for (size_t i = 0; i < count; i++)
        for (int command = 0; command < COMMAND_COUNT; command++)
            if (rows[i].commands & 1 << command)
                check((enum command)command, &rows[i]);
}

static void check_field(enum command command, const struct option_row *row)
{
    size_t count;
    char value[VALUE_MAX];
    struct words words, none;
    struct settings before, after;
    struct error error = {.status = STATUS_OK};
    const struct option_row *rows = option_rows(&count);
    none = (struct words){.count = 0};
    none.all[0] = none.memory[0];
    assert_int_equal(options_parse(&before, command, 0, none.all + 1, NULL), STATUS_OK);
    print_valid(value, row);
    if (parse_row(&after, &words, command, row, value, &error) != STATUS_OK)
        fail_msg("--%s %s: %s", row->name, value, error.text);
    for (size_t i = 0; i < count; i++) {
        const bool own = rows[i].offset == row->offset || is_implied(&rows[i], row);
        if (is_same_field(&rows[i], &before, &after) == own)
            fail_msg("--%s %s: the field of --%s %s", row->name, value, rows[i].name,
                     own ? "stays" : "changes");
    }
    assert_int_equal(after.given_count, 1);
    assert_string_equal(after.given[0].name, row->name);
}

static void test_each_row_sets_its_field_alone(void **state)
{
    (void)state;
    for_each_row(check_field);
}

static bool lies_in(const struct option_row *row, size_t offset, size_t size)
{
    return row->offset >= offset && row->offset < offset + size;
}

static void check_group(enum command command, const struct option_row *row)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    (void)command;
    for (size_t i = 0; i < count; i++)
        if ((rows[i].offset == row->offset) != (strcmp(rows[i].name, row->name) == 0))
            fail_msg("--%s and --%s share a field, or one has two", rows[i].name, row->name);
    const bool what = lies_in(row, offsetof(struct settings, what), sizeof(struct what));
    const bool form = lies_in(row, offsetof(struct settings, form), sizeof(struct form));
    const bool run = lies_in(row, offsetof(struct settings, run), sizeof(struct run));
    assert_true(what || form || run);
    if (what != (row->group == GROUP_WHAT || row->group == GROUP_SUBJECT) ||
        form != (row->group == GROUP_FORM) || run != (row->group == GROUP_RUN))
        fail_msg("--%s: the field lies in another group", row->name);
}

static void test_each_option_has_a_field_in_its_group(void **state)
{
    (void)state;
    for_each_row(check_group);
}

static void check_refusal(enum command command, const struct option_row *row)
{
    char value[VALUE_MAX];
    char expected[1024];
    struct words words;
    struct settings settings;
    struct error error;
    if (!row->argument)
        return;
    print_invalid(value, row);
    if (parse_row(&settings, &words, command, row, value, &error) != STATUS_BAD_ARGUMENT)
        fail_msg("--%s takes \"%s\"", row->name, value);
    snprintf(expected, sizeof expected, "--%s takes %s, not \"%s\": %s", row->name, row->argument,
             value, row->help);
    assert_int_equal(strncmp(error.text, expected, strlen(error.text)), 0);
    assert_true(strlen(error.text) > strlen(row->name) + strlen(row->argument));
}

static void test_each_row_refuses_with_its_help(void **state)
{
    (void)state;
    for_each_row(check_refusal);
}

// What a manifest, a job and a record hold.
static void check_round_trip(enum command command, const struct option_row *row)
{
    char value[VALUE_MAX];
    struct words words, again;
    struct settings before, after;
    struct arguments arguments;
    if (command != COMMAND_EXPORT)
        return;
    print_valid(value, row);
    assert_int_equal(parse_row(&before, &words, command, row, value, NULL), STATUS_OK);
    const struct export_subject subject = {is_scene_only(row) ? NULL : "calm", "de", 123 * 48000};
    arguments_init(&arguments, &before, &subject);
    assert_false(arguments.failed);
    const bool kept = row->group == GROUP_WHAT || row->group == GROUP_FORM;
    assert_int_equal(arguments.count, (subject.session ? 3 : 2) + (kept ? 1 : 0));
    again = (struct words){.count = 0};
    again.all[0] = again.memory[WORDS_MAX - 1];
    for (size_t i = 0; i < arguments.count; i++)
        add_word(&again, arguments.words[i]);
    assert_int_equal(options_parse(&after, command, again.count, again.all + 1, NULL), STATUS_OK);
    assert_string_equal(after.what.language, "de");
    assert_int_equal(after.what.length.first_frames, subject.length_frames);
    if (row->group != GROUP_SUBJECT && is_same_field(row, &before, &after) != kept)
        fail_msg("--%s is %s", row->name, kept ? "lost" : "kept");
    arguments_free(&arguments);
}

static void test_each_row_of_what_comes_out_is_handed_on(void **state)
{
    (void)state;
    for_each_row(check_round_trip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_the_last_one_counts),
        cmocka_unit_test(test_dashes_end_options),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_help_has_every_option_once),
        cmocka_unit_test(test_help_is_aligned),
        cmocka_unit_test(test_list_has_a_length_of_its_own),
        cmocka_unit_test(test_each_row_sets_its_field_alone),
        cmocka_unit_test(test_each_option_has_a_field_in_its_group),
        cmocka_unit_test(test_each_row_refuses_with_its_help),
        cmocka_unit_test(test_each_row_of_what_comes_out_is_handed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
