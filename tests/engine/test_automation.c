// SPDX-License-Identifier: GPL-3.0-or-later
// Levels over whole timelines, on the grid of quanta at which the engine reads them.
#include "automation.h"

#include "random_lfo.h"
#include "score.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

// As of the shore.
static const struct automation_config shore = {
    .movement = {.breath_db = 6, .free_db = 3, .free_slope_db = 1.0472}, .rise_db = 7};

enum { SEEDS = 200 };

// Of a breath that accompanies: its trough and crest.
#define LOW (0.5 - TIMELINE_SWELL_DEPTH / 2)
#define HIGH (0.5 + TIMELINE_SWELL_DEPTH / 2)

static void near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", a, tolerance, b);
}

static void build(struct automation *automation, const struct score *score)
{
    struct error error = {0};
    assert_int_equal(automation_build(automation, &score->timeline, &shore, &error), STATUS_OK);
}

// What is heard of the bed, without fades: its level, the swell of its loudest layer, and the shade
// of a bright scene, half of whose power it takes.
static double heard_db(const struct automation_values *values, struct random_lfo *lfo,
                       int64_t frame)
{
    double paced = shore.movement.breath_db * (values->swell.breath - 0.5);
    double free_db = shore.movement.free_db * (random_lfo_at(lfo, frame) - 0.5);
    return values->bed_db + values->shade_db / 2 + free_db +
           (paced - free_db) * values->swell.pacing;
}

static void nothing_is_steeper_than_6_db_a_second(void **state)
{
    (void)state;
    double steepest = 0, steepest_bed = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        struct automation automation;
        build(&automation, score);
        struct random_lfo lfo;
        random_lfo_init(&lfo, seed, 216000, 312000, true);
        struct automation_values before = automation_at(&automation, 0);
        double heard_before = heard_db(&before, &lfo, 0);
        const double per_second = (double)FRAME_RATE / SCENE_QUANTUM;
        for (int64_t frame = SCENE_QUANTUM; frame < score->timeline.total_frames;
             frame += SCENE_QUANTUM) {
            struct automation_values now = automation_at(&automation, frame);
            double heard = heard_db(&now, &lfo, frame);
            steepest = fmax(steepest, fabs(heard - heard_before) * per_second);
            steepest_bed = fmax(steepest_bed, fabs(now.bed_db - before.bed_db) * per_second);
            before = now;
            heard_before = heard;
        }
        automation_free(&automation);
        score_deinit(score);
        free(score);
    }
    print_message("steepest: %.2f dB/s heard, %.2f dB/s of the bed\n", steepest, steepest_bed);
    assert_true(steepest <= SWELL_SLOPE_DB && steepest > 4);
    assert_true(steepest_bed <= SWELL_BED_SLOPE_DB && steepest_bed > 4);
}

static void every_word_is_clear_of_the_bed(void **state)
{
    (void)state;
    int words = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        struct automation automation;
        build(&automation, score);
        struct random_lfo lfo;
        random_lfo_init(&lfo, seed, 216000, 312000, true);
        for (size_t i = 0; i < score->timeline.event_count; i++) {
            const struct event *event = &score->events[i];
            if (event->type != EVENT_SPEECH)
                continue;
            double most = words == 0 ? -3 : 0;
            for (int64_t frame = event->start_frame; frame <= event->start_frame + event->frames;
                 frame += 960) {
                struct automation_values now = automation_at(&automation, frame);
                if (heard_db(&now, &lfo, frame) > most - 0.4)
                    fail_msg("seed %d: at %.2f s the bed is at %.2f dB", (int)seed,
                             seconds_from_frames(frame), heard_db(&now, &lfo, frame));
            }
            words++;
        }
        automation_free(&automation);
        score_deinit(score);
        free(score);
    }
    assert_true(words > SEEDS * 10);
}

// Dark at every word, and light again in pauses that are long enough for its slow way there and
// back.
static void shade_lies_under_every_word(void **state)
{
    (void)state;
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_say(score, SCORE_LINE); // 6 .. 8 s
    score_wait(score, 2);
    score_say(score, SCORE_LINE); // 10 .. 12
    score_wait(score, 18);
    score_say(score, SCORE_LINE); // 30 .. 32
    score_wait(score, 20);
    score_end(score, 10);
    struct automation automation;
    build(&automation, score);
    for (int64_t frame = 0; frame <= 12 * FRAME_RATE; frame += 480)
        near(automation_at(&automation, frame).shade_db, AUTOMATION_SHADE_DB, 1e-9);
    for (int64_t frame = 17 * FRAME_RATE; frame < 25 * FRAME_RATE; frame += 480)
        near(automation_at(&automation, frame).shade_db, 0, 1e-9);
    for (int64_t frame = 30 * FRAME_RATE; frame <= 32 * FRAME_RATE; frame += 480)
        near(automation_at(&automation, frame).shade_db, AUTOMATION_SHADE_DB, 1e-9);
    double before = automation_at(&automation, 0).shade_db;
    for (int64_t frame = 480; frame < score->timeline.total_frames; frame += 480) {
        double now = automation_at(&automation, frame).shade_db;
        assert_true(fabs(now - before) <= AUTOMATION_SHADE_SLOPE_DB / 100 + 1e-9);
        before = now;
    }
    automation_free(&automation);
    score_deinit(score);
    free(score);
}

static void bed_rises_in_long_pauses_only(void **state)
{
    (void)state;
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_say(score, SCORE_LINE); // 6 .. 8 s
    score_wait(score, 1);
    score_say(score, SCORE_LINE); // 9 .. 11
    score_wait(score, 5);
    score_say(score, SCORE_LINE); // 16 .. 18
    score_wait(score, 10);
    score_say(score, SCORE_LINE); // 28 .. 30
    score_wait(score, 30);
    score_end(score, 10);
    struct automation automation;
    build(&automation, score);
    const double under = -2; // crest of the free swell, brightened, at 0
    near(automation_at(&automation, 6 * FRAME_RATE).bed_db, under - 3, 1e-9);
    for (int64_t frame = 46 * FRAME_RATE / 5; frame < 18 * FRAME_RATE; frame += 480)
        near(automation_at(&automation, frame).bed_db, under, 1e-9);
    near(automation_at(&automation, 23 * FRAME_RATE).bed_db, under + shore.rise_db, 1e-9);
    near(automation_at(&automation, 26 * FRAME_RATE).bed_db, under + shore.rise_db,
         1e-9); // 1.6 s before
    near(automation_at(&automation, 28 * FRAME_RATE).bed_db, under, 1e-9);
    near(automation_at(&automation, 33 * FRAME_RATE).bed_db, under + shore.rise_db, 1e-9);
    for (int64_t frame = 60 * FRAME_RATE; frame < 70 * FRAME_RATE; frame += 480) {
        struct automation_values now = automation_at(&automation, frame);
        near(now.bed_db, under + shore.rise_db, 1e-9); // the tail only fades
        near(now.fade_db, -6.0 * ((double)frame / FRAME_RATE - 60), 1e-9);
    }
    near(automation_at(&automation, 0).fade_db, -60, 0);
    near(automation_at(&automation, 3 * FRAME_RATE).fade_db, -30, 1e-9);
    near(automation_at(&automation, 6 * FRAME_RATE).fade_db, 0, 0);
    automation_free(&automation);
    score_deinit(score);
    free(score);
}

static void breath_turns_at_the_exact_frames(void **state)
{
    (void)state;
    int phases = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        struct automation automation;
        build(&automation, score);
        for (size_t i = 0; i < score->timeline.event_count; i++) {
            const struct event *event = &score->events[i];
            bool sigh = event->type == EVENT_BREATH && event->frames % 48000 == 0;
            if (event->type != EVENT_BREATH || event->as.breath.phase == BREATH_HOLD || sigh)
                continue;
            bool in = event->as.breath.phase == BREATH_IN;
            int64_t end = event->start_frame + event->frames;
            struct automation_values first = automation_at(&automation, event->start_frame);
            struct automation_values middle =
                automation_at(&automation, event->start_frame + event->frames / 2);
            struct automation_values last = automation_at(&automation, end);
            // Right behind a touch it begins where that one ended.
            bool stood = in && first.swell.breath == LOW;
            if (!stood)
                near(first.swell.breath, in ? 0 : 1, 0);
            near(middle.swell.breath, stood ? 0.5 + LOW / 2 : 0.5, 1e-4);
            near(last.swell.breath, in ? 1 : 0, 0);
            bool room = event->start_frame >= TIMELINE_LEAD_FRAMES + SWELL_PACE_FRAMES / 2;
            if (room)
                near(first.swell.pacing, 1, 0);
            near(last.swell.pacing, 1, 0);
            phases++;
        }
        automation_free(&automation);
        score_deinit(score);
        free(score);
    }
    assert_true(phases > SEEDS * 5);
}

// ---- Breath that accompanies a touch ------------------------------------------------------------

static void accompanying_breath_turns_at_the_exact_frames(void **state)
{
    (void)state;
    int phases = 0, joined = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        struct automation automation;
        build(&automation, score);
        for (size_t i = 0; i < score->timeline.event_count; i++) {
            const struct event *event = &score->events[i];
            if (event->type != EVENT_SWELL)
                continue;
            bool in = event->as.breath.phase == BREATH_IN;
            int64_t start = event->start_frame, end = start + event->frames;
            double first = automation_at(&automation, start).swell.breath;
            double last = automation_at(&automation, end).swell.breath;
            // Where the scene is paced before a touch it goes on from where it stands.
            bool stood = in && event->as.breath.cycle == 0 && first == 0;
            if (!stood)
                near(first, in ? LOW : HIGH, 1e-12);
            near(last, in ? HIGH : LOW, 1e-12);
            double before = first;
            for (int64_t frame = start + 1000; frame <= end; frame += 1000) {
                double now = automation_at(&automation, frame).swell.breath;
                assert_true(in ? now > before : now < before);
                before = now;
            }
            joined += stood;
            phases++;
        }
        automation_free(&automation);
        score_deinit(score);
        free(score);
    }
    assert_true(phases > SEEDS * 5 && joined > 5 && joined < phases / 10);
}

// Free before and behind; it grows in the first breath and goes in the last, wherever that is.
static void accompanying_breath_grows_and_goes(void **state)
{
    (void)state;
    for (int breaths = 6; breaths >= 1; breaths--) { // the listener leaves sooner and sooner
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_init(score);
        score_say(score, SCORE_LINE); // 6 .. 8 s
        score_wait(score, 12);
        score_accompany(score, breaths, 4, 6, 0); // from 20 s on
        score_wait(score, 40);
        score_end(score, 8);
        struct automation automation;
        build(&automation, score);
        const int64_t start = 20 * FRAME_RATE, breath = 10 * FRAME_RATE;
        const int64_t end = start + breaths * breath;
        const int64_t fade = breaths > 1 ? breath : breath / 2;
        double before = 0;
        for (int64_t frame = 0; frame < score->timeline.total_frames; frame += 480) {
            double now = automation_at(&automation, frame).swell.pacing;
            if (frame <= start || frame >= end)
                near(now, 0, 0);
            else if (frame <= start + fade)
                assert_true(now > before);
            else if (frame <= end - fade)
                near(now, 1, 0);
            else
                assert_true(now < before);
            before = now;
        }
        near(automation_at(&automation, start + fade / 2).swell.pacing, 0.5, 1e-9);
        near(automation_at(&automation, end - fade / 2).swell.pacing, 0.5, 1e-9);
        automation_free(&automation);
        score_deinit(score);
        free(score);
    }
}

// No free swell for a few seconds between a bout and the touch behind it, and between two touches:
// and no jump of the breath.
static void neighbours_stay_paced(void **state)
{
    (void)state;
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_wait(score, 14);
    score_bout(score);
    score_breathe(score, 2, 4, 6, false); // 20 .. 40 s
    score_wait(score, 4);
    score_accompany(score, 2, 4, 6, 0); // 44 .. 64
    score_wait(score, 5);
    score_accompany(score, 2, 4, 6, 0); // 69 .. 89
    score_wait(score, 8);
    score_bout(score);
    score_breathe(score, 2, 4, 6, false); // 97 .. 117
    score_wait(score, 9);
    score_accompany(score, 2, 4, 6, 0); // 126 .. 146: this one is by itself
    score_wait(score, 30);
    score_end(score, 8);
    struct automation automation;
    build(&automation, score);
    struct automation_values before = automation_at(&automation, 0);
    for (int64_t frame = 480; frame < score->timeline.total_frames; frame += 480) {
        struct automation_values now = automation_at(&automation, frame);
        if (frame >= 20 * FRAME_RATE && frame <= 117 * FRAME_RATE)
            near(now.swell.pacing, 1, 0);
        near(now.swell.breath, before.swell.breath, 0.01);
        near(now.swell.pacing, before.swell.pacing, 0.01);
        before = now;
    }
    near(automation_at(&automation, 42 * FRAME_RATE).swell.breath, 0, 0);
    near(automation_at(&automation, 48 * FRAME_RATE).swell.breath, HIGH, 1e-12);
    near(automation_at(&automation, 66 * FRAME_RATE).swell.breath, LOW, 1e-12);
    near(automation_at(&automation, 101 * FRAME_RATE).swell.breath, 1, 0);
    near(automation_at(&automation, 107 * FRAME_RATE).swell.breath, 0, 0);
    near(automation_at(&automation, 124 * FRAME_RATE).swell.pacing, 0, 0);
    near(automation_at(&automation, 126 * FRAME_RATE).swell.breath, LOW, 1e-12);
    automation_free(&automation);
    score_deinit(score);
    free(score);
}

static void a_sigh_rises_twice_and_falls_once(void **state)
{
    (void)state;
    struct score *score = malloc(sizeof *score);
    assert_non_null(score);
    score_init(score);
    score_wait(score, 14);
    score_bout(score);
    score_sigh(score); // 20 .. 22 .. 23 .. 23.5 .. 29.5
    score_wait(score, 40);
    score_end(score, 8);
    struct automation automation;
    build(&automation, score);
    near(automation_at(&automation, 20 * FRAME_RATE).swell.breath, 0, 0);
    near(automation_at(&automation, 22 * FRAME_RATE).swell.breath, 0.6, 1e-6);
    near(automation_at(&automation, 23 * FRAME_RATE).swell.breath, 1, 0);
    near(automation_at(&automation, 47 * FRAME_RATE / 2).swell.breath, 1, 0);
    near(automation_at(&automation, 53 * FRAME_RATE / 2).swell.breath, 0.5, 1e-9);
    near(automation_at(&automation, 59 * FRAME_RATE / 2).swell.breath, 0, 0);
    near(automation_at(&automation, 14 * FRAME_RATE).swell.pacing, 0, 0);
    near(automation_at(&automation, 17 * FRAME_RATE).swell.pacing, 0.5, 1e-9);
    near(automation_at(&automation, 20 * FRAME_RATE).swell.pacing, 1, 0);
    near(automation_at(&automation, 36 * FRAME_RATE).swell.pacing, 0, 0);
    automation_free(&automation);
    score_deinit(score);
    free(score);
}

static void the_lead_knows_nothing_of_what_follows(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        score->timeline.ending = seed % 2 ? ENDING_SLEEP : ENDING_RETURN;
        struct timeline lead = score->timeline;
        lead.event_count = 0;
        struct automation whole, empty;
        struct error error = {0};
        build(&whole, score);
        assert_int_equal(automation_build(&empty, &lead, &shore, &error), STATUS_OK);
        for (int64_t frame = 0; frame <= lead.lead_frames; frame += SCENE_QUANTUM) {
            struct automation_values a = automation_at(&whole, frame);
            struct automation_values b = automation_at(&empty, frame);
            assert_true(a.bed_db == b.bed_db && a.fade_db == b.fade_db &&
                        a.shade_db == b.shade_db && a.level_db == b.level_db &&
                        a.swell.breath == b.swell.breath && a.swell.pacing == b.swell.pacing);
        }
        automation_free(&whole);
        automation_free(&empty);
        score_deinit(score);
        free(score);
    }
}

// Straight in dB from -4 at the first frame to -10 at the last, as darkness grows; nothing else
// changes.
static void sleep_falls_evenly(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct score *score = malloc(sizeof *score);
        assert_non_null(score);
        score_random(score, seed);
        struct automation wake, sleep;
        build(&wake, score);
        score->timeline.ending = ENDING_SLEEP;
        build(&sleep, score);
        const int64_t total = score->timeline.total_frames;
        for (int64_t frame = 0; frame <= total + 480; frame += 480) {
            struct automation_values a = automation_at(&wake, frame);
            struct automation_values b = automation_at(&sleep, frame);
            assert_true(a.level_db == 0);
            near(b.level_db, -4 - 6 * fmin(1, (double)frame / (double)total), 1e-9);
            near(b.shade_db - a.shade_db, -8 * fmin(1, (double)frame / (double)total), 1e-9);
            assert_true(a.bed_db == b.bed_db && a.fade_db == b.fade_db);
        }
        automation_free(&wake);
        automation_free(&sleep);
        score_deinit(score);
        free(score);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_steeper_than_6_db_a_second),
        cmocka_unit_test(every_word_is_clear_of_the_bed),
        cmocka_unit_test(shade_lies_under_every_word),
        cmocka_unit_test(bed_rises_in_long_pauses_only),
        cmocka_unit_test(breath_turns_at_the_exact_frames),
        cmocka_unit_test(accompanying_breath_turns_at_the_exact_frames),
        cmocka_unit_test(accompanying_breath_grows_and_goes),
        cmocka_unit_test(neighbours_stay_paced),
        cmocka_unit_test(a_sigh_rises_twice_and_falls_once),
        cmocka_unit_test(the_lead_knows_nothing_of_what_follows),
        cmocka_unit_test(sleep_falls_evenly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
