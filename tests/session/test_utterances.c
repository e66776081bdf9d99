// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "title: T\nlanguage: en\nlength: 6m..60m, natural 10m\nnotice: none\n== A\n"

struct spoken {
    struct session session;
    struct utterances utterances;
};

static void build(struct spoken *spoken, struct text script)
{
    struct diagnostics list;
    struct error error;
    assert_int_equal(fixture_parse(&spoken->session, script, "test", &list), STATUS_OK);
    assert_int_equal(
        utterances_build(&spoken->utterances, &spoken->session, 600 * (int64_t)FRAME_RATE, &error),
        STATUS_OK);
    diagnostics_free(&list);
}

static void release(struct spoken *spoken)
{
    utterances_free(&spoken->utterances);
    session_free(&spoken->session);
}

static const struct node *first(const struct spoken *spoken)
{
    return spoken->session.sections[0].first;
}

static void expect(const struct spoken *spoken, const struct node *line, enum side side,
                   const char *text, const char *shown)
{
    int index = utterances_find(&spoken->utterances, line, side);
    assert_in_range(index, 0, spoken->utterances.count - 1);
    const struct utterance *item = &spoken->utterances.items[index];
    assert_string_equal(item->spoken.data, text);
    assert_string_equal(item->shown.data, shown);
}

static void expect_none(const struct spoken *spoken, const struct node *line, enum side side)
{
    assert_int_equal(utterances_find(&spoken->utterances, line, side), UTTERANCE_NONE);
}

static void test_placeholders(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT(HEAD "Here, {length} with {2|two} shoulders.\n"));
    expect(&spoken, first(&spoken), SIDE_NONE, "Here, ten minutes with two shoulders.",
           "Here, ten minutes with 2 shoulders.");
    expect_none(&spoken, first(&spoken), SIDE_LEFT);
    expect_none(&spoken, first(&spoken), SIDE_RIGHT);
    release(&spoken);
}

static void test_left(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT(HEAD "Here.\n+ half: About {left} of {length}.\n"));
    expect(&spoken, first(&spoken)->next, SIDE_NONE, "About five minutes of ten minutes.",
           "About five minutes of ten minutes.");
    release(&spoken);
}

// A word that stands for a placeholder has a capital where a sentence begins.
static void test_capitals(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken,
          TEXT(HEAD "{length} here. {length}, {length}! {length}? {length}.{length}: {length}\n"
                    "@sides left, right\n{side} side first. {other} then, not {side}.\n@end\n"));
    const char *text =
        "Ten minutes here. Ten minutes, ten minutes! Ten minutes? Ten minutes.ten minutes: "
        "ten minutes";
    expect(&spoken, first(&spoken), SIDE_NONE, text, text);
    const struct node *line = first(&spoken)->next->children;
    text = "Left side first. Right then, not left.";
    expect(&spoken, line, SIDE_LEFT, text, text);
    release(&spoken);
}

// The letters of other languages have capitals too, and what has none stays.
static void test_capitals_beyond_ascii(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"\u00fcben", "\u00dcben"},
        {"\u00e4ndern", "\u00c4ndern"},
        {"\u00dfa", "\u00dfa"},
        {"\u00f7", "\u00f7"},
        {"\u0161est", "\u0160est"},
        {"\u03bb", "\u039b"},
        {"\u0448\u0435", "\u0428\u0435"},
        {"\u0451", "\u0401"},
        {"\u4e94", "\u4e94"},
        {"5 a", "5 a"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct spoken spoken;
        struct error error;
        build(&spoken, TEXT(HEAD "@sides left, right\n{side}\n@end\n"));
        spoken.session.words.side[SIDE_LEFT] = text_from(words[i][0]);
        utterances_free(&spoken.utterances);
        assert_int_equal(utterances_build(&spoken.utterances, &spoken.session, FRAME_RATE, &error),
                         STATUS_OK);
        expect(&spoken, first(&spoken)->children, SIDE_LEFT, words[i][1], words[i][1]);
        release(&spoken);
    }
}

static void test_sides(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT(HEAD "@sides right, left\nThe {side}, not the {other}.\n"
                             "first: Once.\nsecond: Twice.\nSame.\n@repeat 2\nIn.\n@end\n@end\n"));
    const struct node *line = first(&spoken)->children;
    expect_none(&spoken, line, SIDE_NONE);
    expect(&spoken, line, SIDE_LEFT, "The left, not the right.", "The left, not the right.");
    expect(&spoken, line, SIDE_RIGHT, "The right, not the left.", "The right, not the left.");
    line = line->next;
    expect(&spoken, line, SIDE_RIGHT, "Once.", "Once.");
    expect_none(&spoken, line, SIDE_LEFT);
    line = line->next;
    expect(&spoken, line, SIDE_LEFT, "Twice.", "Twice.");
    expect_none(&spoken, line, SIDE_RIGHT);
    line = line->next;
    assert_int_equal(utterances_find(&spoken.utterances, line, SIDE_LEFT),
                     utterances_find(&spoken.utterances, line, SIDE_RIGHT));
    expect(&spoken, line->next->children, SIDE_LEFT, "In.", "In.");
    release(&spoken);
}

static void test_each_text_once(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT(HEAD "Two.\n{2|Two}.\nTwo.\n@pause 1s\nOther.\nIn\n"));
    const struct node *line = first(&spoken);
    int plain = utterances_find(&spoken.utterances, line, SIDE_NONE);
    assert_int_equal(utterances_find(&spoken.utterances, line->next->next, SIDE_NONE), plain);
    assert_int_not_equal(utterances_find(&spoken.utterances, line->next, SIDE_NONE), plain);
    assert_int_equal(spoken.utterances.count, 5); // Two, 2/Two, Other, In, Out
    assert_string_equal(spoken.utterances.items[spoken.utterances.cue_in].spoken.data, "In");
    assert_string_equal(spoken.utterances.items[spoken.utterances.cue_out].spoken.data, "Out");
    release(&spoken);
}

// A live session's own words come after all others, and are kept once, too.
static void expect_closing(struct spoken *spoken)
{
    size_t before = spoken->utterances.count;
    assert_int_equal(spoken->utterances.closing, UTTERANCE_NONE);
    assert_int_equal(utterances_add_closing(&spoken->utterances, &spoken->session, NULL),
                     STATUS_OK);
    assert_int_equal(spoken->utterances.count, before + 1);
    assert_int_equal(spoken->utterances.closing, before);
    assert_string_equal(spoken->utterances.items[before].spoken.data, "Take your time.");
    assert_int_equal(utterances_add_closing(&spoken->utterances, &spoken->session, NULL),
                     STATUS_OK);
    assert_int_equal(spoken->utterances.count, before + 1);
}

static void test_closing(void **state)
{
    (void)state;
    for (int lines = 1; lines < 600; lines += lines < 140 ? 1 : 97) {
        struct buffer text = BUFFER_INIT;
        struct spoken spoken;
        buffer_add_c(&text, HEAD);
        for (int i = 0; i < lines; i++)
            buffer_printf(&text, "Line %d.\n", i);
        build(&spoken, buffer_text(&text));
        expect_closing(&spoken);
        release(&spoken);
        buffer_free(&text);
    }
}

// So do the lines for a breath that is left to itself.
static void test_filler(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT(HEAD "Still here.\nAnd this.\n"));
    struct utterances *u = &spoken.utterances;
    const size_t before = u->count;
    assert_int_equal(u->filler_count, 0);
    for (int i = 0; i < 2; i++) { // a second time changes nothing
        assert_int_equal(utterances_add_filler(u, &spoken.session, NULL), STATUS_OK);
        assert_int_equal(u->filler_count, 2);
        assert_int_equal(u->count, before + 1);
        assert_string_equal(u->items[u->filler[0]].spoken.data, "In your own time.");
        assert_string_equal(u->items[u->filler[1]].spoken.data, "Still here.");
        assert_true((size_t)u->filler[1] < before); // the script says it, too
    }
    assert_false(session_keeps_company(&spoken.session));
    release(&spoken);
    build(&spoken, TEXT(HEAD "Said.\n@repeat 2\n@breathe natural 2m\n@end\n"));
    assert_true(session_keeps_company(&spoken.session));
    release(&spoken);
}

static void test_cleaning(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken,
          TEXT(HEAD "Many\t  gaps,\xC2\xA0{ here | there } .\n[[h@'loU]] [[[x.\n"
                    "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE \xDB\x8C\xE2\x80\x8D\xDB\x8C\n"));
    const struct node *line = first(&spoken);
    expect(&spoken, line, SIDE_NONE, "Many gaps, there .", "Many gaps, here .");
    expect(&spoken, line->next, SIDE_NONE, "[h@'loU]] [x.", "[h@'loU]] [x.");
    static const char joined[] =
        "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE \xDB\x8C\xE2\x80\x8D\xDB\x8C";
    expect(&spoken, line->next->next, SIDE_NONE, joined, joined);
    release(&spoken);
}

static void test_notice_lines(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken, TEXT("title: T\nlanguage: en\nlength: 6m..60m, natural 10m\n"
                        "notice: movement\n== A\nBefore.\n@notice movement\nAfter.\n"));
    const struct node *notice = first(&spoken)->next;
    assert_int_equal(notice->type, NODE_NOTICE);
    assert_true(text_equal_c(notice->children->file, "scripts/en/notices"));
    assert_int_equal(notice->children->place.line, 11);
    assert_int_equal(notice->children->as.line.index, 1);
    assert_int_equal(notice->next->as.line.index, 2);
    assert_int_equal(spoken.session.line_count, 3);
    expect(&spoken, notice->children, SIDE_NONE,
           "Stay with what is easy. Sharp or dizzy means stop.",
           "Stay with what is easy. Sharp or dizzy means stop.");
    release(&spoken);
}

// Many texts: every one is found again, and none twice.
static void test_many(void **state)
{
    (void)state;
    enum { LINES = 5000, DISTINCT = 1234 };
    struct buffer script = BUFFER_INIT;
    struct spoken spoken;
    buffer_add_c(&script, HEAD);
    for (int i = 0; i < LINES; i++)
        buffer_printf(&script, "{x|Line of %d}.\n", i % DISTINCT);
    build(&spoken, buffer_text(&script));
    assert_int_equal(spoken.utterances.count, DISTINCT + 2);
    int i = 0;
    for (const struct node *line = first(&spoken); line; line = line->next, i++) {
        char text[40];
        snprintf(text, sizeof text, "Line of %d.", i % DISTINCT);
        expect(&spoken, line, SIDE_NONE, text, "x.");
    }
    assert_int_equal(i, LINES);
    release(&spoken);
    buffer_free(&script);
}

// The first occurrence of `spoken` in what is said is shown as `shown`; NULL: as nothing.
static void expect_shown(const struct utterance *item, const char *spoken, const char *shown)
{
    const char *at = strstr(item->spoken.data, spoken);
    assert_non_null(at);
    size_t first = (size_t)(at - item->spoken.data), size = strlen(spoken);
    if (utterance_shown(item, &first, &size) != (shown != NULL))
        fail_msg("\"%s\" of \"%s\"", spoken, item->spoken.data);
    if (shown)
        assert_true(text_equal_c((struct text){item->shown.data + first, size}, shown));
}

static void test_places_shown(void **state)
{
    (void)state;
    struct spoken spoken;
    build(&spoken,
          TEXT(HEAD "Plain words.\n"
                    "Take {2|two} cups for {90 s|ninety seconds}, two of {L5 |ell five } each.\n"
                    "{ 1| one} and {...|so on}\n"
                    "At {L6 |ell six} here, {R|are } there.\n"));
    const struct utterance *item = &spoken.utterances.items[0];
    expect_shown(item, "Plain", "Plain");
    expect_shown(item, "words.", "words.");
    item = &spoken.utterances.items[1];
    assert_string_equal(item->shown.data, "Take 2 cups for 90 s, two of L5 each.");
    expect_shown(item, "Take", "Take");
    expect_shown(item, "two", "2");
    expect_shown(item, "Take two", "Take 2");
    expect_shown(item, "cups", "cups");
    expect_shown(item, "ninety", "90 s");
    expect_shown(item, "seconds,", "90 s,");
    expect_shown(item, "two of", "two of");
    expect_shown(item, "five", "L5");
    expect_shown(item, "each.", "each.");
    item = &spoken.utterances.items[2];
    expect_shown(item, "one", "1");
    expect_shown(item, "and", "and");
    expect_shown(item, "on", "1");
    size_t first = item->spoken.size, size = 1;
    assert_false(utterance_shown(item, &first, &size));
    first = 0, size = 0;
    assert_false(utterance_shown(item, &first, &size));
    item = &spoken.utterances.items[3]; // blanks that fell away in one of the texts
    assert_string_equal(item->spoken.data, "At ell six here, are there.");
    assert_string_equal(item->shown.data, "At L6 here, R there.");
    expect_shown(item, "here,", "here,");
    expect_shown(item, "there.", "there.");
    release(&spoken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_placeholders),   cmocka_unit_test(test_sides),
        cmocka_unit_test(test_each_text_once), cmocka_unit_test(test_cleaning),
        cmocka_unit_test(test_notice_lines),   cmocka_unit_test(test_many),
        cmocka_unit_test(test_places_shown),   cmocka_unit_test(test_closing),
        cmocka_unit_test(test_filler),         cmocka_unit_test(test_left),
        cmocka_unit_test(test_capitals),       cmocka_unit_test(test_capitals_beyond_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
