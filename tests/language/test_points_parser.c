// SPDX-License-Identifier: GPL-3.0-or-later
#include "points_parser.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// The points that are shipped: none is missing, and each fits a line of a terminal with its place.
static void test_shipped(void **state)
{
    (void)state;
    static const char *const paths[] = {LOOSEN_SOURCE_DIR "/scripts/en/points",
                                        LOOSEN_SOURCE_DIR "/scripts/de/points"};
    for (size_t i = 0; i < 2; i++) {
        struct buffer data = fixture_read(paths[i]);
        struct points points;
        struct diagnostics list;
        diagnostics_init(&list, paths[i]);
        points_parse(&points, buffer_text(&data), &list);
        assert_int_equal(list.count, 0);
        for (int p = 0; p < POINTS_COUNT; p++)
            assert_in_range(text_length(points.meaning[p]), 10, 100);
        diagnostics_free(&list);
        buffer_free(&data);
    }
}

static void test_missing(void **state)
{
    (void)state;
    struct points points;
    struct diagnostics list;
    diagnostics_init(&list, "points");
    points_parse(&points, TEXT("// nothing\nG2: sitting\nE24: both\n"), &list);
    assert_int_equal(list.errors, POINTS_COUNT - 2);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.items[i].rule, "points-missing");
        assert_int_equal(list.items[i].line, 3);
    }
    assert_true(text_equal(list.items[0].message, TEXT("there is no line for G1")));
    assert_true(text_equal_c(points.meaning[1], "sitting"));
    assert_true(text_equal_c(points.meaning[POINTS_COUNT - 1], "both"));
    diagnostics_free(&list);
}

static void expect_fault(struct text data, const char *rule, int line, int column)
{
    struct points points;
    struct diagnostics list;
    diagnostics_init(&list, "points");
    points_parse(&points, data, &list);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, rule);
    assert_int_equal(list.items[0].line, line);
    assert_int_equal(list.items[0].column, column);
    diagnostics_free(&list);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault(TEXT("G1 slowly\n"), "points-line", 1, 1);
    expect_fault(TEXT("\n G44: more\n"), "points-name", 2, 2);
    expect_fault(TEXT("E0: none\n"), "points-name", 1, 1);
    expect_fault(TEXT("G1: a\nG1: b\n"), "points-twice", 2, 1);
    expect_fault(TEXT("G1:\n"), "points-empty", 1, 1);
    expect_fault(TEXT("G1: \xff\n"), "bad-utf8", 1, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
