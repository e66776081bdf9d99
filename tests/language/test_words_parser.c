// SPDX-License-Identifier: GPL-3.0-or-later
#include "words_parser.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

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
    assert_int_equal(list.errors, 43 + 89); // all keys but left, company, all numbers but 3
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

static struct words parse_own(struct text data, size_t errors)
{
    struct words words;
    struct diagnostics list;
    diagnostics_init(&list, "words");
    words_parse_own(&words, data, &list);
    assert_int_equal(list.errors, errors);
    if (errors > 0)
        assert_string_equal(list.items[0].rule, "words-own");
    diagnostics_free(&list);
    return words;
}

// An author's words may lack keys, and some of them they may not have.
static void test_own_words(void **state)
{
    (void)state;
    struct words words = {.filler_count = 2,
                          .filler = {TEXT("one"), TEXT("two")},
                          .closing = TEXT("bye"),
                          .breathe_in = TEXT("in"),
                          .scenes = {{TEXT("shore"), TEXT("waves")}},
                          .scene_count = 1};
    const struct words own = parse_own(TEXT("farewell: Good night.\ncompany 1: Here.\n"
                                            "caption-scene shore: my waves\n"
                                            "caption-scene home: the sea\n"
                                            "list-yours: Mine\n"),
                                       0);
    words_put(&words, &own);
    assert_true(text_equal_c(words.closing, "Good night."));
    assert_true(text_equal_c(words.breathe_in, "in"));
    assert_int_equal(words.filler_count, 1);
    assert_true(text_equal_c(words.filler[0], "Here."));
    assert_int_equal(words.scene_count, 2);
    assert_true(text_equal_c(words_scene(&words, TEXT("shore")), "my waves"));
    assert_true(text_equal_c(words_scene(&words, TEXT("home")), "the sea"));
    struct text value;
    size_t at = 0;
    assert_true(words_spoken(&own, &at, &value) && text_equal_c(value, "Good night."));
    assert_true(words_spoken(&own, &at, &value) && text_equal_c(value, "Here."));
    assert_false(words_spoken(&own, &at, &value));
    const struct words none = parse_own(TEXT("// nothing\n"), 0);
    words_put(&words, &none);
    assert_int_equal(words.filler_count, 1);
    (void)parse_own(TEXT("left: belly\nright: throat\nnumber 7: seventy\n"
                         "notice-volume: loud\nnotice-begin: go\n"),
                    5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_missing_keys),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_own_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
