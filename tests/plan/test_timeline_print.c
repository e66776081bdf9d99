// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_json.h"
#include "points.h"
#include "sketch.h"
#include "timeline_print.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct sketch sketch;
    struct timeline timeline;
    struct buffer out;
};

static int open_fixture(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    struct sketch *s = &f->sketch;
    sketch_init(s, 2);
    s->session.breathes_free = true; // what accompanies is put in by hand, on one side
    sketch_section(s, 0);
    sketch_line(s, LEVEL_MUST, 5);
    sketch_mark(s, NODE_CHIME);
    sketch_breaths(s, PATTERN_RAMP, 0, 0, 6, 6);
    sketch_line(s, LEVEL_EXTRA, 8);
    sketch_section(s, 1);
    sketch_mark(s, NODE_SCENE);
    sketch_sides(s);
    sketch_contact(s, 30, 40);
    sketch_line(s, LEVEL_MUST, 4);
    sketch_end(s);
    sketch_end(s);
    // Text from a script is hostile until shown otherwise.
    s->items[0].shown =
        TEXT("Bell \x07 and <tag> & a long line of words that has to go on in the next "
             "row of the table, for it does not fit.");
    s->session.sections[1].name = TEXT("A<B");
    assert_int_equal(sketch_plan(s, 6, false, SKETCH_SECONDS(150), &f->timeline, NULL), STATUS_OK);
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    timeline_free(&f->timeline);
    sketch_free(&f->sketch);
    buffer_free(&f->out);
    free(f);
    return 0;
}

static void expect(const struct fixture *f, const char *piece)
{
    if (!strstr(f->out.data, piece))
        fail_msg("\"%s\" is missing in:\n%s", piece, f->out.data);
}

static void test_table(void **state)
{
    struct fixture *f = *state;
    timeline_print_table(&f->timeline, &f->sketch.utterances, NULL, &f->out);
    assert_false(f->out.failed);
    expect(f, "Sketch, 2:30\n");
    expect(f, "   0:00  ==      Part 1  (");
    expect(f, "   0:06  say     Bell \\x07 and <tag>");
    expect(f, "breathe ramp, 6 breaths, 6 s to 10 s\n");
    expect(f, "touch   left glutes with ball on wall, pressure 4 to 5 of 10, ");
    expect(f, "touch   right glutes");
    expect(f, "scene   pad\n");
    expect(f, "Left out\n  Part 1\n    \"Line 1.\" (no room)\n");
    expect(f, "6 paced breaths, longest wait ");
    for (const char *line = f->out.data; *line;) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_in_range(end - line, 0, 80);
        assert_true(end == line || end[-1] != ' ');
        line = end + 1;
    }
}

static void test_svg(void **state)
{
    struct fixture *f = *state;
    timeline_print_svg(&f->timeline, &f->sketch.utterances, &f->out);
    assert_false(f->out.failed);
    expect(f, "<svg xmlns=");
    expect(f, "&lt;tag&gt; &amp; a long line");
    expect(f, "A&lt;B");
    expect(f, "glutes, ");
    assert_null(strstr(f->out.data, "<tag>"));
    assert_null(strchr(f->out.data, '\x07'));
    assert_string_equal(f->out.data + f->out.size - 7, "</svg>\n");
    // Every tag that opens closes.
    int depth = 0;
    for (const char *at = f->out.data; (at = strchr(at, '<')); at++)
        if (at[1] == '/')
            depth--;
        else if (*(strchr(at, '>') - 1) != '/')
            depth++;
    assert_int_equal(depth, 0);
}

// Two breaths of 4 and 6 s go on in the left touch, and the timeline has no other.
static void accompany(struct fixture *f)
{
    struct timeline *t = &f->timeline;
    struct event *events = arena_array(&t->arena, t->event_count + 4, sizeof *events);
    assert_non_null(events);
    size_t count = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        events[count++] = t->events[i];
        if (t->events[i].type != EVENT_CONTACT || t->events[i].side != SIDE_LEFT)
            continue;
        int64_t at = t->events[i].start_frame;
        events[count - 1].frames = SKETCH_SECONDS(20);
        for (int k = 0; k < 4; k++) {
            bool in = k % 2 == 0;
            events[count++] = (struct event){
                .type = EVENT_SWELL,
                .start_frame = at,
                .frames = SKETCH_SECONDS(in ? 4 : 6),
                .section = 1,
                .side = SIDE_LEFT,
                .as.breath = {in ? BREATH_IN : BREATH_OUT, -1, k / 2, 2, !in, in, NULL}};
            at += events[count - 1].frames;
        }
    }
    assert_int_equal(count, t->event_count + 4);
    t->events = events;
    t->event_count = count;
}

static void test_accompanying_breath(void **state)
{
    struct fixture *f = *state;
    accompany(f);
    timeline_print_table(&f->timeline, &f->sketch.utterances, NULL, &f->out);
    expect(f, "touch   left glutes with ball on wall, pressure 4 to 5 of 10, 20 s, 2\n"
              "                 breaths\n");
    expect(f, "), 6 paced breaths, 2 accompanied, longest wait ");
    const char *right = strstr(f->out.data, "touch   right");
    assert_non_null(right);
    assert_true(strncmp(strchr(right, '\n') - 2, " s", 2) == 0); // none goes on in the other one
    assert_int_equal(timeline_accompanied(&f->timeline, 0, f->timeline.total_frames), 2);
}

// A touch that could be longer is not told as one that is missing.
static void test_shorter_touch(void **state)
{
    struct fixture *f = *state;
    struct sketch s;
    sketch_init(&s, 1);
    sketch_section(&s, 0);
    sketch_line(&s, LEVEL_MUST, 5);
    struct node *contact = sketch_contact(&s, 0, 0);
    contact->as.contact.counted = true;
    contact->as.contact.least_breaths = 1;
    contact->as.contact.most_breaths = 6;
    sketch_line(&s, LEVEL_MUST, 4);
    sketch_end(&s);
    struct timeline t;
    assert_int_equal(sketch_plan(&s, 6, false, SKETCH_SECONDS(60), &t, NULL), STATUS_OK);
    assert_int_equal(t.left_count, 1);
    assert_true(t.left_out[0].kept);
    timeline_print_table(&t, &s.utterances, NULL, &f->out);
    char told[64];
    snprintf(told, sizeof told, "    %d more breath%s of touch: glutes (no room)\n",
             t.left_out[0].count, t.left_out[0].count == 1 ? "" : "s");
    expect(f, told);
    timeline_free(&t);
    sketch_free(&s);
}

// The highest and the lowest y of the path from `at` on, which begins with M; returns its end.
static const char *path_heights(const char *at, double *least, double *most)
{
    *least = 999;
    *most = 0;
    while (*at != 'Z') {
        char *end;
        strtod(at + 1, &end); // x
        double y = strtod(end, &end);
        *least = y < *least ? y : *least;
        *most = y > *most ? y : *most;
        assert_true(end > at + 1);
        at = end;
    }
    return at;
}

// The waves of a touch are two thirds as high as those of a bout, on the same ground.
static void test_svg_of_accompanying_breath(void **state)
{
    static const char path[] = "<path class=\"w\" d=\"";
    struct fixture *f = *state;
    accompany(f);
    timeline_print_svg(&f->timeline, &f->sketch.utterances, &f->out);
    double top[2], ground[2];
    const char *at = f->out.data;
    for (int i = 0; i < 2; i++) {
        at = strstr(at, path);
        assert_non_null(at);
        at = path_heights(at + sizeof path - 1, &top[i], &ground[i]);
    }
    assert_null(strstr(at, path));
    assert_true(ground[0] == ground[1]);
    double ratio = (ground[1] - top[1]) / (ground[0] - top[0]);
    assert_true(ratio > 0.66 && ratio < 0.67);
}

static json_int_t integer(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

// Below a line each of its tags with what it means, in a column of its own.
static void test_table_with_points(void **state)
{
    struct fixture *f = *state;
    static struct text tags[] = {{"G1", 2}, {"E24", 3}};
    static const struct points points = {
        {[0] = {"it builds \x07", 11}, [POINTS_COUNT - 1] = {"both sides", 10}}};
    struct node *line = f->sketch.session.sections[0].first;
    assert_int_equal(line->type, NODE_LINE);
    line->tags = tags;
    line->tag_count = 2;
    timeline_print_table(&f->timeline, &f->sketch.utterances, NULL, &f->out);
    assert_null(strstr(f->out.data, "both sides"));
    timeline_print_table(&f->timeline, &f->sketch.utterances, &points, &f->out);
    expect(f, "it does not fit.\n"
              "                 G1   it builds \\x07\n"
              "                 E24  both sides\n");
}

static void test_json(void **state)
{
    struct fixture *f = *state;
    const struct timeline *t = &f->timeline;
    struct error error;
    const struct plan_json_config config = {.seed = UINT64_MAX};
    assert_int_equal(plan_json_print(t, &f->sketch.utterances, &config, &f->out, &error),
                     STATUS_OK);
    json_t *root = json_loads(f->out.data, 0, NULL);
    assert_non_null(root);
    assert_int_equal(integer(root, "total_frames"), t->total_frames);
    assert_int_equal(integer(root, "sample_rate"), FRAME_RATE);
    assert_int_equal(integer(root, "longest_wait_frames"), t->longest_wait_frames);
    assert_string_equal(json_string_value(json_object_get(root, "ending")), "return");
    assert_string_equal(json_string_value(json_object_get(root, "seed")), "18446744073709551615");
    assert_string_equal(json_string_value(json_object_get(root, "session")), "sketch");
    assert_int_equal(json_array_size(json_object_get(root, "sections")), 2);
    assert_int_equal(json_array_size(json_object_get(root, "left_out")), t->left_count);
    const json_t *events = json_object_get(root, "events");
    assert_int_equal(json_array_size(events), t->event_count);
    int contacts = 0;
    for (size_t i = 0; i < t->event_count; i++) {
        const json_t *event = json_array_get(events, i);
        assert_int_equal(integer(event, "start_frame"), t->events[i].start_frame);
        assert_int_equal(integer(event, "frames"), t->events[i].frames);
        const char *type = json_string_value(json_object_get(event, "type"));
        if (strcmp(type, "contact") != 0)
            continue;
        assert_string_equal(json_string_value(json_object_get(event, "side")),
                            contacts++ ? "right" : "left");
        assert_int_equal(json_array_size(json_object_get(event, "pressure")), 2);
    }
    assert_int_equal(contacts, 2);
    json_decref(root);
}

static void test_json_of_accompanying_breath(void **state)
{
    struct fixture *f = *state;
    accompany(f);
    struct error error;
    const struct plan_json_config config = {.seed = 1};
    assert_int_equal(plan_json_print(&f->timeline, &f->sketch.utterances, &config, &f->out, &error),
                     STATUS_OK);
    json_t *root = json_loads(f->out.data, 0, NULL);
    assert_non_null(root);
    assert_int_equal(integer(root, "breaths"), 6);
    assert_int_equal(integer(root, "accompanied_breaths"), 2);
    int contacts = 0, phases = 0;
    size_t i;
    json_t *event;
    json_array_foreach(json_object_get(root, "events"), i, event)
    {
        const char *type = json_string_value(json_object_get(event, "type"));
        if (strcmp(type, "contact") == 0)
            assert_int_equal(integer(event, "breaths"), contacts++ ? 0 : 2);
        if (strcmp(type, "breath") != 0)
            continue;
        bool accompanies = f->timeline.events[i].type == EVENT_SWELL;
        assert_int_equal(json_is_true(json_object_get(event, "accompanies")), accompanies);
        assert_int_equal(json_is_null(json_object_get(event, "bout")), accompanies);
        phases += accompanies;
    }
    assert_int_equal(contacts, 2);
    assert_int_equal(phases, 4);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_table, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_table_with_points, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_svg, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_json, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_shorter_touch, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_accompanying_breath, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_svg_of_accompanying_breath, open_fixture,
                                        close_fixture),
        cmocka_unit_test_setup_teardown(test_json_of_accompanying_breath, open_fixture,
                                        close_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
