// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// A phrase or two of the kinds that the tests look at; those that are required besides have one
// that never occurs.
#define DANGERS                                                                                   \
    "not: not, never, no, don't, avoid\nnot-after: is off limits, nicht\ninsist: don't stop\n"    \
    "but: but, then\nor: or\nif: if\ntells: some people\nfine: hand on your belly\n"              \
    "press: press*, push\nspine: spine\nbelly: belly\nthroat: throat\nstretch: bend\n"            \
    "second: second, seconds, s\nminute: minute, minutes, min\nhour: hour\nevery: every, after\n" \
    "few: a few\nscale: out of ten\npain: no pain no gain\nbreath-held: hold ... breath, halt "   \
    "... an\n"                                                                                    \
    "hard: as hard as you can\n"                                                                  \
    "beside: q\ntarget: q\nball: q\nroller: q\nstay: q\nmove: q\nneck: q\ngroin: q\n"             \
    "knee-hollow: q\nbone: q\nkidneys: q\nlow-back: q\nfloor: q\nwall: q\nunder: q\nstand: q\n"   \
    "sit: q\nlie: q\nbreath: q\nfast: q\nforce: q\nleap: q\ndrive: q\ncure: q\neyes: q\nclose: "  \
    "q\n"

struct reading {
    struct arena arena;
    struct dangers dangers;
    struct sentence sentence;
};

static void open_reading(struct reading *reading)
{
    struct diagnostics list;
    struct words words = {.number = {[2] = TEXT("two"), [20] = TEXT("twenty")}};
    *reading = (struct reading){.arena = ARENA_INIT};
    diagnostics_init(&list, "dangers");
    assert_int_equal(dangers_parse(&reading->dangers, &reading->arena, text_from(DANGERS), &list),
                     STATUS_OK);
    if (list.errors > 0)
        fail_msg("%.*s", TEXT_ARG(list.items[0].message));
    assert_int_equal(dangers_add_numbers(&reading->dangers, &reading->arena, &words), STATUS_OK);
    diagnostics_free(&list);
}

static void read_sentence(struct reading *reading, const char *said)
{
    sentence_read(&reading->sentence, &reading->dangers, text_from(said), false);
}

static void expect(struct reading *reading, const char *said, enum danger_kind kind, bool meant)
{
    read_sentence(reading, said);
    if (!sentence_has(&reading->sentence, kind) && meant)
        fail_msg("\"%s\": not found", said);
    if (sentence_means(&reading->sentence, kind) != meant)
        fail_msg("\"%s\": %s", said, meant ? "not meant" : "meant");
}

static void test_not(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    expect(&r, "Press on the spine.", DANGER_SPINE, true);
    expect(&r, "Never press on the spine.", DANGER_SPINE, false);
    expect(&r, "Never on the spine, the throat or the belly.", DANGER_BELLY, false);
    expect(&r, "Don\xE2\x80\x99t press on the spine.", DANGER_PRESS, false);
    expect(&r, "The spine is off limits.", DANGER_SPINE, false);
    expect(&r, "The spine is never pressed.", DANGER_SPINE, false);
    expect(&r, "Do not bend, press on the spine.", DANGER_SPINE, true);
    expect(&r, "Do not bend, or press.", DANGER_PRESS, false);
    expect(&r, "Not the belly, but the spine.", DANGER_SPINE, true);
    expect(&r, "Don't stop, press on the spine.", DANGER_SPINE, true);
    expect(&r, "No pain, no gain.", DANGER_PAIN, false); // a comma parts it, and the file says how
    expect(&r, "No pain no gain.", DANGER_PAIN, true);
    expect(&r, "No-pain-no-gain!", DANGER_PAIN, true);
    expect(&r, "Halt den Atem nicht an.", DANGER_BREATH_HELD, false);
    expect(&r, "Halt den Atem an.", DANGER_BREATH_HELD, true);
    arena_free(&r.arena);
}

static void test_if(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    expect(&r, "If you hold your breath, it is too much.", DANGER_BREATH_HELD, false);
    expect(&r, "If you like, hold your breath.", DANGER_BREATH_HELD, true);
    expect(&r, "Some people bend, and hold their breath.", DANGER_BREATH_HELD, false);
    arena_free(&r.arena);
}

static void test_fine(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    expect(&r, "A hand on your belly, and press.", DANGER_BELLY, false);
    expect(&r, "A hand on your belly, and press the belly.", DANGER_BELLY, true);
    arena_free(&r.arena);
}

static void test_lists(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    read_sentence(&r, "Avoid:");
    assert_true(r.sentence.not_open);
    read_sentence(&r, "Avoid");
    assert_true(r.sentence.not_open);
    read_sentence(&r, "Press:");
    assert_false(r.sentence.not_open);
    sentence_read(&r.sentence, &r.dangers, TEXT("press on the spine"), true);
    assert_false(sentence_means(&r.sentence, DANGER_SPINE));
    arena_free(&r.arena);
}

static void expect_seconds(struct reading *reading, const char *said, int seconds)
{
    int found = 0;
    read_sentence(reading, said);
    for (size_t i = 0; i < reading->sentence.count; i++) {
        const struct sentence_word *unit;
        const struct sentence_word *word = &reading->sentence.words[i];
        if (word->kind == DANGER_NUMBER || word->kind == DANGER_FEW || word->kind == DANGER_HOUR)
            found += sentence_seconds(&reading->sentence, word, &unit);
    }
    if (found != seconds)
        fail_msg("\"%s\": %d s, not %d", said, found, seconds);
}

static void test_times(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    expect_seconds(&r, "For two minutes.", 120);
    expect_seconds(&r, "For 2 minutes.", 120);
    expect_seconds(&r, "2.5 min", 150);
    expect_seconds(&r, "120s each", 120);
    expect_seconds(&r, "2-3 min", 180);
    expect_seconds(&r, "A twenty-second hold.", 20);
    expect_seconds(&r, "For a few minutes.", 180);
    expect_seconds(&r, "An hour.", 3600);
    expect_seconds(&r, "After two minutes.", 0);
    expect_seconds(&r, "Every 20 minutes.", 0);
    expect_seconds(&r, "Two hands, a minute.", 0);
    expect_seconds(&r, "999999999999999999999999 min", 59999940);
    arena_free(&r.arena);
}

static void test_scale(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    read_sentence(&r, "Pressure 8/10.");
    assert_int_equal(r.sentence.count, 3);
    assert_int_equal(r.sentence.words[1].tenths, 80);
    assert_int_equal(r.sentence.words[2].kind, DANGER_SCALE);
    read_sentence(&r, "Two out of ten.");
    assert_int_equal(r.sentence.words[0].tenths, 20);
    assert_int_equal(r.sentence.words[1].kind, DANGER_SCALE);
    arena_free(&r.arena);
}

static void expect_fault(const char *data, const char *rule, int line, int column)
{
    struct dangers dangers;
    struct arena arena = ARENA_INIT;
    struct diagnostics list;
    diagnostics_init(&list, "dangers");
    assert_int_equal(dangers_parse(&dangers, &arena, text_from(data), &list), STATUS_OK);
    assert_true(list.count > 0);
    assert_string_equal(list.items[0].rule, rule);
    assert_int_equal(list.items[0].line, line);
    assert_int_equal(list.items[0].column, column);
    assert_true(list.items[0].hint.size > 0);
    diagnostics_free(&list);
    arena_free(&arena);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault("no colon\n", "dangers-line", 1, 1);
    expect_fault("nto: never\n", "dangers-kind", 1, 1);
    expect_fault("not: never,, no\n", "dangers-empty", 1, 12);
    expect_fault("not: never 2\n", "dangers-word", 1, 6);
    expect_fault("not: ... never\n", "dangers-word", 1, 6);
    expect_fault("not: never ...\n", "dangers-word", 1, 6);
    expect_fault("not: a*\n", "dangers-word", 1, 6);
    expect_fault("not: never, never\n", "dangers-twice", 1, 13);
    expect_fault("not: never\n", "dangers-missing", 1, 1);
}

// Words without end, of which only the first count, are read in a time that does not explode.
static void test_long(void **state)
{
    (void)state;
    struct reading r;
    open_reading(&r);
    enum { SIZE = 60000 };
    char *said = malloc(SIZE + 1);
    assert_non_null(said);
    for (size_t i = 0; i < SIZE; i++)
        said[i] = "hold not press "[i % 15];
    said[SIZE] = '\0';
    read_sentence(&r, said);
    assert_true(r.sentence.count <= SENTENCE_WORDS_MAX);
    assert_true(r.sentence.text.size <= SENTENCE_BYTES_MAX);
    free(said);
    arena_free(&r.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not),    cmocka_unit_test(test_if),    cmocka_unit_test(test_fine),
        cmocka_unit_test(test_lists),  cmocka_unit_test(test_times), cmocka_unit_test(test_scale),
        cmocka_unit_test(test_faults), cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
