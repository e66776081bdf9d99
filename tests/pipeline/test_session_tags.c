// SPDX-License-Identifier: GPL-3.0-or-later
// What tags are made of, from timelines written by hand.
#include "session_tags.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SECTIONS = 4 };

struct fixture {
    struct section sections[SECTIONS];
    struct node nodes[3]; // a line, and a block with a notice in it
    struct node lines[3];
    struct session session;
    struct utterance items[2];
    int by_line[2 * SIDE_COUNT];
    struct utterances utterances;
    struct timeline timeline;
    struct arena arena;
    struct tags tags;
};

static int open_fixture(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    static const char *const names[SECTIONS] = {"Arrive", "Quiet", "Ball", "Return"};
    for (int i = 0; i < SECTIONS; i++)
        f->sections[i].name = text_from(names[i]);
    for (int i = 0; i < 2; i++)
        f->by_line[i * SIDE_COUNT] = i;
    f->lines[0] = (struct node){.type = NODE_LINE, .next = &f->lines[1]};
    f->lines[1] = (struct node){.type = NODE_PAUSE, .next = &f->lines[2]};
    f->lines[2] = (struct node){.type = NODE_LINE, .as.line.index = 1};
    f->nodes[2] = (struct node){.type = NODE_NOTICE, .children = &f->lines[0]};
    f->nodes[1] = (struct node){.type = NODE_REST, .children = &f->nodes[2]};
    f->nodes[0] = (struct node){.type = NODE_LINE, .next = &f->nodes[1]};
    f->sections[1].first = &f->nodes[0];
    f->items[0].shown = TEXT("Ease off & rest.");
    f->items[1].shown = TEXT("Stop at any moment.");
    f->utterances = (struct utterances){.items = f->items, .count = 2, .by_line = f->by_line};
    f->session = (struct session){.title = TEXT("Wall"),
                                  .id = TEXT("wall"),
                                  .language = TEXT("en"),
                                  .summary = TEXT("Slow."),
                                  .sections = f->sections,
                                  .section_count = SECTIONS};
    f->timeline.session = &f->session;
    f->timeline.total_frames = (int64_t)450 * FRAME_RATE;
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;
    arena_free(&f->arena);
    free(f);
    return 0;
}

static void make_tags(struct fixture *f, struct event *events, size_t count)
{
    f->timeline.events = events;
    f->timeline.event_count = count;
    struct error error;
    assert_int_equal(session_tags_build(&f->tags, &f->arena, &f->timeline, &f->utterances, &error),
                     STATUS_OK);
}

static void assert_text(struct text text, const char *expected)
{
    assert_int_equal(text.size, text_from(expected).size);
    assert_memory_equal(text.data, expected, text.size);
}

static void assert_chapter(const struct tags *tags, size_t index, const char *title, int64_t start,
                           int64_t end)
{
    assert_true(index < tags->chapter_count);
    assert_text(tags->chapters[index].title, title);
    assert_int_equal(tags->chapters[index].start_frame, start);
    assert_int_equal(tags->chapters[index].end_frame, end);
}

static void test_texts_are_the_sessions(void **state)
{
    struct fixture *f = *state;
    make_tags(f, NULL, 0);
    assert_text(f->tags.title, "Wall");
    assert_text(f->tags.session, "wall");
    assert_text(f->tags.language, "en");
    assert_text(f->tags.comment, "Slow.");
    assert_text(f->tags.length, "7:30");
    assert_text(f->tags.notice, "Ease off & rest.\nStop at any moment.");
    assert_text(f->tags.software, "loosen " LOOSEN_VERSION);
    assert_int_equal(f->tags.total_frames, (int64_t)450 * FRAME_RATE);
    assert_int_equal(f->tags.chapter_count, 0);
}

static void test_a_strange_file_name_becomes_text(void **state)
{
    struct fixture *f = *state;
    f->session.id = TEXT("w\xff\n");
    make_tags(f, NULL, 0);
    assert_text(f->tags.session, "w\\xFF\\x0A");
}

static void test_empty_sections_are_no_chapters(void **state)
{
    struct fixture *f = *state;
    struct event events[] = {
        {.type = EVENT_SECTION, .start_frame = 100, .frames = 900, .section = 0},
        {.type = EVENT_SPEECH, .start_frame = 200, .frames = 10, .section = 0},
        {.type = EVENT_SECTION, .start_frame = 1000, .frames = 1000, .section = 1},
        {.type = EVENT_SCENE, .start_frame = 1000, .section = 1},
        {.type = EVENT_CHIME, .start_frame = 1500, .frames = 10, .section = 1},
        {.type = EVENT_SECTION, .start_frame = 2000, .frames = 1000, .section = 2},
        {.type = EVENT_CONTACT, .start_frame = 2100, .frames = 10, .section = 2},
        {.type = EVENT_SECTION, .start_frame = 3000, .frames = 500, .section = 3},
    };
    make_tags(f, events, 8);
    assert_int_equal(f->tags.chapter_count, 2);
    assert_chapter(&f->tags, 0, "Arrive", 0, 2000);
    assert_chapter(&f->tags, 1, "Ball", 2000, (int64_t)450 * FRAME_RATE);
}

static void test_empty_beginning_belongs_to_the_first_chapter(void **state)
{
    struct fixture *f = *state;
    struct event events[] = {
        {.type = EVENT_SECTION, .start_frame = 0, .frames = 1000, .section = 0},
        {.type = EVENT_SECTION, .start_frame = 1000, .frames = 1000, .section = 2},
        {.type = EVENT_BREATH, .start_frame = 1100, .frames = 10, .section = 2},
        {.type = EVENT_SECTION, .start_frame = 2000, .frames = 1000, .section = 3},
        {.type = EVENT_MOVE, .start_frame = 2100, .frames = 10, .section = 3},
    };
    make_tags(f, events, 5);
    assert_int_equal(f->tags.chapter_count, 2);
    assert_chapter(&f->tags, 0, "Ball", 0, 2000);
    assert_chapter(&f->tags, 1, "Return", 2000, (int64_t)450 * FRAME_RATE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_texts_are_the_sessions),
        TEST(test_a_strange_file_name_becomes_text),
        TEST(test_empty_sections_are_no_chapters),
        TEST(test_empty_beginning_belongs_to_the_first_chapter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
