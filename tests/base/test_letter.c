// SPDX-License-Identifier: GPL-3.0-or-later
#include "letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect_raised(const char *word, const char *raised)
{
    char data[32];
    strcpy(data, word);
    letter_raise(data, strlen(data));
    assert_string_equal(data, raised);
}

static void test_raise(void **state)
{
    (void)state;
    expect_raised("four", "Four");
    expect_raised("Four", "Four");
    expect_raised("\u00fcber", "\u00dcber");
    expect_raised("\u00df", "\u00df");
    expect_raised("\u00f7", "\u00f7");
    expect_raised("\u0161", "\u0160");
    expect_raised("\u03bb", "\u039b");
    expect_raised("\u0451", "\u0401");
    expect_raised("\u4e94", "\u4e94");
    expect_raised("5", "5");
    expect_raised("", "");
    expect_raised("\xff", "\xff");
}

static void expect_match(const char *phrase, bool open, const char *view, size_t size)
{
    assert_int_equal(letter_match(text_from(phrase), open, text_from(view)), size);
}

static void test_match(void **state)
{
    (void)state;
    expect_match("sit up", false, "Sit UP, please", 6);
    expect_match("sit up", false, "sit upright", 0);
    expect_match("sit up", true, "sit upright, please", 11);
    expect_match("sit up", true, "sit up", 6);
    expect_match("sit up", true, "sit", 0);
    expect_match("\u00e4", false, "\u00c4!", 2);
}

static void test_words(void **state)
{
    (void)state;
    assert_int_equal(letter_words(TEXT("sit up")), 6);
    assert_int_equal(letter_words(TEXT("don't")), 5);
    assert_int_equal(letter_words(TEXT("sit  up")), 4);
    assert_int_equal(letter_words(TEXT("2 much")), 0);
    assert_int_equal(letter_words(TEXT("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raise),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
