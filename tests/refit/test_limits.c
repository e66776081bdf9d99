// SPDX-License-Identifier: GPL-3.0-or-later
// Session, planner and re-fit, all built with lower limits (lowered_limits.h): a part that keeps a
// limit of its own, or spells another number, is found here.
#include "fixture.h"
#include "plan_refit.h"
#include "session_limits.h"
#include "sketch.h"
#include "timeline_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SECONDS(s) SKETCH_SECONDS(s)
#define GLUTES(words) "@notice pressure\n@contact glutes with ball on floor, " words "\n@end\n"
#define PART(region) "@contact " region " with ball on floor, pressure 4, 75s\n@end\n"
#define TWO(words) words words
#define FOUR(words) TWO(words) TWO(words)

struct refused {
    const char *header; // besides title and language
    const char *body;
    const char *told;
};

#define LENGTH "length: 6m..60m, natural 10m\n"
#define TOUCH LENGTH "notice: pressure\n"
#define BREATH LENGTH "notice: breath\n"

static const struct refused refused[] = {
    {TOUCH, GLUTES("pressure 4..6, 20s"), "never above 5 of 10"},
    {TOUCH, GLUTES("pressure 4, 60s..81s"), "at most 80s on one spot"},
    {TOUCH, GLUTES("pressure 4, 8..9 breaths"), "let the least be 7 breaths"},
    {TOUCH, GLUTES("pressure 4, 8..9 breaths"), "at the slowest pace, 5.5 a minute"},
    {TOUCH,
     "@notice pressure\n" PART("glutes") PART("feet") PART("calves") PART("thighs")
         PART("hamstrings"),
     "more than 5 min of pressure a side"},
    {TOUCH, "@repeat 2\n" GLUTES("pressure 4, 30s") "@end\n", "more than 1 rounds"},
    {BREATH, "@notice breath\n@breathe tide 9m\n", "a bout of more than 8 min"},
    {BREATH, "@notice breath\n@breathe tide 9m\n", "keep the bout within 8m"},
    {BREATH, "@notice breath\n@breathe sigh 3 breaths\n", "more than 2 sighs in a row"},
    {BREATH, "@notice breath\n@breathe 5-6 1m\n", "in-breaths up to 4 s and out-breaths up to 7 s"},
    {BREATH, "@notice breath\n@breathe 3-1.5-5 1m\n", "more than 1 s is no relaxation"},
    {BREATH, "@notice breath\n@breathe 3-0.5-6 1m\n", "a turn-around of more than 0 s"},
    {BREATH, "@notice breath\n@breathe 3-5 1m\n",
     "less than 8.5 s or more than 10.9 s (7 to 5.5 a minute)"},
    {"length: 2m..60m, natural 10m\n", "", "is not within 3m..80m"},
    {"length: 3m..81m, natural 10m\n", "", "at least 3 and at most 80 minutes"},
    {LENGTH, FOUR(TWO("@repeat 2\n")) "@repeat 2\nSaid.\n" FOUR(TWO("@end\n")) "@end\n",
     "more than 8 blocks"},
};

// What is said of a script, hints included. Free with buffer_free.
static struct buffer told_of(const char *header, const char *body)
{
    struct buffer script = BUFFER_INIT, out = BUFFER_INIT;
    struct diagnostics list;
    struct session session;
    buffer_printf(&script, "title: T\nlanguage: en\n%s== First\nSaid.\n%s\n== Last\nGoodbye.\n",
                  header, body);
    if (fixture_parse(&session, buffer_text(&script), "limits", &list) == STATUS_OK)
        session_free(&session);
    diagnostics_print(&list, &out);
    buffer_add_byte(&out, '\0');
    diagnostics_free(&list);
    buffer_free(&script);
    return out;
}

static void the_check_refuses_and_names_the_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct buffer out = told_of(refused[i].header, refused[i].body);
        if (!strstr(out.data, refused[i].told))
            fail_msg("expected \"%s\" of:\n%s\nfound:\n%s", refused[i].told, refused[i].body,
                     out.data);
        buffer_free(&out);
    }
}

static size_t count_events(const struct timeline *timeline, enum event_type type, int64_t *frames)
{
    size_t count = 0;
    *frames = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        if (timeline->events[i].type != type)
            continue;
        count++;
        *frames += timeline->events[i].frames;
    }
    return count;
}

static void plan_longest(const struct sketch *sketch, struct timeline *timeline)
{
    struct range range;
    struct error error;
    assert_int_equal(sketch_range(sketch, 6, false, &range), STATUS_OK);
    assert_int_equal(sketch_plan(sketch, 6, false, range.most, timeline, &error), STATUS_OK);
}

static void expect_in_table(const struct timeline *timeline, const struct sketch *sketch,
                            const char *told)
{
    struct buffer table = BUFFER_INIT;
    timeline_print_table(timeline, &sketch->utterances, NULL, &table);
    buffer_add_byte(&table, '\0');
    if (!strstr(table.data, told))
        fail_msg("expected \"%s\" in:\n%s", told, table.data);
    buffer_free(&table);
}

static void the_planner_keeps_the_pressure_a_side(void **state)
{
    (void)state;
    struct sketch sketch;
    struct timeline timeline;
    int64_t frames;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_repeat(&sketch, 1, 6);
    sketch_contact(&sketch, 70, 70);
    sketch_end(&sketch);
    sketch_rest(&sketch, 0, 60);
    sketch_end(&sketch);
    sketch_end(&sketch);
    plan_longest(&sketch, &timeline);
    assert_int_equal(count_events(&timeline, EVENT_CONTACT, &frames), 4); // a fifth makes 350 s
    assert_true(frames <= SECONDS(5 * 60));
    expect_in_table(&timeline, &sketch, "5 min of pressure a side is the most");
    timeline_free(&timeline);
    sketch_free(&sketch);
}

// The time between the two bouts of a plan, or -1 when they are one.
static int64_t gap_between_bouts(const struct timeline *timeline)
{
    int64_t end = -1;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        if (end >= 0 && event->start_frame > end)
            return event->start_frame - end;
        end = event->start_frame + event->frames;
    }
    return -1;
}

static void the_planner_keeps_the_length_of_a_bout(void **state)
{
    (void)state;
    struct sketch sketch;
    struct timeline timeline;
    int64_t frames;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_breathe(&sketch, PATTERN_PACED, 4, 6, 60, 20 * 60);
    sketch_line(&sketch, LEVEL_MUST, 3);
    plan_longest(&sketch, &timeline);
    count_events(&timeline, EVENT_BREATH, &frames);
    assert_int_equal(frames, SECONDS(8 * 60));
    timeline_free(&timeline);
    sketch_free(&sketch);
}

static void the_planner_keeps_the_free_time_between_bouts(void **state)
{
    (void)state;
    struct sketch sketch;
    struct range range;
    struct timeline timeline;
    int64_t frames;
    int apart = 0;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_breathe(&sketch, PATTERN_PACED, 4, 6, 60, 300);
    sketch_rest(&sketch, 0, 400);
    sketch_end(&sketch);
    sketch_breathe(&sketch, PATTERN_PACED, 4, 6, 60, 300);
    sketch_line(&sketch, LEVEL_MUST, 3);
    assert_int_equal(sketch_range(&sketch, 6, false, &range), STATUS_OK);
    for (int64_t at = range.least; at <= range.most; at += SECONDS(10)) {
        assert_int_equal(sketch_plan(&sketch, 6, false, at, &timeline, NULL), STATUS_OK);
        int64_t gap = gap_between_bouts(&timeline);
        count_events(&timeline, EVENT_BREATH, &frames);
        apart += frames > SECONDS(8 * 60);
        if (frames > SECONDS(8 * 60) && gap < SECONDS(3 * 60))
            fail_msg("%.1f s between two bouts of %.1f s", seconds_from_frames(gap),
                     seconds_from_frames(frames));
        timeline_free(&timeline);
    }
    assert_true(apart > 0);
    sketch_free(&sketch);
}

static enum status more(const struct sketch *sketch, const struct timeline *present, double at_s,
                        struct timeline *made, struct error *error)
{
    const struct plan_config plan = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    const struct plan_refit_config config = {.present = present,
                                             .utterances = &sketch->utterances,
                                             .clip_frames = sketch->clips,
                                             .plan = &plan,
                                             .request = PLAN_MORE,
                                             .now_frame = SECONDS(at_s),
                                             .end = PLAN_END_LATER};
    return plan_refit(made, &config, error);
}

static void a_refit_keeps_the_time_of_one_spot(void **state)
{
    (void)state;
    struct sketch sketch;
    struct timeline first, second, third;
    struct error error;
    int64_t frames;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_contact(&sketch, 70, 200)->as.contact.frames.most = SECONDS(75);
    struct node *contact = sketch.session.sections[0].first;
    while (contact->type != NODE_CONTACT)
        contact = contact->next;
    for (int i = 0; i < 5; i++) {
        sketch_line(&sketch, LEVEL_MUST, 4);
        sketch_pause(&sketch, 1, 8, 20);
    }
    sketch_end(&sketch);
    sketch_rest(&sketch, 0, 60);
    sketch_end(&sketch);
    sketch_line(&sketch, LEVEL_MUST, 3);
    assert_int_equal(sketch_plan(&sketch, 6, false, SECONDS(120), &first, &error), STATUS_OK);
    contact->as.contact.frames.most = SECONDS(200); // as no check would let it be
    assert_int_equal(more(&sketch, &first, 40, &second, &error), STATUS_OK);
    count_events(&second, EVENT_CONTACT, &frames);
    assert_int_equal(frames, SECONDS(80));
    assert_int_equal(more(&sketch, &second, 42, &third, &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text, "This place has had its time.");
    timeline_free(&second);
    timeline_free(&first);
    sketch_free(&sketch);
}

static void a_refit_keeps_the_length_of_a_bout(void **state)
{
    (void)state;
    struct sketch sketch;
    struct timeline whole, made;
    struct error error;
    sketch_init(&sketch, 1);
    sketch_section(&sketch, 0);
    sketch_line(&sketch, LEVEL_MUST, 3);
    sketch_breathe(&sketch, PATTERN_PACED, 4, 6, 470, 480);
    sketch_rest(&sketch, 0, 300);
    sketch_end(&sketch);
    sketch_line(&sketch, LEVEL_MUST, 3);
    assert_int_equal(sketch_plan(&sketch, 6, false, SECONDS(600), &whole, &error), STATUS_OK);
    assert_int_equal(more(&sketch, &whole, 200, &made, &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text, "The breath has been led for long enough; it may rest first.");
    timeline_free(&whole);
    sketch_free(&sketch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_refuses_and_names_the_number),
        cmocka_unit_test(the_planner_keeps_the_pressure_a_side),
        cmocka_unit_test(the_planner_keeps_the_length_of_a_bout),
        cmocka_unit_test(the_planner_keeps_the_free_time_between_bouts),
        cmocka_unit_test(a_refit_keeps_the_time_of_one_spot),
        cmocka_unit_test(a_refit_keeps_the_length_of_a_bout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
