// SPDX-License-Identifier: GPL-3.0-or-later
#include "key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

// The keys that a string of bytes gives, as letters, in the order of enum key.
static void decode_all(const char *bytes, char *keys)
{
    struct key_decoder decoder = {KEY_STATE_GROUND, 0};
    for (; *bytes; bytes++) {
        enum key key = key_decode(&decoder, (unsigned char)*bytes);
        if (key != KEY_NONE)
            *keys++ = " q?\nmtnpr+vVbBcC"[key - KEY_PAUSE];
    }
    *keys = '\0';
}

static void assert_keys(const char *bytes, const char *expected)
{
    char keys[256];
    decode_all(bytes, keys);
    assert_string_equal(keys, expected);
}

static void test_plain_keys(void **state)
{
    (void)state;
    assert_keys(" qQ?", " qq?");
    assert_keys("\n\r", "\n\n");
    assert_keys("mtnpr+vVbBcC", "mtnpr+vVbBcC");
    assert_keys("xyzMT\t\x7f\xff", "");
}

static void test_sequences_are_swallowed(void **state)
{
    (void)state;
    assert_keys("\x1b[A q", " q");                                  // arrow
    assert_keys("\x1bOP ", " ");                                    // F1
    assert_keys("\x1b[15;2~?", "?");                                // Shift-F5
    assert_keys("\x1b[<0;33;12M ", " ");                            // mouse report
    assert_keys("\x1bq ", " ");                                     // Alt-q is no q
    assert_keys("\x1b[000000000000000000000000000000000000q", "q"); // runaway: ends by itself
}

// Escape alone, and much later a key.
static void test_escape_alone_takes_no_key(void **state)
{
    (void)state;
    struct key_decoder decoder = {KEY_STATE_GROUND, 0};
    assert_int_equal(key_decode(&decoder, 0x1B), KEY_NONE);
    key_pause(&decoder);
    assert_int_equal(key_decode(&decoder, 'q'), KEY_QUIT);
}

static void test_rows_tell_every_key(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (const char *letter = "?qmtnpr+vVbBcC"; *letter; letter++) {
        bool told = false;
        for (size_t i = 0; i < count; i++)
            told |= strchr(rows[i].keys, *letter) != NULL;
        assert_true(told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_keys),
        cmocka_unit_test(test_sequences_are_swallowed),
        cmocka_unit_test(test_escape_alone_takes_no_key),
        cmocka_unit_test(test_rows_tell_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
