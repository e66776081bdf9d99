// SPDX-License-Identifier: GPL-3.0-or-later
#include "touch_words.h"

#include "fixture.h"
#include "touch_check.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// What every such file must say, in a few lines.
#define SAYS                                                                                     \
    "say first: a\nsay second: a\nsay contact-end: a\nsay move-end: a\nsay again: a\n"           \
    "say afterwards: a\nsay rest: a\nsay seconds: a\nsay minute: a\nsay minutes: a\nsay to: a\n" \
    "say times: a\nsay of-ten: a\nsay ball: a\nsay roller: a\nsay towel: a\nsay wall: a\n"       \
    "say chair: a\nsay mat: a\n"

struct file {
    struct arena arena;
    struct touch_words words;
    struct diagnostics list;
};

static void open_file(struct file *file, struct text data)
{
    file->arena = ARENA_INIT;
    diagnostics_init(&file->list, "touch");
    assert_int_equal(touch_words_parse(&file->words, &file->arena, data, &file->list), STATUS_OK);
    touch_check(&file->words, &file->list);
}

static void close_file(struct file *file)
{
    diagnostics_free(&file->list);
    arena_free(&file->arena);
}

static void test_shipped(void **state)
{
    (void)state;
    static const char *const paths[] = {LOOSEN_SOURCE_DIR "/scripts/en/touch",
                                        LOOSEN_SOURCE_DIR "/scripts/de/touch"};
    for (size_t i = 0; i < 2; i++) {
        struct buffer data = fixture_read(paths[i]);
        struct file file;
        open_file(&file, buffer_text(&data));
        assert_int_equal(file.list.count, 0);
        close_file(&file);
        buffer_free(&data);
    }
}

// Of each kind the longest phrase counts, and a word may be of several.
static void test_search(void **state)
{
    (void)state;
    struct file file;
    struct touch_found found;
    open_file(&file, TEXT("region hands: hand, hand*\ntool hands: hand\nleft: left, lefts\n"
                          "right: right, rights\ntimes 2: twice\nmove knee-rolls: roll ... knees\n"
                          "seconds 30: half a minute\n" SAYS));
    assert_int_equal(file.list.count, 0);
    struct text said = TEXT("Hands, roll slowly both knees, rights, half a minute");
    touch_words_search(&file.words, said, 0, &found);
    assert_int_equal(found.ends[TOUCH_REGION], 5);
    assert_null(found.words[TOUCH_TOOL]);
    touch_words_search(&file.words, said, 7, &found);
    assert_true(text_equal_c(found.words[TOUCH_MOVE]->name, "knee-rolls"));
    assert_int_equal(found.ends[TOUCH_MOVE], 29);
    touch_words_search(&file.words, said, 31, &found);
    assert_int_equal(found.words[TOUCH_RIGHT]->order, 1);
    assert_true(text_equal_c(file.words.forms[SIDE_LEFT][1], "lefts"));
    touch_words_search(&file.words, said, 39, &found);
    assert_int_equal(found.words[TOUCH_SECONDS]->value, 30);
    close_file(&file);
}

static void expect_fault(struct text data, const char *rule, int line, int column)
{
    struct file file;
    open_file(&file, data);
    assert_int_equal(file.list.count, 1);
    assert_string_equal(file.list.items[0].rule, rule);
    assert_int_equal(file.list.items[0].line, line);
    assert_int_equal(file.list.items[0].column, column);
    close_file(&file);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault(TEXT("left left\n"), "touch-line", 1, 1);
    expect_fault(TEXT("lift: left\n"), "touch-kind", 1, 1);
    expect_fault(TEXT("say nothing: x\n"), "touch-kind", 1, 5);
    expect_fault(TEXT("region: low back\n"), "touch-name", 1, 1);
    expect_fault(TEXT("left now: left\n"), "touch-name", 1, 6);
    expect_fault(TEXT("times often: x\n"), "touch-name", 1, 7);
    expect_fault(TEXT("to: or, 2\n"), "touch-word", 1, 9);
    expect_fault(TEXT("to: or,, to\n"), "touch-empty", 1, 8);
    expect_fault(TEXT("to: or\nto: or\n"), "touch-twice", 2, 5);
    expect_fault(TEXT("say to: to\nsay to: to\n"), "touch-twice", 2, 5);
    expect_fault(TEXT("say to:\n"), "touch-empty", 1, 5);
    expect_fault(TEXT("left: left\nright: right, rights\n" SAYS), "touch-missing", 21, 1);
    expect_fault(TEXT("region lowback: low back\nleft: l\nright: r\n" SAYS), "touch-name", 1, 8);
    expect_fault(TEXT("move Tilt: tilt\nleft: l\nright: r\n" SAYS), "touch-name", 1, 6);
}

static void test_missing(void **state)
{
    (void)state;
    struct file file;
    open_file(&file, TEXT("left: left\nright: right\n"));
    assert_int_equal(file.list.errors, SAY_COUNT);
    assert_string_equal(file.list.items[0].rule, "touch-missing");
    assert_true(text_equal_c(file.list.items[0].message, "there is no line \"say first\""));
    close_file(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
