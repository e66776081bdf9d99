// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped script is entered at every place at three lengths: what follows is as it was, what
// nobody may miss is said in front, sides stay equal, and keys work as in a whole session.
#include "excerpt.h"

#include "entry.h"
#include "guessed.h"
#include "plan_refit.h"
#include "plan_request.h"
#include "plan_state.h"
#include "session_limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct visit {
    const struct guessed *script;
    struct timeline whole;
    int places, refits;
};

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

static bool is_of_notice(const struct event *event, const struct session *session)
{
    return event->type == EVENT_SPEECH && event->as.speech.line &&
           event->as.speech.line->file.size > 0 &&
           !text_equal(event->as.speech.line->file, session->file);
}

static int count_notice(const struct timeline *timeline)
{
    int count = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        count += is_of_notice(&timeline->events[i], timeline->session);
    return count;
}

// The events from `frame` on, each as far from the end as it was.
static void judge_rest(const struct timeline *whole, const struct timeline *made, int64_t frame)
{
    size_t left = 0, found = 0;
    const int64_t passed = whole->total_frames - made->total_frames;
    for (size_t i = 0; i < whole->event_count; i++)
        left += whole->events[i].type != EVENT_SECTION && whole->events[i].start_frame >= frame;
    for (size_t i = whole->event_count, k = made->event_count; i-- > 0 && found < left;) {
        const struct event *event = &whole->events[i];
        if (event->type == EVENT_SECTION)
            continue;
        do
            assert_true(k-- > 0);
        while (made->events[k].type == EVENT_SECTION);
        assert_int_equal(made->events[k].type, event->type);
        assert_int_equal(made->events[k].start_frame, event->start_frame - passed);
        assert_int_equal(made->events[k].frames, event->frames);
        assert_int_equal(made->events[k].side, event->side);
        found++;
    }
    assert_int_equal(found, left);
}

static void judge_order(const struct timeline *made)
{
    int64_t before = 0, spoken = TIMELINE_LEAD_FRAMES;
    assert_true(made->event_count > 0);
    assert_int_equal(made->events[0].type, EVENT_SECTION);
    assert_int_equal(made->events[0].start_frame, 0);
    for (size_t i = 0; i < made->event_count; i++) {
        const struct event *event = &made->events[i];
        assert_true(event->start_frame >= before && event->frames >= 0);
        assert_true(end_of(event) <= made->total_frames);
        before = event->start_frame;
        if (event->type != EVENT_SPEECH)
            continue;
        assert_true(event->start_frame >= spoken);
        spoken = end_of(event);
    }
}

static void judge_sides(const struct timeline *made)
{
    int64_t frames[SIDE_COUNT] = {0};
    for (size_t i = 0; i < made->event_count; i++)
        if (event_is_timed(&made->events[i]))
            frames[made->events[i].side] += made->events[i].frames;
    assert_int_equal(frames[SIDE_LEFT], frames[SIDE_RIGHT]);
}

// A breath that is led begins behind a word on how light it may be.
static void judge_breath(const struct timeline *whole, const struct timeline *made)
{
    const struct timeline *const both[] = {whole, made};
    bool told[2] = {false, false}, breathed = false;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k]->event_count; i++) {
            const struct event *event = &both[k]->events[i];
            if (event->type == EVENT_BREATH) {
                breathed = k == 1;
                break;
            }
            const struct node *line = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
            for (size_t t = 0; line && t < line->tag_count; t++)
                told[k] = told[k] ||
                          (line->level == LEVEL_MUST && text_equal(line->tags[t], TEXT("E11")));
        }
    assert_true(!breathed || !told[0] || told[1]);
}

// All keys, soon and late: what comes out is a timeline, and its ends agree.
static void press(struct visit *v, const struct timeline *made)
{
    for (int request = PLAN_NEXT; request <= PLAN_MORE; request++)
        for (int part = 0; part < 3; part++) {
            struct timeline again;
            struct error error;
            const int64_t now = made->total_frames * part / 4;
            const struct plan_refit_config config = {.present = made,
                                                     .utterances = &v->script->utterances,
                                                     .clip_frames = v->script->clips,
                                                     .plan = &v->script->plan,
                                                     .request = (enum plan_request)request,
                                                     .now_frame = now - now % 128};
            enum status status = plan_refit(&again, &config, &error);
            if (status != STATUS_OK) {
                assert_int_equal(status, STATUS_BAD_ARGUMENT);
                continue;
            }
            v->refits++;
            judge_order(&again);
            assert_int_equal(again.plan_state->passed_frames, made->plan_state->passed_frames);
            if (request == PLAN_MORE) // kept, or later by what was asked for
                assert_true(again.total_frames >= made->total_frames &&
                            again.total_frames <= made->total_frames + 3 * 60 * FRAME_RATE);
            else if (request == PLAN_NEXT)
                assert_true(again.total_frames <= made->total_frames + 60 * FRAME_RATE);
            timeline_free(&again);
        }
}

static void enter(struct visit *v, int64_t frame)
{
    struct timeline made;
    const struct timeline *whole = &v->whole;
    assert_int_equal(excerpt_build(&made, whole, frame, false, NULL), STATUS_OK);
    judge_order(&made);
    judge_rest(whole, &made, frame);
    judge_sides(&made);
    judge_breath(whole, &made);
    assert_int_equal(count_notice(&made), count_notice(whole));
    assert_int_equal(made.plan_state->passed_frames, whole->total_frames - made.total_frames);
    if (v->places++ % 5 == 0)
        press(v, &made);
    timeline_free(&made);
}

// Twice a second everywhere: places are few, and each is its own.
static void enter_everywhere(struct visit *v)
{
    int64_t last = -1;
    for (int64_t at = 0; at < v->whole.total_frames; at += FRAME_RATE / 2) {
        const int64_t frame = entry_at(&v->whole, at);
        assert_true(frame >= last);
        assert_int_equal(entry_at(&v->whole, frame), frame);
        if (frame > last && frame > entry_at(&v->whole, 0))
            enter(v, frame);
        last = frame;
    }
    for (int i = 0; i < (int)v->script->session.section_count; i++) {
        const int64_t frame = entry_of_section(&v->whole, i);
        assert_int_equal(entry_at(&v->whole, frame), frame);
    }
}

static void visit_script(const char *path, void *context)
{
    struct guessed script = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    struct visit v = {.script = &script};
    struct visit *sum = context;
    guessed_open(&script, path);
    const struct range range = guessed_lengths(&script);
    const int64_t lengths[] = {range.least, script.session.natural, range.most};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        script.plan.total_frames = lengths[i];
        assert_int_equal(plan_build(&v.whole, &script.session, &script.utterances, script.clips,
                                    &script.plan, NULL),
                         STATUS_OK);
        enter_everywhere(&v);
        timeline_free(&v.whole);
    }
    assert_true(v.places > 5);
    sum->places += v.places;
    sum->refits += v.refits;
    guessed_close(&script);
}

static void every_place_of_every_script(void **state)
{
    (void)state;
    struct visit sum = {.places = 0};
    guessed_each(visit_script, &sum);
    print_message("%d places, %d re-fits\n", sum.places, sum.refits);
    assert_true(sum.places > 1000 && sum.refits > 1000);
}

static void a_line_is_found_by_its_number(void **state)
{
    (void)state;
    struct guessed script = {.plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT}};
    struct timeline whole;
    guessed_open(&script, LOOSEN_SOURCE_DIR "/scripts/en/wall-ball.session");
    script.plan.total_frames = script.session.natural;
    assert_int_equal(
        plan_build(&whole, &script.session, &script.utterances, script.clips, &script.plan, NULL),
        STATUS_OK);
    int lines = 0;
    for (size_t i = 0; i < whole.event_count; i++) {
        const struct event *event = &whole.events[i];
        const struct node *line = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
        if (!line || event->side == SIDE_RIGHT || !text_equal(line->file, script.session.file) ||
            line->place.line == 0)
            continue;
        assert_true(entry_of_line(&whole, line->place.line) <= event->start_frame);
        lines++;
        // Said again at once, it begins with just this line, without a notice.
        struct timeline made;
        assert_int_equal(excerpt_build(&made, &whole, event->start_frame, true, NULL), STATUS_OK);
        judge_order(&made);
        judge_rest(&whole, &made, event->start_frame);
        size_t first = 0;
        while (made.events[first].type != EVENT_SPEECH)
            first++;
        assert_ptr_equal(made.events[first].as.speech.line, line);
        assert_int_equal(made.events[first].start_frame, TIMELINE_LEAD_FRAMES);
        timeline_free(&made);
    }
    assert_true(lines > 20);
    assert_int_equal(entry_of_line(&whole, 100000), -1);
    timeline_free(&whole);
    guessed_close(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_of_every_script),
        cmocka_unit_test(a_line_is_found_by_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
