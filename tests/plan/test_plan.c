// SPDX-License-Identifier: GPL-3.0-or-later
// Small sessions by hand, with lengths that can be reckoned on paper. Every session has 6 s of lead
// and 8..10..15 s of tail; a line without a pause has a gap of 1.3..3..8 s behind it.
#include "filler.h"
#include "pace.h"
#include "presence.h"
#include "sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sketch *open_sketch(size_t sections)
{
    struct sketch *s = malloc(sizeof *s);
    assert_non_null(s);
    sketch_init(s, sections);
    sketch_section(s, 0);
    return s;
}

static void close_sketch(struct sketch *s)
{
    sketch_free(s);
    free(s);
}

static void expect_range(const struct sketch *s, double least, double most)
{
    struct range range;
    assert_int_equal(sketch_range(s, 6, false, &range), STATUS_OK);
    assert_int_equal(range.least, SKETCH_SECONDS(least));
    assert_int_equal(range.most, SKETCH_SECONDS(most));
}

static struct timeline plan(const struct sketch *s, double seconds)
{
    struct timeline timeline;
    struct error error;
    if (sketch_plan(s, 6, false, SKETCH_SECONDS(seconds), &timeline, &error))
        fail_msg("%s", error.text);
    assert_int_equal(timeline.total_frames, SKETCH_SECONDS(seconds));
    return timeline;
}

static int count(const struct timeline *t, const struct node *line)
{
    int spoken = 0;
    for (size_t i = 0; i < t->event_count; i++)
        spoken += t->events[i].type == EVENT_SPEECH && t->events[i].as.speech.line == line;
    return spoken;
}

static const struct event *find(const struct timeline *t, enum event_type type, int index)
{
    for (size_t i = 0; i < t->event_count; i++)
        if (t->events[i].type == type && index-- == 0)
            return &t->events[i];
    fail_msg("no such event");
    return NULL;
}

static void test_range(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 10);
    sketch_pause(s, 1, 2, 4);
    sketch_line(s, LEVEL_CORE, 5);
    expect_range(s, 6 + 10 + 1 + 8, 6 + 10 + 4 + 5 + 8 + 15);
    struct timeline t;
    struct error error;
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(24.9), &t, &error),
                     STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "0:25 to 0:48, not 0:24"));
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(49), &t, &error), STATUS_BAD_ARGUMENT);
    assert_int_equal(sketch_plan(s, 9, false, SKETCH_SECONDS(30), &t, &error), STATUS_BAD_ARGUMENT);
    close_sketch(s);
}

// Must, then core in order, then extra, each as soon as everything has its natural length with it;
// a pause goes with its line.
static void test_choice(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    const struct node *must = sketch_line(s, LEVEL_MUST, 10);
    sketch_pause(s, 1, 2, 4);
    const struct node *extra = sketch_line(s, LEVEL_EXTRA, 5);
    const struct node *first = sketch_line(s, LEVEL_CORE, 6);
    sketch_pause(s, 3, 6, 9);
    const struct node *second = sketch_line(s, LEVEL_CORE, 4);
    // natural: must 6 + 12 + 10 = 28; first +12 = 40; second +7 = 47; extra +8 = 55.
    static const struct {
        double seconds;
        int first, second, extra;
    } cases[] = {{25, 0, 0, 0}, {39.9, 0, 0, 0}, {40, 1, 0, 0}, {46.9, 1, 0, 0},
                 {47, 1, 1, 0}, {54.9, 1, 1, 0}, {55, 1, 1, 1}, {60, 1, 1, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct timeline t = plan(s, cases[i].seconds);
        assert_int_equal(count(&t, must), 1);
        assert_int_equal(count(&t, first), cases[i].first);
        assert_int_equal(count(&t, second), cases[i].second);
        assert_int_equal(count(&t, extra), cases[i].extra);
        int left = 3 - cases[i].first - cases[i].second - cases[i].extra;
        assert_int_equal(t.left_count, left);
        for (size_t k = 0; k < t.left_count; k++)
            assert_int_equal(t.left_out[k].reason, LEFT_NO_ROOM);
        timeline_free(&t);
    }
    close_sketch(s);
}

static const struct event *find_line(const struct timeline *t, const struct node *line)
{
    for (size_t i = 0; i < t->event_count; i++)
        if (t->events[i].type == EVENT_SPEECH && t->events[i].as.speech.line == line)
            return &t->events[i];
    return NULL;
}

// Time before text: a touch that every length has comes to its natural breaths, half way from 2 to
// 6, before the next core line is said; beyond them only when everything is said.
static void test_touch_before_text(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_contact(s, 20, 60);
    sketch_end(s);
    const struct node *core = sketch_line(s, LEVEL_CORE, 4);
    const struct node *extra = sketch_line(s, LEVEL_EXTRA, 4);
    bool said = false;
    int64_t touch = 0;
    for (double at = 45; at <= 117; at += 0.5) {
        struct timeline t = plan(s, at);
        const int64_t frames = find(&t, EVENT_CONTACT, 0)->frames;
        assert_int_equal(frames % SKETCH_SECONDS(10), 0);
        assert_true(frames >= touch);
        if (count(&t, core))
            assert_true(frames >= SKETCH_SECONDS(40));
        if (frames > SKETCH_SECONDS(40))
            assert_true(count(&t, extra) == 1);
        said = said || count(&t, core);
        touch = frames;
        timeline_free(&t);
    }
    assert_true(said);
    assert_int_equal(touch, SKETCH_SECONDS(60));
    close_sketch(s);
}

// A touch grows before a line in it is said: 2 breaths hold one line with its natural silence, two
// need 3 of them.
static void test_touch_grows_for_its_lines(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_move(s, 20, 60)->as.move.counted = true;
    struct node *move = s->session.sections[0].first;
    move->as.move.least_breaths = 2;
    move->as.move.most_breaths = 6;
    sketch_line(s, LEVEL_MUST, 4);
    const struct node *first = sketch_line(s, LEVEL_CORE, 30);
    const struct node *second = sketch_line(s, LEVEL_CORE, 5);
    sketch_end(s);
    bool both = false;
    for (double at = 36; at <= 81; at += 0.5) {
        struct timeline t = plan(s, at);
        const int64_t frames = find(&t, EVENT_MOVE, 0)->frames;
        if (count(&t, first)) // 4 + 3 + 30 + 3 s of it
            assert_true(frames >= SKETCH_SECONDS(40));
        if (count(&t, second)) // and 5 + 3 more
            assert_true(frames >= SKETCH_SECONDS(50));
        both = both || (count(&t, first) && count(&t, second));
        timeline_free(&t);
    }
    assert_true(both);
    close_sketch(s);
}

// Rests grow in steps: of 5..85 s in 16 parts of 5 s, 5 of them before a core line, 8 before an
// extra one.
static void test_rests_grow_in_steps(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_rest(s, 5, 85);
    sketch_end(s);
    const struct node *behind = sketch_line(s, LEVEL_MUST, 4);
    const struct node *core = sketch_line(s, LEVEL_CORE, 4);
    const struct node *extra = sketch_line(s, LEVEL_EXTRA, 4);
    bool said = false;
    for (double at = 40; at <= 146; at += 0.5) {
        struct timeline t = plan(s, at);
        const int64_t rest = find_line(&t, behind)->start_frame - SKETCH_SECONDS(10);
        if (count(&t, core))
            assert_true(rest >= SKETCH_SECONDS(5 + 25));
        if (count(&t, extra))
            assert_true(rest >= SKETCH_SECONDS(5 + 40));
        said = said || count(&t, extra);
        timeline_free(&t);
    }
    assert_true(said);
    close_sketch(s);
}

// What a line asks of the body has its time behind it, at every length; a rest that certainly
// follows counts.
static void test_actions_have_their_time(void **state)
{
    (void)state;
    static const struct {
        double action, pause, rest, least;
    } cases[] = {{15, 0, 0, 15}, {15, 20, 0, 20},     {15, 4, 0, 15},
                 {15, 4, 6, 15}, {15, 4, 20, 4 + 20}, {0, 0, 0, 1.3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sketch *s = open_sketch(1);
        sketch_line(s, LEVEL_MUST, 4)->as.line.action_frames = SKETCH_SECONDS(cases[i].action);
        if (cases[i].pause > 0)
            sketch_pause(s, cases[i].pause, cases[i].pause, cases[i].pause);
        if (cases[i].rest > 0) {
            sketch_rest(s, cases[i].rest, cases[i].rest);
            sketch_end(s);
        }
        const struct node *behind = sketch_line(s, LEVEL_MUST, 4);
        struct range range;
        assert_int_equal(sketch_range(s, 6, false, &range), STATUS_OK);
        struct timeline t;
        assert_int_equal(sketch_plan(s, 6, false, range.least, &t, NULL), STATUS_OK);
        const int64_t quiet = find_line(&t, behind)->start_frame - SKETCH_SECONDS(10);
        if (llabs(quiet - SKETCH_SECONDS(cases[i].least)) > 1)
            fail_msg("case %zu: %.3f s of quiet, not %.3f", i, seconds_from_frames(quiet),
                     cases[i].least);
        timeline_free(&t);
        close_sketch(s);
    }
}

// Both sides: contact alike to the frame, at every length, whatever is said on one side only.
static void test_sides(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    const struct node *sides = sketch_sides(s);
    sketch_line(s, LEVEL_MUST, 3)->pass = PASS_FIRST;
    sketch_line(s, LEVEL_MUST, 2)->pass = PASS_SECOND;
    sketch_contact(s, 30, 60);
    sketch_line(s, LEVEL_MUST, 12)->pass = PASS_FIRST;
    sketch_rest(s, 2, 30);
    sketch_end(s);
    sketch_line(s, LEVEL_CORE, 4)->pass = PASS_SECOND;
    sketch_end(s);
    sketch_end(s);
    assert_int_equal(sides->as.sides.order[0], SIDE_LEFT);
    struct range range;
    assert_int_equal(sketch_range(s, 6, false, &range), STATUS_OK);
    for (int64_t at = range.least; at <= range.most; at += 104729) { // a prime: odd lengths too
        struct timeline t;
        assert_int_equal(sketch_plan(s, 6, false, at, &t, NULL), STATUS_OK);
        const struct event *left = find(&t, EVENT_CONTACT, 0);
        const struct event *right = find(&t, EVENT_CONTACT, 1);
        assert_int_equal(left->side, SIDE_LEFT);
        assert_int_equal(right->side, SIDE_RIGHT);
        assert_int_equal(left->frames, right->frames);
        assert_in_range(left->frames, SKETCH_SECONDS(30), SKETCH_SECONDS(60));
        timeline_free(&t);
    }
    close_sketch(s);
}

// A third round would press 70 s more than the 6 minutes: it is never taken, and the plan says why.
static void test_contact_budget(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 3);
    sketch_repeat(s, 1, 6);
    sketch_contact(s, 80, 80);
    sketch_end(s);
    sketch_rest(s, 0, 60);
    sketch_end(s);
    sketch_end(s);
    struct range range;
    assert_int_equal(sketch_range(s, 6, false, &range), STATUS_OK);
    struct timeline t;
    assert_int_equal(sketch_plan(s, 6, false, range.most, &t, NULL), STATUS_OK);
    find(&t, EVENT_CONTACT, 3);
    assert_int_equal(t.left_count, 1);
    assert_int_equal(t.left_out[0].reason, LEFT_CONTACT_BUDGET);
    assert_int_equal(t.left_out[0].count, 2);
    timeline_free(&t);
    close_sketch(s);
}

static void test_block_too_long(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_contact(s, 10, 20)->place = (struct place){7, 3};
    sketch_line(s, LEVEL_MUST, 12);
    const struct node *core = sketch_line(s, LEVEL_CORE, 9);
    sketch_end(s);
    struct timeline t = plan(s, 36);
    assert_int_equal(count(&t, core), 0); // 12 + 9 s do not fit into 20
    assert_int_equal(t.left_out[0].reason, LEFT_BLOCK_LIMIT);
    timeline_free(&t);
    s->clips[0] = SKETCH_SECONDS(21);
    struct error error;
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(40), &t, &error), STATUS_BAD_INPUT);
    assert_int_equal(error.line, 7);
    close_sketch(s);
}

// A timed block without anything elastic in it keeps quiet behind its last line.
static void test_quiet_in_block(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_move(s, 30, 40);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_end(s);
    sketch_line(s, LEVEL_MUST, 3);
    expect_range(s, 6 + 30 + 4.3 + 8, 6 + 40 + 11 + 15);
    struct timeline t = plan(s, 6 + 40 + 11 + 15);
    assert_int_equal(find(&t, EVENT_MOVE, 0)->frames, SKETCH_SECONDS(40));
    assert_int_equal(find(&t, EVENT_SPEECH, 1)->start_frame, SKETCH_SECONDS(46));
    timeline_free(&t);
    close_sketch(s);
}

// Ramp and tide are one bout: numbered through, words on its first two breaths, released at its
// end.
static void test_bout(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_breaths(s, PATTERN_RAMP, 0, 0, 6, 6);
    sketch_breaths(s, PATTERN_PACED, 4, 6, 1, 2);
    sketch_line(s, LEVEL_MUST, 4);
    struct timeline t = plan(s, 6 + 7 + 48 + 20 + 7 + 10);
    assert_int_equal(t.breath_count, 8);
    int cues = 0;
    for (size_t i = 0; i < t.event_count; i++) {
        const struct event *e = &t.events[i];
        cues += e->type == EVENT_SPEECH && !e->as.speech.line;
        if (e->type == EVENT_BREATH)
            assert_int_equal(e->as.breath.cycles, 8);
    }
    assert_int_equal(cues, 4);
    const struct event *out = find(&t, EVENT_BREATH, 15);
    assert_int_equal(out->as.breath.phase, BREATH_OUT);
    assert_int_equal(out->as.breath.cycle, 7);
    assert_int_equal(find(&t, EVENT_BREATH, 0)->start_frame,
                     find(&t, EVENT_SPEECH, 1)->start_frame);
    timeline_free(&t);
    assert_int_equal(sketch_plan(s, 6, true, SKETCH_SECONDS(92), &t, NULL), STATUS_OK);
    assert_int_equal(t.breath_count, 0); // natural breathing: the same time, quiet
    timeline_free(&t);
    close_sketch(s);
}

// How many lines keep company; each has 6 s of quiet around it.
static int count_company(const struct timeline *t)
{
    int lines = 0;
    int64_t heard = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event *e = &t->events[i];
        if (e->type != EVENT_SPEECH)
            continue;
        bool company = e->as.speech.line == &filler_line;
        bool follows = i > 0 && t->events[i - 1].as.speech.line == &filler_line;
        if (company || follows)
            assert_true(e->start_frame - heard >= SKETCH_SECONDS(6));
        heard = e->start_frame + e->frames;
        lines += company;
    }
    return lines;
}

// A breath that is left to itself for long has company, also where a rest without lines stands next
// to it; one that is led has none. Lines for one way to breathe are not heard in the other.
static void test_company(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    struct node *led = sketch_line(s, LEVEL_MUST, 4);
    sketch_pause(s, 3, 3, 3);
    struct node *free = sketch_line(s, LEVEL_MUST, 4);
    led->breathing = BREATHING_PACED;
    free->breathing = BREATHING_NATURAL;
    sketch_rest(s, 2, 20);
    sketch_end(s);
    sketch_repeat(s, 2, 2);
    sketch_breathe(s, PATTERN_PACED, 4, 6, 30, 600);
    sketch_end(s);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_company(s);
    for (int minutes = 2; minutes <= 10; minutes++) {
        struct timeline t;
        const int64_t total = SKETCH_SECONDS(60 * minutes);
        assert_int_equal(sketch_plan(s, 6, true, total, &t, NULL), STATUS_OK);
        assert_int_equal(t.total_frames, total);
        assert_true(count_company(&t) > 0);
        assert_true(t.longest_wait_frames < presence_wait(total) + SKETCH_SECONDS(1));
        assert_int_equal(t.breath_count, 0);
        assert_int_equal(count(&t, led), 0);
        assert_int_equal(count(&t, free), 1);
        timeline_free(&t);
        t = plan(s, 60 * minutes);
        assert_int_equal(count_company(&t), 0);
        assert_int_equal(count(&t, led), 1);
        assert_int_equal(count(&t, free), 0);
        timeline_free(&t);
    }
    // A script's own "@breathe natural" is left to itself with and without the option.
    sketch_breathe(s, PATTERN_NATURAL, 0, 0, 120, 120);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_company(s);
    struct timeline t = plan(s, 300);
    assert_int_equal(count_company(&t), 6); // 123 s of quiet in pieces of 20 s
    timeline_free(&t);
    close_sketch(s);
}

// Two bouts with a rest between: 10 min in all while the rest is short, 10 min each once it is 2
// min.
static void test_long_bouts(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_breathe(s, PATTERN_PACED, 4, 6, 0, 600);
    sketch_line(s, LEVEL_MUST, 4);
    const struct node *rest = sketch_rest(s, 1, 180);
    sketch_end(s);
    sketch_breathe(s, PATTERN_PACED, 4, 6, 0, 600);
    sketch_line(s, LEVEL_MUST, 4);
    struct timeline t = plan(s, 1400);
    int64_t free_time = 0;
    int64_t end = 0;
    for (size_t i = 0; i < t.event_count; i++) {
        if (t.events[i].type != EVENT_BREATH)
            continue;
        if (end && t.events[i].start_frame > end)
            free_time = t.events[i].start_frame - end;
        end = t.events[i].start_frame + t.events[i].frames;
    }
    assert_true(t.breath_count > 100);
    assert_true(free_time >= SKETCH_SECONDS(120));
    timeline_free(&t);
    // With a rest that cannot be 2 min long, 10 min are all.
    ((struct node *)(uintptr_t)rest)->as.rest.frames.most = SKETCH_SECONDS(100);
    struct range range;
    assert_int_equal(sketch_range(s, 6, false, &range), STATUS_OK);
    assert_int_equal(sketch_plan(s, 6, false, range.most, &t, NULL), STATUS_OK);
    assert_int_equal(t.breath_count, 60);
    for (size_t i = 0; i < t.left_count; i++)
        assert_int_equal(t.left_out[i].reason, LEFT_BOUT_LIMIT);
    assert_int_equal(t.left_count, 2);
    timeline_free(&t);
    close_sketch(s);
}

// A long rest gets as many lines as the wait allows, evenly, in order. In a short session its next
// step is awaited for a breath longer.
static void test_presence(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(1);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_rest(s, 5, 1200);
    for (int i = 0; i < 30; i++)
        sketch_line(s, LEVEL_PRESENCE, 2);
    sketch_end(s);
    sketch_line(s, LEVEL_MUST, 4);
    struct timeline t = plan(s, 45);
    assert_int_equal(find(&t, EVENT_SPEECH, 1)->as.speech.level,
                     LEVEL_MUST); // 20 s: too short for any
    assert_int_equal(t.left_out[0].reason, LEFT_SPACING);
    timeline_free(&t);
    int before = 0;
    for (int minutes = 2; minutes <= 20; minutes++) {
        t = plan(s, 60 * minutes);
        int lines = 0;
        for (size_t i = 0; i < t.event_count; i++)
            lines += t.events[i].type == EVENT_SPEECH;
        assert_true(lines >= before);
        before = lines;
        assert_true(t.longest_wait_frames <=
                    presence_wait(t.total_frames) + SKETCH_SECONDS(minutes < 5 ? 10 : 0));
        assert_true(t.longest_wait_frames >= SKETCH_SECONDS(8));
        timeline_free(&t);
    }
    assert_true(before > 10);
    close_sketch(s);
}

static void test_wait_table(void **state)
{
    (void)state;
    assert_int_equal(presence_wait(SKETCH_SECONDS(60)), SKETCH_SECONDS(12));
    assert_int_equal(presence_wait(SKETCH_SECONDS(300)), SKETCH_SECONDS(20));
    assert_int_equal(presence_wait(SKETCH_SECONDS(900)), SKETCH_SECONDS(45));
    assert_int_equal(presence_wait(SKETCH_SECONDS(5400)), SKETCH_SECONDS(180));
    assert_int_equal(presence_wait(SKETCH_SECONDS(9000)), SKETCH_SECONDS(180));
}

// Sections follow their shapes; what one cannot take goes to the others.
static void test_shapes(void **state)
{
    (void)state;
    static const struct sketch_point first[] = {{30, 120}, {60, 240}};
    static const struct sketch_point second[] = {{90, 120}, {180, 240}};
    struct sketch *s = open_sketch(2);
    for (size_t i = 0; i < 2; i++) {
        sketch_section(s, i);
        sketch_line(s, LEVEL_MUST, 5);
        sketch_rest(s, 2, 300);
        sketch_end(s);
        sketch_shape(s, i, i ? second : first, 2);
    }
    for (double at = 120; at <= 240; at += 17) {
        struct timeline t = plan(s, at);
        int64_t off = find(&t, EVENT_SECTION, 0)->frames - SKETCH_SECONDS(at / 4);
        assert_in_range(off + 2, 0, 4);
        timeline_free(&t);
    }
    s->session.sections[0].first->next->as.rest.frames.most = SKETCH_SECONDS(9);
    struct timeline t = plan(s, 240);
    assert_int_equal(find(&t, EVENT_SECTION, 0)->frames, SKETCH_SECONDS(6 + 5 + 9));
    assert_int_equal(find(&t, EVENT_SECTION, 1)->frames, SKETCH_SECONDS(220));
    timeline_free(&t);
    close_sketch(s);
}

static void test_guess(void **state)
{
    (void)state;
    struct text line = TEXT("Set the ball on the left of your lower back, on soft muscle, two "
                            "fingers from the spine.");
    // Measured: 6.87 s.
    assert_in_range(pace_guess_clip(line), SKETCH_SECONDS(6.3), SKETCH_SECONDS(7.4));
    assert_in_range(pace_guess_clip(TEXT("There is nothing to fix.")), SKETCH_SECONDS(1.5),
                    SKETCH_SECONDS(2.2));
    assert_true(pace_guess_clip(TEXT("\xff\xfe")) > 0);
}

// A third of the whole is left to sleep in, whatever the shape says; the fade is a tenth of it.
static void test_sleep(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(2);
    s->session.ending = ENDING_SLEEP;
    sketch_line(s, LEVEL_MUST, 10);
    sketch_rest(s, 0, 3000);
    sketch_end(s);
    const struct node *last = sketch_line(s, LEVEL_MUST, 3);
    sketch_section(s, 1);
    sketch_rest(s, 30, 900);
    sketch_end(s);
    sketch_shape(s, 1, (struct sketch_point[]){{100, 600}, {1000, 2000}}, 2);
    // 6 s of lead, 14 s at least; the quiet has at most 15 min and its fade, which is 18 min of 54.
    expect_range(s, 6 + 10 + 1.3 + 3 + 1.3 + 30 + 60, 3 * (900 + 180));
    static const struct {
        double seconds, tail, quiet;
    } cases[] = {
        {120, 60, 90}, {600, 60, 200}, {900, 90, 300}, {2000, 180, 1000}, {3240, 180, 1080}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct timeline t = plan(s, cases[i].seconds);
        const struct event *night = find(&t, EVENT_SECTION, 1);
        assert_int_equal(t.tail_frames, SKETCH_SECONDS(cases[i].tail));
        assert_true(llabs(night->frames - SKETCH_SECONDS(cases[i].quiet)) <= 2);
        assert_true(3 * night->frames >= t.total_frames);
        assert_int_equal(night->start_frame + night->frames, t.total_frames);
        assert_int_equal(count(&t, last), 1);
        // The wait between the two lines counts; the night does not.
        int64_t wait = find(&t, EVENT_SPEECH, 1)->start_frame - SKETCH_SECONDS(16);
        assert_int_equal(t.longest_wait_frames, wait);
        timeline_free(&t);
    }
    struct timeline t;
    struct error error;
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(3241), &t, &error),
                     STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.text, "not 54:01; its last section, a third of it or more"));
    close_sketch(s);
}

// Four minutes of speech cannot be followed by their half when the quiet has 90 s at most.
static void test_sleep_too_short(void **state)
{
    (void)state;
    struct sketch *s = open_sketch(2);
    s->session.ending = ENDING_SLEEP;
    s->session.sections[1].place = (struct place){7, 4};
    sketch_line(s, LEVEL_MUST, 400);
    sketch_section(s, 1);
    sketch_rest(s, 1, 20);
    sketch_end(s);
    struct timeline t;
    struct error error;
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(650), &t, &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.text, "can be 200 s long"));
    assert_int_equal(error.line, 7);
    s->session.ending = ENDING_RETURN;
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(430), &t, &error), STATUS_OK);
    assert_true(t.tail_frames < SKETCH_SECONDS(20));
    timeline_free(&t);
    close_sketch(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_touch_before_text),
        cmocka_unit_test(test_touch_grows_for_its_lines),
        cmocka_unit_test(test_rests_grow_in_steps),
        cmocka_unit_test(test_actions_have_their_time),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_contact_budget),
        cmocka_unit_test(test_block_too_long),
        cmocka_unit_test(test_quiet_in_block),
        cmocka_unit_test(test_bout),
        cmocka_unit_test(test_company),
        cmocka_unit_test(test_long_bouts),
        cmocka_unit_test(test_presence),
        cmocka_unit_test(test_wait_table),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_sleep),
        cmocka_unit_test(test_sleep_too_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
