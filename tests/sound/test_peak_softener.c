// SPDX-License-Identifier: GPL-3.0-or-later
// Single peaks under a ceiling, and nothing else changed.
#include "peak_softener.h"

#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { COUNT = 48000, REACH = 240 };

static void test_one_peak(void **state)
{
    (void)state;
    static float before[COUNT], after[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        before[i] = 0.5F * (float)sin(0.05 * (double)i);
    before[20000] = -1.2F;
    memcpy(after, before, sizeof before);
    assert_int_equal(peak_softener_peaks(after, COUNT, 0.8F), 1);
    assert_true(after[20000] < -0.799F && after[20000] >= -0.8F);
    for (size_t i = 0; i < COUNT; i++) {
        size_t away = i < 20000 ? 20000 - i : i - 20000;
        if (away >= REACH)
            assert_true(after[i] == before[i]);
        else
            assert_true(fabsf(after[i]) <= fabsf(before[i]));
    }
    assert_int_equal(peak_softener_peaks(after, COUNT, 0.8F), 0);
}

static void test_any_signal(void **state)
{
    (void)state;
    static float samples[4800];
    for (uint64_t round = 0; round < 200; round++) {
        size_t count = random_at(3, round) % 4800;
        for (size_t i = 0; i < count; i++)
            samples[i] = (float)(4 * random_unit(random_at(round, i)) - 2);
        size_t dips = peak_softener_peaks(samples, count, 0.84F);
        assert_true(dips > 0 || count < 10);
        for (size_t i = 0; i < count; i++)
            assert_true(fabsf(samples[i]) <= 0.84F);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_peak),
        cmocka_unit_test(test_any_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
