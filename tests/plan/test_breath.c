// SPDX-License-Identifier: GPL-3.0-or-later
#include "breath.h"
#include "sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct sketch *open_sketch(void)
{
    struct sketch *s = malloc(sizeof *s);
    assert_non_null(s);
    sketch_init(s, 1);
    sketch_section(s, 0);
    return s;
}

static void close_sketch(struct sketch *s)
{
    sketch_free(s);
    free(s);
}

// Six breaths from 6 s to 10 s are 48 s, 0.8 s more each time.
static void test_ramp(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *ramp = sketch_breaths(s, PATTERN_RAMP, 0, 0, 6, 11);
    struct breath_count count = breath_count(ramp, 6);
    assert_int_equal(count.least, 6);
    assert_int_equal(count.most, 11);
    assert_int_equal(breath_ramp_enough(ramp, 6), 6);
    assert_int_equal(breath_bout(ramp, 6, 6), SKETCH_SECONDS(48));
    for (int i = 0; i < 6; i++)
        assert_int_equal(breath_period(ramp, 6, i, 6), SKETCH_SECONDS(6) + i * SKETCH_SECONDS(0.8));
    // Too few to reach the pace: it does not hurry.
    assert_int_equal(breath_period(ramp, 6, 2, 3), SKETCH_SECONDS(7.6));
    close_sketch(s);
}

// At other rates a ramp ends at the pace, still lengthening by 0.4 to 0.8 s.
static void test_ramp_rates(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *ramp = sketch_breaths(s, PATTERN_RAMP, 0, 0, 6, 11);
    for (double rate = 4.5; rate <= 8; rate += 0.25) {
        struct breath_count count = breath_count(ramp, rate);
        assert_true(count.least <= count.most);
        for (int n = count.least; n <= count.most; n++) {
            int64_t last = breath_period(ramp, rate, n - 1, n);
            assert_true(llabs(last - (int64_t)(60 * FRAME_RATE / rate)) <= 1);
            int64_t step = breath_period(ramp, rate, 1, n) - SKETCH_SECONDS(6);
            assert_in_range(step, SKETCH_SECONDS(0.4) - 1, SKETCH_SECONDS(0.8));
        }
    }
    close_sketch(s);
}

// The rate scales periods, within 7.5 s and 13.33 s, and never the ratio.
static void test_rates(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *tide = sketch_breathe(s, PATTERN_PACED, 4, 6, 0, 600);
    const struct node *dusk = sketch_breathe(s, PATTERN_PACED, 4, 7, 0, 600);
    assert_int_equal(breath_period(tide, 6, 0, 1), SKETCH_SECONDS(10));
    assert_int_equal(breath_period(tide, 8, 0, 1), SKETCH_SECONDS(7.5));
    assert_int_equal(breath_period(tide, 4.5, 0, 1), 640000);
    assert_int_equal(breath_period(dusk, 6, 0, 1), SKETCH_SECONDS(11));
    assert_int_equal(breath_period(dusk, 4.5, 0, 1), 640000);
    struct breath_stroke strokes[BREATH_STROKES_MAX];
    for (double rate = 4.5; rate <= 8; rate += 0.1) {
        int64_t period = breath_period(tide, rate, 0, 1);
        assert_int_equal(breath_strokes(strokes, tide, period), 2);
        assert_int_equal(strokes[0].frames + strokes[1].frames, period);
        assert_int_equal(strokes[0].frames, period * 4 / 10);
    }
    close_sketch(s);
}

static void test_counts(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *free_tide = sketch_breathe(s, PATTERN_PACED, 4, 6, 0, 600);
    const struct node *timed = sketch_breathe(s, PATTERN_PACED, 4, 6, 25, 60);
    const struct node *narrow = sketch_breathe(s, PATTERN_PACED, 4, 6, 3, 5);
    const struct node *counted = sketch_breaths(s, PATTERN_PACED, 4, 6, 2, 90);
    struct breath_count count = breath_count(free_tide, 6);
    assert_int_equal(count.least, 0);
    assert_int_equal(count.most, 60);
    count = breath_count(timed, 6);
    assert_int_equal(count.least, 3);
    assert_int_equal(count.most, 6);
    count = breath_count(narrow, 6);
    assert_int_equal(count.least, 1);
    assert_int_equal(count.most, 1);
    count = breath_count(counted, 6);
    assert_int_equal(count.least, 2);
    assert_int_equal(count.most, 60); // 10 min are the most of any bout
    close_sketch(s);
}

static int64_t touch_frames(const struct node *timed, double rate, int breaths)
{
    const int64_t frames = breath_touch(timed, rate, breaths);
    assert_true(frames > 0);
    return frames;
}

// Touches last whole breaths at the pace, at every rate: as many as lie within the time that is
// written, each count a breath longer than the one before.
static void test_touch(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *contact = sketch_contact(s, 30, 60);
    sketch_end(s);
    const struct node *move = sketch_move(s, 14, 95);
    sketch_end(s);
    const struct node *const both[] = {contact, move};
    const struct range limits[] = {contact->as.contact.frames, move->as.move.frames};
    struct breath_count count = breath_touch_count(contact, 6);
    assert_int_equal(count.least, 3);
    assert_int_equal(count.most, 6);
    for (double rate = 4.5; rate <= 8; rate += 0.1)
        for (int i = 0; i < 2; i++) {
            const int64_t pace = breath_pace(rate);
            assert_true(llabs(pace - (int64_t)(60 * FRAME_RATE / rate)) <= 1);
            count = breath_touch_count(both[i], rate);
            assert_true(count.least >= 1 && count.least <= count.most);
            for (int n = count.least; n <= count.most; n++)
                assert_int_equal(touch_frames(both[i], rate, n), n * pace);
            assert_in_range(count.least * pace, limits[i].least, limits[i].most);
            assert_in_range(count.most * pace, limits[i].least, limits[i].most);
            assert_true((count.least - 1) * pace < limits[i].least);
            assert_true((count.most + 1) * pace > limits[i].most);
        }
    close_sketch(s);
}

// Where no whole number of breaths lies within the time, there is one count, the nearest, and the
// time is kept.
static void test_touch_without_multiple(void **state)
{
    (void)state;
    static const struct {
        double least, most, rate;
        int breaths;
        double seconds;
    } cases[] = {{11, 14, 6, 1, 11}, {17, 19, 6, 2, 19},  {3, 5, 6, 1, 5},
                 {41, 49, 6, 5, 49}, {20, 20, 8, 3, 20},  {29, 31, 4.5, 2, 29},
                 {25, 29, 6, 3, 29}, {20, 20, 4.5, 2, 20}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sketch *s = open_sketch();
        const struct node *move = sketch_move(s, cases[i].least, cases[i].most);
        sketch_end(s);
        const struct breath_count count = breath_touch_count(move, cases[i].rate);
        assert_int_equal(count.least, count.most);
        if (count.most != cases[i].breaths)
            fail_msg("case %zu: %d breaths, not %d", i, count.most, cases[i].breaths);
        assert_int_equal(touch_frames(move, cases[i].rate, count.most),
                         SKETCH_SECONDS(cases[i].seconds));
        close_sketch(s);
    }
}

// What is written in breaths is as many at every rate, but no place is pressed for more than 90 s.
static void test_touch_counted(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    struct node *contact = sketch_contact(s, 50, 90);
    sketch_end(s);
    struct node *move = sketch_move(s, 50, 90);
    sketch_end(s);
    contact->as.contact.counted = move->as.move.counted = true;
    contact->as.contact.least_breaths = move->as.move.least_breaths = 5;
    contact->as.contact.most_breaths = move->as.move.most_breaths = 9;
    for (double rate = 4.5; rate <= 8; rate += 0.1) {
        struct breath_count count = breath_touch_count(move, rate);
        assert_int_equal(count.least, 5);
        assert_int_equal(count.most, 9);
        assert_int_equal(touch_frames(move, rate, 9), 9 * breath_pace(rate));
        count = breath_touch_count(contact, rate);
        assert_int_equal(count.least, 5);
        assert_true(touch_frames(contact, rate, count.most) <= SKETCH_SECONDS(90));
        assert_true(count.most == 9 ||
                    touch_frames(contact, rate, count.most + 1) > SKETCH_SECONDS(90));
    }
    contact->as.contact.least_breaths = 8; // 8 of 13.3 s would be too long
    const struct breath_count count = breath_touch_count(contact, 4.5);
    assert_int_equal(count.least, 6);
    assert_int_equal(count.most, 6);
    close_sketch(s);
}

// Two sips in, one long breath out; the swell rises in two steps and has no jump.
static void test_sigh(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    const struct node *sigh = sketch_breaths(s, PATTERN_SIGH, 0, 0, 1, 3);
    struct breath_stroke strokes[BREATH_STROKES_MAX];
    int64_t period = breath_period(sigh, 6, 0, 1);
    assert_int_equal(breath_strokes(strokes, sigh, period), 3);
    assert_int_equal(strokes[0].frames + strokes[1].frames + strokes[2].frames, period);
    assert_int_equal(strokes[1].phase, BREATH_IN);
    assert_int_equal(strokes[2].phase, BREATH_OUT);
    assert_true(strokes[2].frames > strokes[0].frames + strokes[1].frames);
    assert_true(strokes[0].from == 0.0f && strokes[2].to == 0.0f);
    assert_true(strokes[0].to == strokes[1].from && strokes[1].to == strokes[2].from);
    close_sketch(s);
}

static void test_quiet(void **state)
{
    (void)state;
    struct sketch *s = open_sketch();
    struct range quiet = breath_quiet(sketch_breaths(s, PATTERN_PACED, 4, 6, 2, 5), 6);
    assert_int_equal(quiet.least, SKETCH_SECONDS(20));
    assert_int_equal(quiet.most, SKETCH_SECONDS(50));
    quiet = breath_quiet(sketch_breathe(s, PATTERN_PACED, 4, 6, 15, 90), 6);
    assert_int_equal(quiet.least, SKETCH_SECONDS(15));
    assert_int_equal(quiet.most, SKETCH_SECONDS(90));
    close_sketch(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ramp),          cmocka_unit_test(test_ramp_rates),
        cmocka_unit_test(test_rates),         cmocka_unit_test(test_counts),
        cmocka_unit_test(test_sigh),          cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_touch),         cmocka_unit_test(test_touch_without_multiple),
        cmocka_unit_test(test_touch_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
