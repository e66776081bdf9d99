// SPDX-License-Identifier: GPL-3.0-or-later
// Breath that goes on under the hands: how a touch is divided, where its phases lie, and how long
// the breath may be led in all.
#include "accompany.h"
#include "breath.h"
#include "sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define PACE SKETCH_SECONDS(10)

// Nothing accompanies before a first bout, nor a touch that is shorter than one breath.
static void test_nothing(void **state)
{
    (void)state;
    assert_int_equal(accompany_fill(0, SKETCH_SECONDS(30), 0, PACE).cycles, 0);
    assert_int_equal(accompany_fill(0, SKETCH_SECONDS(6) - 1, PACE, PACE).cycles, 0);
    assert_int_equal(accompany_fill(0, SKETCH_SECONDS(6), PACE, PACE).cycles, 1);
    assert_int_equal(accompany_divide(0, SKETCH_SECONDS(60), 0).cycles, 0);
}

// As many as come nearest to the breath that was reached, between 6 s each and the pace.
static void test_fill(void **state)
{
    (void)state;
    static const struct {
        double touch, reached;
        int cycles;
    } cases[] = {{60, 10, 6},  {60, 8, 8},   {60, 6, 10}, {60, 20, 6}, {60, 3, 10},  {11, 10, 1},
                 {20, 8.4, 2}, {40, 7.5, 5}, {24, 10, 2}, {26, 10, 3}, {13.4, 13, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct accompany a = accompany_fill(7, SKETCH_SECONDS(cases[i].touch),
                                                  SKETCH_SECONDS(cases[i].reached), PACE);
        if (a.cycles != cases[i].cycles)
            fail_msg("%.1f s, %.1f s reached: %d breaths, not %d", cases[i].touch, cases[i].reached,
                     a.cycles, cases[i].cycles);
        assert_int_equal(a.start, 7);
        assert_int_equal(a.frames, SKETCH_SECONDS(cases[i].touch));
        assert_true(a.period >= SKETCH_SECONDS(6));
        assert_int_equal(a.period, a.frames / a.cycles);
    }
}

// The second side has the number of the first, but none is shorter than 6 s.
static void test_divide(void **state)
{
    (void)state;
    assert_int_equal(accompany_divide(0, SKETCH_SECONDS(60), 7).cycles, 7);
    assert_int_equal(accompany_divide(0, SKETCH_SECONDS(60), 11).cycles, 10);
}

// Phases fill the touch to the frame, in then out, 4 to 6, from trough to crest and back.
static void test_phases(void **state)
{
    (void)state;
    const struct event like = {.section = 3, .side = SIDE_RIGHT};
    for (int64_t frames = SKETCH_SECONDS(6); frames < SKETCH_SECONDS(90); frames += 104729) {
        const struct accompany a = accompany_fill(1000, frames, SKETCH_SECONDS(7), PACE);
        int64_t at = a.start;
        assert_true(a.cycles > 0);
        for (int cycle = 0; cycle < a.cycles; cycle++) {
            struct event phases[2];
            assert_int_equal(accompany_phases(&a, cycle, phases, &like), 2);
            const int64_t period = phases[0].frames + phases[1].frames;
            assert_in_range(period, a.period, a.period + 1);
            assert_int_equal(phases[0].frames, period * 4 / 10);
            for (int i = 0; i < 2; i++) {
                assert_int_equal(phases[i].type, EVENT_SWELL);
                assert_int_equal(phases[i].start_frame, at);
                assert_int_equal(phases[i].section, 3);
                assert_int_equal(phases[i].side, SIDE_RIGHT);
                assert_int_equal(phases[i].as.breath.phase, i ? BREATH_OUT : BREATH_IN);
                assert_int_equal(phases[i].as.breath.bout, -1);
                assert_int_equal(phases[i].as.breath.cycle, cycle);
                assert_int_equal(phases[i].as.breath.cycles, a.cycles);
                assert_null(phases[i].as.breath.breathe);
                assert_true(phases[i].as.breath.from == (i ? 1.0f : 0.0f));
                assert_true(phases[i].as.breath.to == (i ? 0.0f : 1.0f));
                at += phases[i].frames;
            }
        }
        assert_int_equal(at, a.start + frames);
    }
}

// The next in-breath or out-breath from a frame on, that frame included.
static void test_next(void **state)
{
    (void)state;
    const struct accompany a = accompany_fill(SKETCH_SECONDS(5), SKETCH_SECONDS(20), PACE, PACE);
    const int64_t start = SKETCH_SECONDS(5);
    assert_int_equal(accompany_next(&a, MARK_IN, 0), start);
    assert_int_equal(accompany_next(&a, MARK_IN, start), start);
    assert_int_equal(accompany_next(&a, MARK_IN, start + 1), SKETCH_SECONDS(15));
    assert_int_equal(accompany_next(&a, MARK_IN, SKETCH_SECONDS(15) + 1), -1);
    assert_int_equal(accompany_next(&a, MARK_OUT, start), SKETCH_SECONDS(9));
    assert_int_equal(accompany_next(&a, MARK_OUT, SKETCH_SECONDS(9) + 1), SKETCH_SECONDS(19));
    assert_int_equal(accompany_next(&a, MARK_OUT, SKETCH_SECONDS(20)), -1);
    const struct accompany none = accompany_fill(0, SKETCH_SECONDS(20), 0, PACE);
    assert_int_equal(accompany_next(&none, MARK_OUT, 0), -1);
}

// ---- How long the breath is led -----------------------------------------------------------------

enum { EVENTS_MAX = 400 };

// A timeline that is put together by hand.
struct hand {
    struct event events[EVENTS_MAX];
    struct timeline timeline;
    struct node node;
    int64_t at;
};

static struct hand *open_hand(void)
{
    struct hand *hand = calloc(1, sizeof *hand);
    assert_non_null(hand);
    hand->timeline.events = hand->events;
    return hand;
}

static void add(struct hand *hand, struct event event)
{
    assert_true(hand->timeline.event_count < EVENTS_MAX);
    hand->events[hand->timeline.event_count++] = event;
}

static void add_free(struct hand *hand, double seconds)
{
    hand->at += SKETCH_SECONDS(seconds);
}

static void add_bout(struct hand *hand, int breaths)
{
    for (int i = 0; i < breaths; i++) {
        add(hand, (struct event){.type = EVENT_BREATH,
                                 .start_frame = hand->at,
                                 .frames = PACE,
                                 .as.breath = {.cycle = i, .cycles = breaths}});
        hand->at += PACE;
    }
}

static void add_touch(struct hand *hand, int breaths, enum side side)
{
    const struct event like = {.side = side};
    const struct accompany a = accompany_fill(hand->at, breaths * PACE, PACE, PACE);
    add(hand, (struct event){.type = EVENT_CONTACT,
                             .start_frame = hand->at,
                             .frames = a.frames,
                             .side = side,
                             .as.contact.node = &hand->node});
    for (int i = 0; i < a.cycles; i++) {
        struct event phases[2];
        accompany_phases(&a, i, phases, &like);
        add(hand, phases[0]);
        add(hand, phases[1]);
    }
    hand->at += a.frames;
}

// Breaths that accompany touch number `index`.
static int accompanied(const struct hand *hand, int index)
{
    int count = 0;
    for (size_t i = 0; i < hand->timeline.event_count; i++) {
        const struct event *e = &hand->events[i];
        if (e->type != EVENT_CONTACT || index-- != 0)
            continue;
        for (size_t k = 0; k < hand->timeline.event_count; k++)
            count += hand->events[k].type == EVENT_SWELL &&
                     hand->events[k].as.breath.phase == BREATH_OUT &&
                     hand->events[k].start_frame >= e->start_frame &&
                     hand->events[k].start_frame < e->start_frame + e->frames;
    }
    return count;
}

// 10 min are led, to the breath; what would be more is taken out as a whole.
static void test_limit(void **state)
{
    (void)state;
    for (int breaths = 6; breaths <= 7; breaths++) {
        struct hand *hand = open_hand();
        add_bout(hand, 54);
        add_touch(hand, breaths, SIDE_NONE);
        accompany_limit(&hand->timeline, 0);
        assert_int_equal(accompanied(hand, 0), breaths == 6 ? 6 : 0);
        free(hand);
    }
}

// A bout that follows too soon counts, too; 2 min of free breath, in one or in pieces, begin anew.
static void test_limit_looks_ahead(void **state)
{
    (void)state;
    static const struct {
        double before, behind;
        int kept;
    } cases[] = {{0, 0, 0}, {0, 119, 0}, {0, 120, 6}, {60, 59, 0}, {60, 60, 6}, {120, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hand *hand = open_hand();
        add_bout(hand, 1);
        add_free(hand, cases[i].before);
        add_touch(hand, 6, SIDE_NONE);
        add_free(hand, cases[i].behind);
        add_bout(hand, 55);
        accompany_limit(&hand->timeline, 0);
        if (accompanied(hand, 0) != cases[i].kept)
            fail_msg("%.0f and %.0f s free: %d breaths, not %d", cases[i].before, cases[i].behind,
                     accompanied(hand, 0), cases[i].kept);
        free(hand);
    }
}

// What was already heard before a re-fit stays.
static void test_limit_keeps_what_is_settled(void **state)
{
    (void)state;
    struct hand *hand = open_hand();
    add_bout(hand, 54);
    add_touch(hand, 7, SIDE_NONE);
    accompany_limit(&hand->timeline, hand->at);
    assert_int_equal(accompanied(hand, 0), 7);
    free(hand);
}

// Where the second side can't be accompanied, or the first, neither is.
static void test_limit_levels_sides(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        struct hand *hand = open_hand();
        add_bout(hand, first ? 45 : 50);
        add_touch(hand, 8, SIDE_LEFT);
        add_free(hand, first ? 120 : 10);
        add_touch(hand, 8, SIDE_RIGHT);
        accompany_limit(&hand->timeline, 0);
        assert_int_equal(accompanied(hand, 0), first ? 8 : 0);
        assert_int_equal(accompanied(hand, 1), first ? 8 : 0);
        free(hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_divide),
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_limit_looks_ahead),
        cmocka_unit_test(test_limit_keeps_what_is_settled),
        cmocka_unit_test(test_limit_levels_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
