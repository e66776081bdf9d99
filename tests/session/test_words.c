// SPDX-License-Identifier: GPL-3.0-or-later
#include "words_parser.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
