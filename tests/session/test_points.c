// SPDX-License-Identifier: GPL-3.0-or-later
#include "points.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

// Every index has one name, and that name is found again.
static void test_names(void **state)
{
    (void)state;
    for (int i = 0; i < POINTS_COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%c%d", points_letter(i), points_number(i));
        assert_int_equal(points_find(text_from(name)), i);
    }
    assert_int_equal(points_find(TEXT("G1")), 0);
    assert_int_equal(points_find(TEXT("E1")), POINTS_GUIDANCE);
    assert_int_equal(points_find(TEXT("E24")), POINTS_COUNT - 1);
}

static void test_no_points(void **state)
{
    (void)state;
    static const char *const names[] = {"",    "G",  "E",  "G0",  "E0",  "G01",  "G44",
                                        "E25", "X1", "g1", "G1x", "G-1", "G1.0", "#G1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(points_find(text_from(names[i])), POINTS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_no_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
