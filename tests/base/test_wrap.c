// SPDX-License-Identifier: GPL-3.0-or-later
#include "wrap.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect(size_t column, size_t indent, size_t width, const char *text, const char *wanted)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_c(&out, "");
    wrap_words(&out, &column, indent, width, text_from(text));
    assert_string_equal(out.data, wanted);
    const char *last = strrchr(out.data, '\n');
    if (last)
        assert_int_equal(column, text_length(text_from(last + 1)));
    buffer_free(&out);
}

static void words_go_where_they_fit(void **state)
{
    (void)state;
    expect(0, 0, 10, "", "");
    expect(0, 0, 10, "one two", "one two");
    expect(0, 0, 7, "one two", "one two");
    expect(0, 0, 6, "one two", "one\ntwo");
    expect(4, 4, 10, "one two six", "one\n    two\n    six");
    expect(9, 4, 16, "one two", " one\n    two");        // behind what stands there already
    expect(0, 0, 4, "a longer b", "a\nlonger\nb");       // a word is not cut
    expect(0, 0, 5, "\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4", // characters, not bytes
           "\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4");
    expect(0, 0, 7,
           "a\x1B"
           "b c",
           "a\\x1Bb\nc"); // as long as it is shown
}

// Whatever the words: none is lost, and no line is too long or could have taken the next word.
static void lines_are_full(void **state)
{
    (void)state;
    enum { WORDS = 40, MOST = 9, INDENT = 3 };
    for (uint64_t draw = 0; draw < 500; draw++) {
        struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
        size_t column = INDENT, width = 12 + random_at(1, draw) % 40;
        for (uint64_t i = 0; i < WORDS; i++)
            buffer_printf(&text, "%s%.*s", i > 0 ? " " : "", (int)(1 + random_at(draw, i) % MOST),
                          "abcdefghi");
        buffer_add_c(&out, "   "); // up to the column
        wrap_words(&out, &column, INDENT, width, buffer_text(&text));
        struct buffer joined = BUFFER_INIT;
        for (struct text rest = buffer_text(&out); rest.size > 0;) {
            struct text line = text_head(rest, text_find(rest, '\n'));
            rest = text_skip(rest, line.size + 1);
            assert_true(line.size <= width);
            assert_true(text_starts_with(line, TEXT("   ")));
            struct text next = text_trim(rest);
            if (rest.size > 0)
                assert_true(line.size + 1 + text_find(text_head(next, text_find(next, '\n')), ' ') >
                            width);
            buffer_add_c(&joined, joined.size > 0 ? " " : "");
            buffer_add(&joined, text_trim(line));
        }
        assert_string_equal(joined.data, text.data);
        buffer_free(&joined);
        buffer_free(&text);
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_where_they_fit),
        cmocka_unit_test(lines_are_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
