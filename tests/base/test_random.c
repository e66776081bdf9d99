// SPDX-License-Identifier: GPL-3.0-or-later
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// The published sequence of SplitMix64 from state 0.
static void test_known_values(void **state)
{
    (void)state;
    assert_true(random_at(0, 0) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(random_at(0, 1) == UINT64_C(0x6E789E6AA1B965F4));
    assert_true(random_at(0, 2) == UINT64_C(0x06C45D188009454F));
}

static void test_uniform(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    double sum = 0, squares = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        double value = random_unit(random_at(42, i));
        assert_true(value >= 0 && value < 1);
        sum += value;
        squares += value * value;
    }
    double mean = sum / COUNT;
    assert_true(fabs(mean - 0.5) < 0.0015); // five standard errors
    assert_true(fabs(squares / COUNT - mean * mean - 1.0 / 12) < 0.0005);
    assert_true(random_unit(UINT64_MAX) < 1);
    assert_true(random_unit(0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
