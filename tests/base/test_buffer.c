// SPDX-License-Identifier: GPL-3.0-or-later
#include "buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_adding(void **state)
{
    (void)state;
    struct buffer buffer = BUFFER_INIT;
    assert_int_equal(buffer_text(&buffer).size, 0);
    buffer_clear(&buffer); // nothing yet: harmless
    buffer_add(&buffer, TEXT("one"));
    buffer_add_c(&buffer, " two");
    buffer_add_c(&buffer, NULL);
    buffer_add_byte(&buffer, ' ');
    buffer_printf(&buffer, "%d%s", 3, "!");
    assert_string_equal(buffer.data, "one two 3!");
    assert_int_equal(buffer.size, 10);
    assert_false(buffer.failed);
    buffer_clear(&buffer);
    assert_string_equal(buffer.data, "");
    buffer_free(&buffer);
    assert_null(buffer.data);
}

// Every size around the growth steps, by both ways in.
static void test_growth(void **state)
{
    (void)state;
    char text[1100];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t size = 0; size < sizeof text; size++) {
        struct buffer buffer = BUFFER_INIT;
        buffer_add(&buffer, (struct text){text, size});
        buffer_printf(&buffer, "%.*s|", (int)size, text);
        assert_int_equal(buffer.size, 2 * size + 1);
        assert_int_equal(buffer.data[2 * size], '|');
        assert_int_equal(buffer.data[2 * size + 1], '\0');
        buffer_free(&buffer);
    }
}

static void expect_visible(struct text view, const char *wanted)
{
    struct buffer buffer = BUFFER_INIT;
    buffer_add_visible(&buffer, view);
    assert_string_equal(buffer.data, wanted);
    buffer_free(&buffer);
}

static void test_markup(void **state)
{
    (void)state;
    struct buffer buffer = BUFFER_INIT;
    buffer_add_markup(&buffer, TEXT("a<b> & \"c\" \x07 \xC3\xA4"));
    assert_string_equal(buffer.data, "a&lt;b&gt; &amp; &quot;c&quot; \\x07 \xC3\xA4");
    buffer_free(&buffer);
}

static void test_visible(void **state)
{
    (void)state;
    expect_visible(TEXT("plain \xC3\xA4\xE2\x80\x9C"), "plain \xC3\xA4\xE2\x80\x9C");
    expect_visible(TEXT("\x1B]0;x\x07"), "\\x1B]0;x\\x07"); // a terminal title
    expect_visible(TEXT("a\tb\nc\rd\x7F"), "a\\x09b\\x0Ac\\x0Dd\\x7F");
    expect_visible(TEXT("\xC2\x9B"
                        "31m"),
                   "\\x9B31m");                     // C1: another way to ESC [
    expect_visible(TEXT("\xFF\xC3"), "\\xFF\\xC3"); // no UTF-8
    expect_visible(TEXT("\xE2\x80\xAE"
                        "x"),
                   "\\u{202E}x");                      // right-to-left override
    expect_visible(TEXT("\xE2\x81\xA6"), "\\u{2066}"); // isolate
    expect_visible(TEXT("\xEF\xBB\xBF"), "\\u{FEFF}");
    expect_visible(TEXT("\xF3\xA0\x81\x81"), "\\u{E0041}"); // a tag character
    expect_visible(TEXT("a\xE2\x80\x8D"
                        "b"),
                   "a\\u{200D}b"); // a joiner that joins nothing
    expect_visible(TEXT("\xDB\x8C\xE2\x80\x8C\xDB\x8C"), "\xDB\x8C\xE2\x80\x8C\xDB\x8C");
    expect_visible((struct text){"a\0b", 3}, "a\\x00b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_visible),
        cmocka_unit_test(test_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
