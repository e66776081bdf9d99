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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_missing_keys),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
