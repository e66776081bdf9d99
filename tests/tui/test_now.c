// SPDX-License-Identifier: GPL-3.0-or-later
#include "now.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct node line = {.type = NODE_LINE};

static struct event events[] = {
    {.type = EVENT_SECTION, .start_frame = 0, .frames = 5000},
    {.type = EVENT_SPEECH, .start_frame = 1000, .frames = 500, .as.speech = {&line, 0, LEVEL_MUST}},
    {.type = EVENT_BREATH,
     .start_frame = 2000,
     .frames = 1000,
     .as.breath = {.phase = BREATH_IN, .cycles = 1, .from = 0, .to = 1}},
    {.type = EVENT_SPEECH, .start_frame = 2000, .frames = 300, .as.speech = {NULL, 1, LEVEL_MUST}},
    {.type = EVENT_BREATH,
     .start_frame = 3000,
     .frames = 1500,
     .as.breath = {.phase = BREATH_OUT, .cycles = 1, .from = 1, .to = 0}},
    {.type = EVENT_SECTION, .start_frame = 5000, .frames = 5000, .section = 1},
};
static const struct timeline timeline = {.events = events, .event_count = 6};

static void test_sections_and_lines(void **state)
{
    (void)state;
    assert_null(now_find(&(const struct timeline){.event_count = 0}, 7).section);
    assert_null(now_find(&timeline, 999).speech);
    assert_ptr_equal(now_find(&timeline, 0).section, &events[0]);
    assert_ptr_equal(now_find(&timeline, 5000).section, &events[5]);
    assert_true(now_find(&timeline, 1000).speaking);
    assert_true(now_find(&timeline, 1499).speaking);
    struct now after = now_find(&timeline, 1500);
    assert_false(after.speaking);
    assert_ptr_equal(after.speech, &events[1]); // stays until the next line
    // The words "in" and "out" are no lines.
    assert_ptr_equal(now_find(&timeline, 2100).speech, &events[1]);
}

// A touch is found from its first frame to its last, a movement around it before and behind.
static void test_touch_and_movement(void **state)
{
    (void)state;
    struct event nested[] = {
        {.type = EVENT_MOVE, .start_frame = 100, .frames = 900},
        {.type = EVENT_CONTACT, .start_frame = 300, .frames = 200},
        {.type = EVENT_SPEECH, .start_frame = 320, .frames = 50, .as.speech = {&line, 0, 0}},
    };
    const struct timeline touches = {.events = nested, .event_count = 3};
    assert_null(now_find(&touches, 99).timed);
    assert_ptr_equal(now_find(&touches, 100).timed, &nested[0]);
    assert_ptr_equal(now_find(&touches, 300).timed, &nested[1]);
    assert_ptr_equal(now_find(&touches, 499).timed, &nested[1]);
    assert_ptr_equal(now_find(&touches, 500).timed, &nested[0]);
    assert_null(now_find(&touches, 1000).timed);
}

static void test_breath_swells_and_falls(void **state)
{
    (void)state;
    assert_null(now_find(&timeline, 1999).breath);
    assert_null(now_find(&timeline, 4500).breath);
    assert_ptr_equal(now_find(&timeline, 2999).breath, &events[2]);
    assert_true(now_find(&timeline, 2000).swell == 0);
    assert_float_equal(now_find(&timeline, 2500).swell, 0.5, 1e-6);
    assert_float_equal(now_find(&timeline, 3000).swell, 1, 1e-6);
    double before = 1;
    for (int64_t frame = 3001; frame < 4500; frame++) {
        double swell = now_find(&timeline, frame).swell;
        assert_true(swell < before || swell > 0.999);
        before = swell;
    }
    assert_true(before < 0.001);
}

// Likewise in a touch, by two thirds.
static void test_breath_goes_on_in_a_touch(void **state)
{
    (void)state;
    struct event touch[] = {
        {.type = EVENT_CONTACT, .start_frame = 1000, .frames = 2500},
        {.type = EVENT_SWELL,
         .start_frame = 1000,
         .frames = 1000,
         .as.breath = {.phase = BREATH_IN, .bout = -1, .cycles = 1, .from = 0, .to = 1}},
        {.type = EVENT_SWELL,
         .start_frame = 2000,
         .frames = 1500,
         .as.breath = {.phase = BREATH_OUT, .bout = -1, .cycles = 1, .from = 1, .to = 0}},
    };
    const struct timeline accompanied = {.events = touch, .event_count = 3};
    assert_null(now_find(&accompanied, 999).breath);
    assert_null(now_find(&accompanied, 3500).breath);
    assert_ptr_equal(now_find(&accompanied, 1999).breath, &touch[1]);
    assert_ptr_equal(now_find(&accompanied, 1999).timed, &touch[0]);
    assert_float_equal(now_find(&accompanied, 1500).swell, 1.0 / 3, 1e-6);
    assert_float_equal(now_find(&accompanied, 2000).swell, 2.0 / 3, 1e-6);
    assert_true(now_find(&accompanied, 3499).swell < 0.001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections_and_lines),
        cmocka_unit_test(test_touch_and_movement),
        cmocka_unit_test(test_breath_swells_and_falls),
        cmocka_unit_test(test_breath_goes_on_in_a_touch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
