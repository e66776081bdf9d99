// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions that end in sleep, at every whole minute they offer: the voice says early that it will
// fall silent, and from then on nothing calls a listener back.
#include "rehearsal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// The last thing that is heard beside the scene.
static int64_t last_heard(const struct rehearsal *r)
{
    int64_t heard = 0;
    for (size_t i = 0; i < r->timeline.event_count; i++) {
        const struct event *e = &r->timeline.events[i];
        int64_t end = e->start_frame + e->frames;
        if (e->type != EVENT_SECTION && end > heard)
            heard = end;
    }
    return heard;
}

// Where a line with this tag is first said.
static int64_t first_said(const struct rehearsal *r, const char *tag)
{
    const struct event *e = rehearsal_find_tagged(r, tag, 0);
    return e ? e->start_frame : r->timeline.total_frames;
}

enum { LINES_MOST = 13 }; // in ten minutes, at the natural length

static int count_lines(const struct rehearsal *r)
{
    int lines = 0;
    for (size_t i = 0; i < r->timeline.event_count; i++)
        lines += r->timeline.events[i].type == EVENT_SPEECH && r->timeline.events[i].as.speech.line;
    return lines;
}

static void check(const struct rehearsal *r, int minutes)
{
    const int64_t total = r->timeline.total_frames;
    const char *fault = NULL;
    if (3 * last_heard(r) > 2 * total)
        fault = "something is heard in the last third";
    else if (5 * first_said(r, "E23") > total)
        fault = "nobody says early that the voice will fall silent";
    else if (rehearsal_conveys(r, "E16"))
        fault = "somebody is told how to get up";
    else if (r->timeline.tail_frames < MINUTE || r->timeline.tail_frames > 3 * MINUTE)
        fault = "the scene does not fade over 1 to 3 min";
    else if (minutes == rehearsal_natural(r) && 10 * count_lines(r) > LINES_MOST * minutes)
        fault = "it is talked to for too much of the time";
    if (fault)
        fail_msg("%.*s at %d min: %s", TEXT_ARG(r->session.file), minutes, fault);
}

static void test_sleep_is_left_alone(void **state)
{
    struct shipped shipped;
    shipped_find(&shipped);
    int sessions = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        rehearsal_open(&r, *state, shipped.name[s]);
        bool sleeps = r.session.ending == ENDING_SLEEP;
        for (int minutes = rehearsal_least(&r); sleeps && minutes <= rehearsal_most(&r);
             minutes++) {
            rehearsal_plan(&r, minutes);
            check(&r, minutes);
        }
        sessions += sleeps;
        rehearsal_close(&r);
    }
    assert_true(sessions > 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sleep_is_left_alone)};
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
