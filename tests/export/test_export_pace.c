// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 48000, MINUTE = 60 * SECOND };

static void test_nothing_is_said_too_soon(void **state)
{
    (void)state;
    struct export_pace pace = {0};
    const int64_t all = (int64_t)100 * MINUTE;
    // While the voice works nothing is done; later that time is not extrapolated.
    assert_false(export_pace_estimate(&pace, 50000, 0, all).known);
    assert_false(export_pace_estimate(&pace, 60000, MINUTE, all - MINUTE).known);
    assert_false(export_pace_estimate(&pace, 60900, 5 * MINUTE, all - 5 * MINUTE).known); // 0.9 s
    assert_false(export_pace_estimate(&pace, 69000, 2 * MINUTE, all - 2 * MINUTE).known); // 1 %
    struct export_estimate estimate =
        export_pace_estimate(&pace, 61000, 3 * MINUTE, all - 3 * MINUTE); // 2 % in 1 s
    assert_true(estimate.known);
    assert_true(estimate.speed > 119.9 && estimate.speed < 120.1);
    assert_true(estimate.seconds_left > 48.4 && estimate.seconds_left < 48.6);
    // In a long batch not before there is something to say, but then.
    estimate = export_pace_estimate(&pace, 70000, 2 * MINUTE, all - 2 * MINUTE);
    assert_true(estimate.known && estimate.speed > 5.9 && estimate.speed < 6.1);
}

static void test_no_work_no_estimate(void **state)
{
    (void)state;
    struct export_pace pace = {0};
    assert_false(export_pace_estimate(&pace, 0, 0, MINUTE).known);
    assert_false(export_pace_estimate(&pace, 1000000, 0, MINUTE).known);
    assert_false(export_pace_estimate(&pace, 1000000, SECOND, MINUTE).known);
    assert_false(export_pace_estimate(&pace, 2000000, SECOND, MINUTE).known); // it stands still
}

static void assert_line(const struct export_pace_line *line, int columns, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    export_pace_print(&out, line, columns);
    buffer_add_c(&out, "");
    assert_string_equal(out.data ? out.data : "", expected);
    assert_true(out.size == 0 || (int64_t)out.size < columns);
    buffer_free(&out);
}

static void test_line(void **state)
{
    (void)state;
    struct export_pace_line line = {.percent = 7};
    assert_line(&line, 80, "  7 %");
    line.estimate = (struct export_estimate){true, 81.4, 11.2};
    assert_line(&line, 80, "  7 %  81 x real time  0:12 left");
    line.estimate.seconds_left = 0.01; // not yet nothing
    assert_line(&line, 80, "  7 %  81 x real time  0:01 left");
    line.estimate.seconds_left = 3661;
    line.files = 3;
    line.files_done = 1;
    assert_line(&line, 80, "1 of 3 files    7 %  81 x real time  1:01:01 left");
}

static void test_narrow_line(void **state)
{
    (void)state;
    struct export_pace_line line = {1, 3, 42, {true, 183, 7}};
    assert_line(&line, 48, "1 of 3 files   42 %  183 x real time  0:07 left");
    assert_line(&line, 47, "1 of 3 files   42 %  0:07 left");
    assert_line(&line, 40, "1 of 3 files   42 %  0:07 left");
    assert_line(&line, 20, "1 of 3 files   42 %");
    assert_line(&line, 19, " 42 %");
    assert_line(&line, 6, " 42 %");
    assert_line(&line, 5, "");
    assert_line(&line, 0, "");
    line.files = 0;
    assert_line(&line, 20, " 42 %  0:07 left");
    for (int columns = 0; columns < 100; columns++) {
        struct buffer out = BUFFER_INIT;
        export_pace_print(&out, &line, columns);
        assert_true(out.size == 0 || (int64_t)out.size < columns);
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_said_too_soon),
        cmocka_unit_test(test_no_work_no_estimate),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_narrow_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
