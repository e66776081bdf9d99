// SPDX-License-Identifier: GPL-3.0-or-later
#include "closing_lines.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define SECONDS(s) ((int64_t)((s)*FRAME_RATE))

static const struct node line = {.type = NODE_LINE};

static struct event events[] = {
    {.type = EVENT_SECTION, .start_frame = 0, .frames = SECONDS(60)},
    {.type = EVENT_SPEECH,
     .start_frame = SECONDS(6),
     .frames = SECONDS(4),
     .as.speech = {&line, 0}},
    {.type = EVENT_BREATH, .start_frame = SECONDS(12), .frames = SECONDS(4)},
    {.type = EVENT_SPEECH,
     .start_frame = SECONDS(17),
     .frames = SECONDS(5),
     .as.speech = {&line, 1}},
    {.type = EVENT_SECTION, .start_frame = SECONDS(60), .frames = SECONDS(60), .section = 1},
};
static const struct timeline whole = {
    .total_frames = SECONDS(120), .events = events, .event_count = 5};

static enum status part(struct timeline *closed, int64_t *last_frame, int64_t from_frame)
{
    const struct closing_lines_config config = {
        .from_frame = from_frame,
        .clip_frames = SECONDS(9),
        .fade_frames = SECONDS(8),
        .utterance = 7,
    };
    return closing_lines_build(closed, last_frame, &whole, &config, NULL);
}

static void test_the_sentence_is_said_to_its_end(void **state)
{
    (void)state;
    struct timeline closed;
    int64_t last_frame;
    assert_int_equal(part(&closed, &last_frame, SECONDS(18)), STATUS_OK);
    assert_int_equal(closed.event_count, 5); // four that began, and the words
    assert_int_equal(closed.events[3].as.speech.utterance, 1);
    const struct event *words = &closed.events[4];
    assert_int_equal(words->as.speech.utterance, 7);
    assert_non_null(words->as.speech.line); // shown like a line
    assert_int_equal(words->start_frame, SECONDS(22) + CLOSING_LINES_GAP_FRAMES);
    assert_int_equal(last_frame, words->start_frame + SECONDS(9));
    assert_int_equal(closed.total_frames, whole.total_frames);
    timeline_free(&closed);
}

static void test_nothing_more_begins(void **state)
{
    (void)state;
    struct timeline closed;
    int64_t last_frame;
    assert_int_equal(part(&closed, &last_frame, SECONDS(17)), STATUS_OK);
    assert_int_equal(closed.event_count, 4);
    assert_int_equal(closed.events[3].start_frame, SECONDS(17) + CLOSING_LINES_GAP_FRAMES);
    timeline_free(&closed);
    assert_int_equal(part(&closed, &last_frame, 0), STATUS_OK);
    assert_int_equal(closed.event_count, 1);
    timeline_free(&closed);
}

static void test_no_time_left(void **state)
{
    (void)state;
    struct timeline closed;
    int64_t last_frame;
    assert_int_equal(part(&closed, &last_frame, SECONDS(102)), STATUS_OK);
    assert_int_equal(last_frame, SECONDS(112));
    assert_int_equal(closed.events[4].section, 1);
    timeline_free(&closed);
    assert_int_equal(part(&closed, &last_frame, SECONDS(102) + 1), STATUS_NOT_FOUND);
}

// Who has the voice off reads the words soon, and is asked for nothing more.
static void test_unspoken(void **state)
{
    (void)state;
    const struct closing_lines_config config = {
        .from_frame = SECONDS(13), .clip_frames = SECONDS(9), .utterance = 7};
    struct timeline closed;
    assert_int_equal(closing_lines_build_unspoken(&closed, &whole, &config, NULL), STATUS_OK);
    assert_int_equal(closed.event_count, 4);
    assert_int_equal(closed.events[1].frames, SECONDS(4)); // was said before
    assert_int_equal(closed.events[2].frames, SECONDS(1)); // the breath ends
    assert_int_equal(closed.events[3].start_frame, SECONDS(13) + CLOSING_LINES_GAP_FRAMES);
    assert_int_equal(closed.events[3].as.speech.utterance, 7);
    assert_non_null(closed.events[3].as.speech.line);
    assert_int_equal(closed.total_frames, whole.total_frames);
    timeline_free(&closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sentence_is_said_to_its_end),
        cmocka_unit_test(test_nothing_more_begins),
        cmocka_unit_test(test_no_time_left),
        cmocka_unit_test(test_unspoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
