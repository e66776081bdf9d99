// SPDX-License-Identifier: GPL-3.0-or-later
#include "error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_filling(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, STATUS_IO, "cannot read %s", "x"), STATUS_IO);
    assert_int_equal(error.status, STATUS_IO);
    assert_string_equal(error.text, "cannot read x");
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error_set_at(&error, STATUS_BAD_INPUT, "f", 3, 4, "bad"), STATUS_BAD_INPUT);
    assert_string_equal(error.file, "f");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 4);
    assert_int_equal(error_set_at(&error, STATUS_BAD_INPUT, NULL, 3, 4, "bad"), STATUS_BAD_INPUT);
    assert_string_equal(error.file, "");
    assert_int_equal(error_set(NULL, STATUS_TIMEOUT, "nobody listens"), STATUS_TIMEOUT);
    assert_int_equal(error_set_at(NULL, STATUS_TIMEOUT, "f", 1, 1, "x"), STATUS_TIMEOUT);
    assert_int_equal(error_no_memory(&error), STATUS_NO_MEMORY);
    assert_string_equal(error.text, "out of memory");
}

// Cut at every place within characters of 1 to 4 bytes: what is left is whole.
static void test_cutting(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "\xC3\xA4", "\xE2\x80\x9C", "\xF0\x9F\x8C\x8A"};
    for (size_t c = 0; c < 4; c++) {
        size_t size = strlen(characters[c]);
        for (size_t shift = 0; shift < 5; shift++) {
            char text[700];
            memset(text, '.', shift);
            size_t at = shift;
            for (; at + size < sizeof text; at += size)
                memcpy(text + at, characters[c], size);
            text[at] = '\0';
            struct error error;
            error_set(&error, STATUS_IO, "%s", text);
            size_t kept = strlen(error.text);
            assert_in_range(kept, sizeof error.text - 5, sizeof error.text - 1);
            assert_int_equal((kept - shift) % size, 0);
            assert_memory_equal(error.text, text, kept);
        }
    }
}

static void test_status_texts(void **state)
{
    (void)state;
    for (int status = STATUS_OK; status <= STATUS_UNSUPPORTED; status++) {
        assert_non_null(status_text((enum status)status));
        assert_string_not_equal(status_text((enum status)status), "unknown status");
        for (int other = STATUS_OK; other < status; other++)
            assert_string_not_equal(status_text((enum status)status),
                                    status_text((enum status)other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filling),
        cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_status_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
