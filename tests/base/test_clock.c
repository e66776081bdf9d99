// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

static void runs_as_fast_as_time(void **state)
{
    (void)state;
    const struct timespec nap = {.tv_nsec = 50 * 1000000L};
    int64_t begun_ms = clock_ms();
    nanosleep(&nap, NULL);
    int64_t took_ms = clock_ms() - begun_ms;
    assert_in_range(took_ms, 49, 10000); // a busy machine may wake us late, never early
}

static void never_runs_backwards(void **state)
{
    (void)state;
    int64_t last_ms = clock_ms();
    for (int i = 0; i < 100000; i++) {
        int64_t now_ms = clock_ms();
        assert_true(now_ms >= last_ms);
        last_ms = now_ms;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_as_fast_as_time),
        cmocka_unit_test(never_runs_backwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
