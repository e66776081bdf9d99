// SPDX-License-Identifier: GPL-3.0-or-later
#include "trim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void check(const int16_t *samples, size_t count, size_t first, size_t left)
{
    struct trim trim = trim_find(samples, count);
    assert_int_equal(trim.first, first);
    assert_int_equal(trim.count, left);
}

static void test_trim(void **state)
{
    (void)state;
    check((int16_t[]){0, 5, -32, 33, 0, 0, -40, 12, 0}, 9, 3, 4);
    check((int16_t[]){-32768, 0, 32767}, 3, 0, 3);
    check((int16_t[]){0, 1, 32, -32}, 4, 4, 0);
    check(NULL, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trim)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
