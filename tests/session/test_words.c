// SPDX-License-Identifier: GPL-3.0-or-later
#include "words.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// What is left in the middle of a session of so many seconds.
static void expect_left(const struct words *words, int64_t seconds, const char *text)
{
    struct buffer out = BUFFER_INIT;
    words_left(words, seconds * FRAME_RATE, &out);
    assert_string_equal(out.data, text);
    buffer_free(&out);
}

static void expect_length(const struct words *words, int64_t seconds, const char *text)
{
    struct buffer out = BUFFER_INIT;
    words_length(words, seconds * FRAME_RATE, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, text);
    buffer_free(&out);
}

static void expect_quiet(const struct words *words, int64_t seconds, const char *text)
{
    struct buffer out = BUFFER_INIT;
    words_quiet(words, seconds * FRAME_RATE, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, text);
    buffer_free(&out);
}

// The words that are shipped.
static void test_english(void **state)
{
    (void)state;
    struct buffer data = fixture_read(LOOSEN_SOURCE_DIR "/scripts/en/words");
    struct words words;
    struct diagnostics list;
    diagnostics_init(&list, "words");
    words_parse(&words, buffer_text(&data), &list);
    assert_int_equal(list.errors, 0);
    assert_true(text_equal_c(words.side[SIDE_LEFT], "left"));
    assert_true(text_equal_c(words.side[SIDE_RIGHT], "right"));
    assert_true(text_equal_c(words.number[90], "ninety"));
    expect_length(&words, 60, "one minute");
    expect_length(&words, 90, "one and a half minutes");
    expect_length(&words, 120, "two minutes");
    expect_length(&words, 450, "seven and a half minutes");
    expect_length(&words, 600, "ten minutes");
    expect_length(&words, 479, "about eight minutes");
    expect_length(&words, 481, "about eight minutes");
    expect_length(&words, 509, "about eight minutes");
    expect_length(&words, 511, "about nine minutes");
    expect_length(&words, 5400, "ninety minutes");
    expect_length(&words, 5460, "91 minutes");
    expect_length(&words, 30, "about one minute");
    expect_length(&words, 1, "about one minute");
    expect_left(&words, 120, "one minute");
    expect_left(&words, 170, "one and a half minutes");
    expect_left(&words, 421, "three and a half minutes");
    expect_left(&words, 465, "four minutes");
    expect_left(&words, 540, "five minutes");
    expect_left(&words, 535, "four minutes");
    expect_left(&words, 600, "five minutes");
    expect_left(&words, 1190, "ten minutes");
    expect_left(&words, 5400, "forty-five minutes");
    expect_quiet(&words, 20, "quiet, one minute");
    expect_quiet(&words, 74, "quiet, one minute");
    expect_quiet(&words, 75, "quiet, one and a half minutes");
    expect_quiet(&words, 605, "quiet, ten minutes");
    assert_true(text_equal_c(words_scene(&words, TEXT("shore")), "waves, slowly rising"));
    assert_int_equal(words_scene(&words, TEXT("sho")).size, 0);
    diagnostics_free(&list);
    buffer_free(&data);
}

static void test_missing_keys(void **state)
{
    (void)state;
    struct words words;
    struct diagnostics list;
    diagnostics_init(&list, "words");
    words_parse(&words, TEXT("// nothing\nleft: left\nnumber 3: three\n"), &list);
    assert_int_equal(list.errors, 17 + 89); // all keys but left, company, all numbers but 3
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.items[i].rule, "words-missing");
        assert_int_equal(list.items[i].line, 3);
    }
    diagnostics_free(&list);
}

static void expect_fault(struct text data, const char *rule, int line, int column)
{
    struct words words;
    struct diagnostics list;
    diagnostics_init(&list, "words");
    words_parse(&words, data, &list);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, rule);
    assert_int_equal(list.items[0].line, line);
    assert_int_equal(list.items[0].column, column);
    diagnostics_free(&list);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault(TEXT("left\n"), "words-line", 1, 1);
    expect_fault(TEXT("\n lefty: left\n"), "words-key", 2, 2);
    expect_fault(TEXT("left: a\nleft: b\n"), "words-twice", 2, 1);
    expect_fault(TEXT("left:\n"), "words-empty", 1, 1);
    expect_fault(TEXT("minutes: many\n"), "words-placeholder", 1, 10);
    expect_fault(TEXT("about: roughly {n}\n"), "words-placeholder", 1, 8);
    expect_fault(TEXT("number 91: many\n"), "words-number", 1, 8);
    expect_fault(TEXT("number 1.5: many\n"), "words-number", 1, 8);
    expect_fault(TEXT("caption-scene: waves\n"), "words-scene", 1, 1);
    expect_fault(TEXT("caption-scene shore: a\ncaption-scene shore: b\n"), "words-twice", 2, 1);
    expect_fault(TEXT("company 2: Still here.\n"), "words-company", 1, 1);
    expect_fault(TEXT("company: Still here.\n"), "words-company", 1, 1);
    expect_fault(TEXT("company 1: Here.\ncompany 1: Here.\n"), "words-twice", 2, 1);
    expect_fault(TEXT("company 1:\n"), "words-empty", 1, 1);
    expect_fault(TEXT("caption-quiet: quiet\n"), "words-placeholder", 1, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_missing_keys),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
