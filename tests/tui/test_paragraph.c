// SPDX-License-Identifier: GPL-3.0-or-later
// Text broken into lines for whoever reads it in a window.
#include "char_width.h"
#include "paragraph.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct glyph_rules rules = {.columns = char_width_columns};

static void expect(const char *text, int columns, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    paragraph_wrap(text_from(text), &rules, columns, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void test_lines_are_broken_at_spaces(void **state)
{
    (void)state;
    expect("one two three\n", 80, "one two three\n");
    expect("one two three\n", 7, "one two\nthree\n");
    expect("one two three\n", 6, "one\ntwo\nthree\n");
    expect("one two three", 6, "one\ntwo\nthree\n"); // a last line without its end
}

static void test_lines_below_stand_as_far_in(void **state)
{
    (void)state;
    expect("  one two three\n\n  four\n", 9, "  one two\n  three\n\n  four\n");
    expect("Title\n  Größe für alle\n", 11, "Title\n  Größe für\n  alle\n");
}

static void test_a_word_wider_than_all_is_cut(void **state)
{
    (void)state;
    expect("  abcdefgh ij\n", 6, "  abcd\n  efgh\n  ij\n");
    expect("    ab\n", 3, "ab\n"); // no room to stand in
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_broken_at_spaces),
        cmocka_unit_test(test_lines_below_stand_as_far_in),
        cmocka_unit_test(test_a_word_wider_than_all_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
