// SPDX-License-Identifier: GPL-3.0-or-later
#include "base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// The examples of RFC 4648, section 10.
static void test_examples(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buffer out = BUFFER_INIT;
        buffer_add_c(&out, "<");
        base64_add(&out, pairs[i][0], strlen(pairs[i][0]));
        assert_string_equal(out.data + 1, pairs[i][1]);
        buffer_free(&out);
    }
}

static void test_every_digit(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    const unsigned char bytes[] = {0x00, 0x10, 0x83, 0x10, 0x51, 0x87, 0x20, 0x92, 0x8b, 0x30,
                                   0xd3, 0x8f, 0x41, 0x14, 0x93, 0x51, 0x55, 0x97, 0x61, 0x96,
                                   0x9b, 0x71, 0xd7, 0x9f, 0x82, 0x18, 0xa3, 0x92, 0x59, 0xa7,
                                   0xa2, 0x9a, 0xab, 0xb2, 0xdb, 0xaf, 0xc3, 0x1c, 0xb3, 0xd3,
                                   0x5d, 0xb7, 0xe3, 0x9e, 0xbb, 0xf3, 0xdf, 0xbf};
    base64_add(&out, bytes, 12);
    base64_add(&out, bytes + 12, sizeof bytes - 12);
    assert_string_equal(out.data,
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_every_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
