// SPDX-License-Identifier: GPL-3.0-or-later
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_views(void **state)
{
    (void)state;
    struct text none = text_from(NULL);
    assert_int_equal(none.size, 0);
    assert_true(text_equal(none, TEXT("")));
    assert_true(text_equal_c(TEXT("abc"), "abc"));
    assert_false(text_equal_c(TEXT("abc"), "abd"));
    assert_false(text_equal(TEXT("abc"), TEXT("ab")));
    assert_true(text_starts_with(TEXT("abc"), TEXT("ab")));
    assert_true(text_starts_with(TEXT("abc"), none));
    assert_false(text_starts_with(TEXT("ab"), TEXT("abc")));
    assert_true(text_equal_c(text_trim(TEXT(" \tx y\t ")), "x y"));
    assert_int_equal(text_trim(TEXT(" \t ")).size, 0);
    assert_true(text_equal_c(text_skip(TEXT("abc"), 1), "bc"));
    assert_int_equal(text_skip(TEXT("abc"), 9).size, 0);
    assert_int_equal(text_skip(none, 3).size, 0);
    assert_true(text_equal_c(text_head(TEXT("abc"), 2), "ab"));
    assert_int_equal(text_head(TEXT("abc"), 9).size, 3);
    assert_int_equal(text_find(TEXT("abc"), 'c'), 2);
    assert_int_equal(text_find(TEXT("abc"), 'x'), 3);
    assert_int_equal(text_find(none, 'x'), 0);
    assert_int_equal(text_find_text(TEXT("a {n} {m}"), TEXT("{m}")), 6);
    assert_int_equal(text_find_text(TEXT("a {n"), TEXT("{n}")), 4);
    assert_int_equal(text_find_text(TEXT("abc"), none), 0);
}

static void expect_character(struct text view, uint32_t wanted)
{
    size_t offset = 0;
    uint32_t found;
    assert_true(text_next(view, &offset, &found));
    assert_int_equal(found, wanted);
    assert_int_equal(offset, view.size);
}

static void expect_bad(struct text view)
{
    size_t offset = 0;
    uint32_t found;
    assert_false(text_next(view, &offset, &found));
    assert_int_equal(offset, 0);
}

// The edges of each length in RFC 3629.
static void test_utf8(void **state)
{
    (void)state;
    expect_character((struct text){"\0", 1}, 0);
    expect_character(TEXT("\x7F"), 0x7F);
    expect_character(TEXT("\xC2\x80"), 0x80);
    expect_character(TEXT("\xDF\xBF"), 0x7FF);
    expect_character(TEXT("\xE0\xA0\x80"), 0x800);
    expect_character(TEXT("\xED\x9F\xBF"), 0xD7FF);
    expect_character(TEXT("\xEE\x80\x80"), 0xE000);
    expect_character(TEXT("\xEF\xBF\xBF"), 0xFFFF);
    expect_character(TEXT("\xF0\x90\x80\x80"), 0x10000);
    expect_character(TEXT("\xF4\x8F\xBF\xBF"), 0x10FFFF);
    expect_bad(TEXT(""));
    expect_bad(TEXT("\x80"));             // a continuation alone
    expect_bad(TEXT("\xC1\xBF"));         // overlong
    expect_bad(TEXT("\xE0\x9F\xBF"));     // overlong
    expect_bad(TEXT("\xF0\x8F\xBF\xBF")); // overlong
    expect_bad(TEXT("\xED\xA0\x80"));     // a surrogate
    expect_bad(TEXT("\xED\xBF\xBF"));     // a surrogate
    expect_bad(TEXT("\xF4\x90\x80\x80")); // beyond the last
    expect_bad(TEXT("\xF5\x80\x80\x80"));
    expect_bad(TEXT("\xFF"));
    expect_bad(TEXT("\xC3"));     // cut
    expect_bad(TEXT("\xE2\x80")); // cut
    expect_bad(TEXT("\xE2\x80x"));
}

// Every code point that may be encoded reads back as itself.
static void test_all_characters(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        size_t size;
        if (c < 0x80) {
            bytes[0] = (char)c;
            size = 1;
        } else if (c < 0x800) {
            bytes[0] = (char)(0xC0 | c >> 6);
            size = 2;
        } else if (c < 0x10000) {
            bytes[0] = (char)(0xE0 | c >> 12);
            size = 3;
        } else {
            bytes[0] = (char)(0xF0 | c >> 18);
            size = 4;
        }
        for (size_t i = 1; i < size; i++)
            bytes[i] = (char)(0x80 | (c >> 6 * (size - 1 - i) & 0x3F));
        size_t offset = 0;
        uint32_t found;
        if (!text_next((struct text){bytes, size}, &offset, &found) || found != c || offset != size)
            fail_msg("U+%X", (unsigned)c);
    }
}

static void test_length(void **state)
{
    (void)state;
    assert_int_equal(text_length(TEXT("")), 0);
    assert_int_equal(text_length(TEXT("a\xC3\xA4\xF0\x9F\x8C\x8A.")), 4);
    assert_int_equal(text_length(TEXT("a\xFF\xFE.")), 4);
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("breathe"), TEXT("breathe")), 0);
    assert_int_equal(text_distance(TEXT("Breath"), TEXT("breathe")), 1);
    assert_int_equal(text_distance(TEXT("braethe"), TEXT("breathe")), 1); // two swapped
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting")), 3);
    assert_int_equal(text_distance(TEXT(""), TEXT("abc")), 3);
    assert_int_equal(text_distance(TEXT("abc"), TEXT("")), 3);
    char longer[64];
    memset(longer, 'a', sizeof longer);
    assert_int_equal(text_distance((struct text){longer, 63}, (struct text){longer, 63}), 0);
    assert_true(text_distance((struct text){longer, 64}, TEXT("a")) == SIZE_MAX);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"rest", "repeat", "breathe"};
    assert_string_equal(text_nearest(TEXT("breth"), names, 3) ? "found" : "none", "none");
    assert_string_equal(text_nearest(TEXT("breath"), names, 3), "breathe");
    assert_string_equal(text_nearest(TEXT("repaet"), names, 3), "repeat");
    assert_string_equal(text_nearest(TEXT("rast"), names, 3), "rest");
    assert_null(text_nearest(TEXT("rxxt"), names, 3)); // two edits of four letters
    assert_null(text_nearest(TEXT("foo"), names, 3));
    assert_null(text_nearest(TEXT("foo"), names, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),          cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_all_characters), cmocka_unit_test(test_length),
        cmocka_unit_test(test_distance),       cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
