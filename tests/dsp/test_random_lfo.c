// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_lfo.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LEAST = 216000, MOST = 312000 }; // half of 9 s .. 13 s

static void swings_between_its_ends_in_uneven_times(void **state)
{
    (void)state;
    struct random_lfo lfo;
    random_lfo_init(&lfo, 42, LEAST, MOST, true);
    int64_t turn = 0, shortest = INT64_MAX, longest = 0;
    double before = random_lfo_at(&lfo, 0), steepest = 0, sum = 0;
    int way = 0, turns = 0, points = 0;
    for (int64_t frame = 64; frame < (int64_t)3600 * 48000; frame += 64, points++) {
        double now = random_lfo_at(&lfo, frame);
        assert_true(now >= 0 && now <= 1);
        steepest = fmax(steepest, fabs(now - before) / 64);
        sum += now;
        int new_way = now > before ? 1 : now < before ? -1 : way;
        if (new_way != way) {
            if (turns > 1) {
                int64_t piece = frame - turn;
                shortest = piece < shortest ? piece : shortest;
                longest = piece > longest ? piece : longest;
                assert_true(fabs(before - (way > 0 ? 1 : 0)) < 1e-6);
            }
            turn = frame;
            turns++;
            way = new_way;
        }
        before = now;
    }
    assert_in_range(turns, 3600 * 48000LL / MOST - 2, 3600 * 48000LL / LEAST + 2);
    assert_true(shortest >= LEAST - 128 && shortest < LEAST + 10000);
    assert_true(longest <= MOST + 128 && longest > MOST - 10000);
    assert_true(steepest <= 1.5708 / LEAST * 1.001);
    assert_true(fabs(sum / points - 0.5) < 0.02);
}

static void drifts_anywhere(void **state)
{
    (void)state;
    struct random_lfo lfo;
    random_lfo_init(&lfo, 43, LEAST, MOST, false);
    double low = 1, high = 0, middle = 0, sum = 0, before = random_lfo_at(&lfo, 0);
    int points = 0;
    for (int64_t frame = 0; frame < (int64_t)3600 * 48000; frame += 4800, points++) {
        double now = random_lfo_at(&lfo, frame);
        low = fmin(low, now);
        high = fmax(high, now);
        middle += now > 0.25 && now < 0.75;
        sum += now;
        assert_true(fabs(now - before) <= 4800 * 1.5708 / LEAST * 1.001);
        before = now;
    }
    assert_true(low >= 0 && low < 0.1 && high > 0.9 && high <= 1);
    assert_true(middle / points > 0.3 && fabs(sum / points - 0.5) < 0.05);
}

static void seeds_differ_and_repeat(void **state)
{
    (void)state;
    struct random_lfo a, b, c;
    random_lfo_init(&a, 1, LEAST, MOST, true);
    random_lfo_init(&b, 1, LEAST, MOST, true);
    random_lfo_init(&c, 2, LEAST, MOST, true);
    int same = 0, points = 0;
    for (int64_t frame = 0; frame < 48000 * 600; frame += 4800, points++) {
        double now = random_lfo_at(&a, frame);
        assert_true(now == random_lfo_at(&b, frame));
        same += fabs(now - random_lfo_at(&c, frame)) < 0.01;
    }
    assert_true(same < points / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swings_between_its_ends_in_uneven_times),
        cmocka_unit_test(drifts_anywhere),
        cmocka_unit_test(seeds_differ_and_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
