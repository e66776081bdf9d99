// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody is hurried: how long it is quiet between two lines, from the shortest length on; and every
// session can be had at every pace of the breath.
#include "rehearsal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define MEDIAN_LEAST ((int64_t)3 * FRAME_RATE)      // of the gaps, at the natural length and above
#define SHORT_GAP ((int64_t)FRAME_RATE * 125 / 100) // one that hurries
enum { SHORT_MOST = 15, SHORT_MOST_AT_LEAST = 30 }; // of 100 gaps; at the shortest length

static int compare(const void *a, const void *b)
{
    const int64_t one = *(const int64_t *)a;
    const int64_t other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

// The gaps between two lines that follow each other, ascending; returns their number.
static size_t find_gaps(const struct timeline *timeline, int64_t *gaps)
{
    size_t count = 0;
    const struct event *before = NULL;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *e = &timeline->events[i];
        if (e->type == EVENT_BREATH)
            before = NULL;
        if (e->type != EVENT_SPEECH || !e->as.speech.line)
            continue;
        if (before)
            gaps[count++] = e->start_frame - before->start_frame - before->frames;
        before = e;
    }
    qsort(gaps, count, sizeof *gaps, compare);
    return count;
}

// Whether the newest plan hurries nobody, and if not, by how much.
static int judge(const struct rehearsal *r, int minutes)
{
    int64_t *gaps = calloc(r->timeline.event_count + 1, sizeof *gaps);
    assert_non_null(gaps);
    const size_t count = find_gaps(&r->timeline, gaps);
    assert_true(count > 5);
    size_t hurried = 0;
    while (hurried < count && gaps[hurried] < SHORT_GAP)
        hurried++;
    const bool whole = minutes >= rehearsal_natural(r);
    const int most = minutes == rehearsal_least(r) ? SHORT_MOST_AT_LEAST : 100;
    const int64_t median = gaps[count / 2];
    free(gaps);
    const size_t percent = 100 * hurried / count;
    if (percent <= (size_t)(whole ? SHORT_MOST : most) && (!whole || median >= MEDIAN_LEAST))
        return 0;
    print_error("%.*s at %d min: half of %zu gaps are under %.1f s, %zu %% under 1.25 s\n",
                TEXT_ARG(r->session.file), minutes, count, seconds_from_frames(median), percent);
    return 1;
}

static void test_nobody_is_hurried(void **state)
{
    struct shipped shipped;
    shipped_find(&shipped);
    int faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        for (int minutes = rehearsal_least(&r); minutes <= rehearsal_most(&r); minutes++) {
            if (minutes > rehearsal_least(&r) && minutes < rehearsal_natural(&r))
                continue;
            rehearsal_plan(&r, minutes);
            faults += judge(&r, minutes);
        }
        rehearsal_close(&r);
    }
    assert_int_equal(faults, 0);
}

static void test_every_pace(void **state)
{
    static const double rates[] = {PLAN_BREATHS_LEAST, PLAN_BREATHS_DEFAULT, PLAN_BREATHS_MOST};
    struct shipped shipped;
    shipped_find(&shipped);
    int faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        rehearsal_plan(&r, rehearsal_natural(&r));
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            const struct plan_config config = {r.session.natural, rates[i], false};
            struct timeline timeline;
            struct error error = {STATUS_OK};
            if (plan_build(&timeline, &r.session, &r.utterances, r.clip_frames, &config, &error)) {
                print_error("%s, %.1f breaths a minute: %s\n", shipped.name[s], rates[i],
                            error.text);
                faults++;
            } else {
                timeline_free(&timeline);
            }
        }
        rehearsal_close(&r);
    }
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_is_hurried),
        cmocka_unit_test(test_every_pace),
    };
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
