// SPDX-License-Identifier: GPL-3.0-or-later
#include "levels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { VOICE, SCENE, CUE };

static const double begin_db[MASTER_STEMS] = {0, -3, 1};

static void assert_db(double value, double expected)
{
    if (value < expected - 1e-6 || value > expected + 1e-6)
        fail_msg("%g dB instead of %g", value, expected);
}

static void begin(struct levels *levels, struct master_controls *controls)
{
    master_controls_init(controls);
    levels_init(levels, begin_db, controls);
}

static void test_the_master_begins_with_them(void **state)
{
    (void)state;
    struct levels levels;
    struct master_controls controls;
    begin(&levels, &controls);
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        assert_db((double)atomic_load(&controls.stem_db[stem]), begin_db[stem]);
    assert_false(levels.voice_off);
}

static void test_a_step_changes_one_stem(void **state)
{
    (void)state;
    struct levels levels;
    struct master_controls controls;
    begin(&levels, &controls);
    assert_true(levels_step(&levels, SCENE, 1, &controls));
    assert_db((double)atomic_load(&controls.stem_db[SCENE]), -1);
    assert_true(levels_step(&levels, SCENE, -1, &controls));
    assert_true(levels_step(&levels, SCENE, -1, &controls));
    assert_db((double)atomic_load(&controls.stem_db[SCENE]), -5);
    assert_db((double)atomic_load(&controls.stem_db[VOICE]), 0);
    assert_db((double)atomic_load(&controls.stem_db[CUE]), 1);
}

static void test_keys_go_to_both_ends(void **state)
{
    (void)state;
    struct levels levels;
    struct master_controls controls;
    begin(&levels, &controls);
    int steps = 0;
    while (levels_step(&levels, CUE, 1, &controls))
        steps++;
    assert_int_equal(steps, 3); // 3, 5, and the rest of a step
    assert_db(levels.db[CUE], LEVELS_MOST_DB);
    while (levels_step(&levels, CUE, -1, &controls))
        ;
    assert_db(levels.db[CUE], LEVELS_LEAST_DB);
    assert_db((double)atomic_load(&controls.stem_db[CUE]), LEVELS_LEAST_DB);
}

// --levels may begin beyond both ends: a key leads back between them, never farther out.
static void test_beyond_the_ends_keys_lead_back(void **state)
{
    (void)state;
    const double far[MASTER_STEMS] = {12, -60, 0};
    struct levels levels;
    struct master_controls controls;
    master_controls_init(&controls);
    levels_init(&levels, far, &controls);
    assert_false(levels_step(&levels, VOICE, 1, &controls));
    assert_db(levels.db[VOICE], 12);
    assert_true(levels_step(&levels, VOICE, -1, &controls));
    assert_db(levels.db[VOICE], 10);
    assert_false(levels_step(&levels, SCENE, -1, &controls));
    assert_true(levels_step(&levels, SCENE, 1, &controls));
    assert_db(levels.db[SCENE], LEVELS_LEAST_DB);
}

static void test_a_voice_that_is_off_comes_back(void **state)
{
    (void)state;
    struct levels levels;
    struct master_controls controls;
    begin(&levels, &controls);
    levels_toggle_voice(&levels, &controls);
    assert_true(levels.voice_off);
    assert_true(master_gain(atomic_load(&controls.stem_db[VOICE])) == 0);
    assert_db((double)atomic_load(&controls.stem_db[SCENE]), -3);
    levels_toggle_voice(&levels, &controls);
    assert_db((double)atomic_load(&controls.stem_db[VOICE]), 0);
    levels_toggle_voice(&levels, &controls);
    assert_true(levels_step(&levels, VOICE, -1, &controls));
    assert_false(levels.voice_off);
    assert_db((double)atomic_load(&controls.stem_db[VOICE]), -2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_master_begins_with_them),
        cmocka_unit_test(test_a_step_changes_one_stem),
        cmocka_unit_test(test_keys_go_to_both_ends),
        cmocka_unit_test(test_beyond_the_ends_keys_lead_back),
        cmocka_unit_test(test_a_voice_that_is_off_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
