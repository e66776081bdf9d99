// SPDX-License-Identifier: GPL-3.0-or-later
#include "bed_gain.h"

#include "duration.h"
#include "random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TOTAL = 100 * FRAME_RATE };

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static int64_t at(double seconds)
{
    return (int64_t)(seconds * FRAME_RATE);
}

static void one_cap_makes_one_trapezoid(void **state)
{
    (void)state;
    const struct bed_gain_span cap = {at(20), at(30), -9};
    const struct bed_gain_config config = {
        .total_frames = TOTAL, .top_db = 0, .slope_db = 4.5, .caps = &cap, .cap_count = 1};
    struct arena arena = ARENA_INIT;
    struct bed_gain bed;
    assert_int_equal(bed_gain_build(&bed, &arena, &config, NULL), STATUS_OK);
    near(bed_gain_at(&bed, 0), 0, 0);
    near(bed_gain_at(&bed, at(18)), 0, 1e-9); // 9 dB at 4.5 dB/s: two seconds before
    near(bed_gain_at(&bed, at(19)), -4.5, 1e-9);
    near(bed_gain_at(&bed, at(20)), -9, 1e-9);
    near(bed_gain_at(&bed, at(29.5)), -9, 1e-9);
    near(bed_gain_at(&bed, at(31)), -4.5, 1e-9);
    near(bed_gain_at(&bed, at(32)), 0, 1e-9);
    near(bed_gain_at(&bed, TOTAL + 1000), 0, 0);
    near(bed_gain_at(&bed, at(19)), -4.5, 1e-9); // and back again
    arena_free(&arena);
}

static void slower_places_start_earlier(void **state)
{
    (void)state;
    const struct bed_gain_span cap = {at(20), at(30), -6};
    const struct bed_gain_slope slow[] = {{at(17), at(20), 1, 1}, {at(35), at(40), 0, 0}};
    const struct bed_gain_config config = {.total_frames = TOTAL,
                                           .top_db = 0,
                                           .slope_db = 3,
                                           .caps = &cap,
                                           .cap_count = 1,
                                           .slopes = slow,
                                           .slope_count = 2};
    struct arena arena = ARENA_INIT;
    struct bed_gain bed;
    assert_int_equal(bed_gain_build(&bed, &arena, &config, NULL), STATUS_OK);
    near(bed_gain_at(&bed, at(17)), -3, 1e-9);
    near(bed_gain_at(&bed, at(16)), 0, 1e-9);
    near(bed_gain_at(&bed, at(37)), 0, 1e-9);
    arena_free(&arena);
}

// Down on the way to the first cap, but not up after it, and the other way round.
static void a_place_may_allow_one_direction(void **state)
{
    (void)state;
    const struct bed_gain_span caps[] = {{at(20), at(30), -6}, {at(60), at(70), -6}};
    const struct bed_gain_slope slopes[] = {{at(15), at(40), 0, 2}, {at(50), at(80), 1, 0}};
    const struct bed_gain_config config = {TOTAL, 0, 4.5, caps, 2, slopes, 2};
    struct arena arena = ARENA_INIT;
    struct bed_gain bed;
    assert_int_equal(bed_gain_build(&bed, &arena, &config, NULL), STATUS_OK);
    near(bed_gain_at(&bed, at(17)), 0, 1e-9);
    near(bed_gain_at(&bed, at(18)), -2, 1e-9);
    near(bed_gain_at(&bed, at(20)), -6, 1e-9);
    near(bed_gain_at(&bed, at(40)), -6, 1e-9); // held although nothing caps it
    near(bed_gain_at(&bed, at(42)), 0, 1e-9);
    near(bed_gain_at(&bed, at(50)), -6, 1e-9); // down before it can't be
    near(bed_gain_at(&bed, at(70)), -6, 1e-9);
    near(bed_gain_at(&bed, at(73)), -3, 1e-9);
    near(bed_gain_at(&bed, at(76)), 0, 1e-9);
    arena_free(&arena);
}

// A span anywhere, which may begin before 0.
static struct bed_gain_span random_span(uint64_t seed, uint64_t i, double least, double most)
{
    double start = 110 * random_unit(random_at(seed, 3 * i)) - 5;
    double length = 10 * random_unit(random_at(seed, 3 * i + 1));
    return (struct bed_gain_span){at(start), at(start + length),
                                  least + (most - least) * random_unit(random_at(seed, 3 * i + 2))};
}

static int compare_caps(const void *a, const void *b)
{
    const struct bed_gain_span *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

static int compare_slopes(const void *a, const void *b)
{
    const struct bed_gain_slope *x = a, *y = b;
    return (x->start_frame > y->start_frame) - (x->start_frame < y->start_frame);
}

enum { CAPS = 12, SLOPES = 8, STEP = 480 };

static void random_spans(struct bed_gain_span *caps, struct bed_gain_slope *slopes, uint64_t seed)
{
    for (uint64_t i = 0; i < CAPS; i++)
        caps[i] = random_span(2 * seed, i, -12, 0);
    for (uint64_t i = 0; i < SLOPES; i++) {
        struct bed_gain_span span = random_span(2 * seed + 1, i, 0, 6);
        slopes[i] = (struct bed_gain_slope){span.start_frame, span.end_frame,
                                            i % 3 ? span.value : 0, i % 3 != 1 ? span.value : 0};
    }
    qsort(caps, CAPS, sizeof *caps, compare_caps);
    qsort(slopes, SLOPES, sizeof *slopes, compare_slopes);
}

static double cap_over(const struct bed_gain_span *caps, int64_t frame, double value)
{
    for (size_t i = 0; i < CAPS; i++)
        if (caps[i].start_frame <= frame && frame < caps[i].end_frame)
            value = fmin(value, caps[i].value);
    return value;
}

static double slope_over(const struct bed_gain_slope *slopes, int64_t frame, bool rise,
                         double value)
{
    for (size_t i = 0; i < SLOPES; i++)
        if (slopes[i].start_frame <= frame && frame < slopes[i].end_frame)
            value = fmin(value, rise ? slopes[i].rise_db : slopes[i].fall_db);
    return value;
}

// Below every cap, never steeper than allowed, and touching what bounds it: were it lower than it
// need be, a bed that is always silent would pass.
static void any_caps_and_slopes_are_kept(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct bed_gain_span caps[CAPS];
        struct bed_gain_slope slopes[SLOPES];
        random_spans(caps, slopes, seed);
        const struct bed_gain_config config = {TOTAL, 3, 4.5, caps, CAPS, slopes, SLOPES};
        struct arena arena = ARENA_INIT;
        struct bed_gain bed;
        assert_int_equal(bed_gain_build(&bed, &arena, &config, NULL), STATUS_OK);
        double before = bed_gain_at(&bed, 0), highest = -99;
        for (int64_t frame = STEP; frame < TOTAL; frame += STEP) {
            double now = bed_gain_at(&bed, frame);
            assert_true(now <= cap_over(caps, frame, 3) + 1e-9);
            bool rise = now > before;
            double slope = fmax(slope_over(slopes, frame, rise, 4.5),
                                slope_over(slopes, frame - STEP, rise, 4.5));
            assert_true(fabs(now - before) <= slope * STEP / FRAME_RATE + 1e-9);
            highest = fmax(highest, now);
            before = now;
        }
        assert_true(highest > -6);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_cap_makes_one_trapezoid),
        cmocka_unit_test(slower_places_start_earlier),
        cmocka_unit_test(a_place_may_allow_one_direction),
        cmocka_unit_test(any_caps_and_slopes_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
