// SPDX-License-Identifier: GPL-3.0-or-later
// From characters of what the voice was given to words of the text, whatever the voice says.
#include "narrator_text.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct lexicon parse(const char *data)
{
    struct lexicon lexicon;
    struct diagnostics list;
    diagnostics_init(&list, "lexicon");
    assert_int_equal(lexicon_parse(&lexicon, text_from(data), &list, NULL), STATUS_OK);
    diagnostics_free(&list);
    return lexicon;
}

// Where in what the voice is given `needle` begins, in characters.
static uint32_t character_of(const struct lexicon *lexicon, const char *view, const char *needle)
{
    struct buffer given = BUFFER_INIT;
    narrator_text_prepare(lexicon, text_from(view), &given);
    const char *at = strstr(given.data, needle);
    assert_non_null(at);
    uint32_t characters = (uint32_t)text_length(text_head(buffer_text(&given), at - given.data));
    buffer_free(&given);
    return characters;
}

static void expect(const struct narrator_mark *mark, const char *view, size_t sample,
                   const char *word)
{
    assert_int_equal(mark->sample, sample);
    assert_int_equal(mark->size, strlen(word));
    assert_memory_equal(view + mark->first, word, mark->size);
}

static void test_words(void **state)
{
    (void)state;
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    struct lexicon lexicon = parse("fascia = [[f'aS@]]\npsoas = so az\n");
    const char *view = "\xC3\x9C"
                       "ber die fascia, \xE2\x80\x9Epsoas\xE2\x80\x9C \xE2\x80\x94 3.5 it's-so!";
    const struct narrator_result result = {
        .count = 1000,
        .word_count = 9,
        .words = {{0, 0},
                  {100, character_of(&lexicon, view, "die")},
                  {200, character_of(&lexicon, view, "'aS")}, // inside the phonemes
                  {300, character_of(&lexicon, view, "so az")},
                  {350, character_of(&lexicon, view, "az")}, // a second word of the same one
                  {400, character_of(&lexicon, view, "3.5")},
                  {450, character_of(&lexicon, view, ".5")},
                  {500, character_of(&lexicon, view, "it's")},
                  {1000, character_of(&lexicon, view, "!")}}, // within "it's-so!"
    };
    assert_int_equal(narrator_text_marks(marks, &result, &lexicon, text_from(view)), 6);
    expect(&marks[0], view, 0,
           "\xC3\x9C"
           "ber");
    expect(&marks[1], view, 100, "die");
    expect(&marks[2], view, 200, "fascia");
    expect(&marks[3], view, 300, "psoas");
    expect(&marks[4], view, 400, "3.5");
    expect(&marks[5], view, 500, "it's-so");
    lexicon_free(&lexicon);
}

// Words that go back, in time or in the text, that lie outside, or between words.
static void test_nonsense_has_no_mark(void **state)
{
    (void)state;
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    const char *view = "one two three";
    const struct narrator_result result = {
        .count = 1000,
        .word_count = 8,
        .words =
            {{10, 3}, {20, 4}, {5, 8}, {30, 0}, {1001, 8}, {40, 9}, {50, 13}, {60, UINT32_MAX}},
    };
    assert_int_equal(narrator_text_marks(marks, &result, NULL, text_from(view)), 2);
    expect(&marks[0], view, 20, "two");
    expect(&marks[1], view, 40, "three");
}

// Places in a text that cleaning changed would be wrong.
static void test_changed_text_has_none(void **state)
{
    (void)state;
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    const struct narrator_result result = {.count = 9, .word_count = 1, .words = {{0, 0}}};
    assert_int_equal(narrator_text_marks(marks, &result, NULL, TEXT("one  two")), 0);
    assert_int_equal(narrator_text_marks(marks, &result, NULL, TEXT("a\x01 b")), 0);
    assert_int_equal(narrator_text_marks(marks, &result, NULL, TEXT("")), 0);
    assert_int_equal(narrator_text_marks(marks, &result, NULL, TEXT("one two")), 1);
}

// Without the lexicon, when with it the text would be too long.
static void test_long_phonemes(void **state)
{
    (void)state;
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    struct lexicon lexicon = parse("a = [[aaaaaaaaaaaaaaaaaaaa]]\n");
    char view[601] = "";
    for (size_t i = 0; i < 300; i++)
        strcat(view, "a ");
    const struct narrator_result result = {.count = 9, .word_count = 1, .words = {{7, 596}}};
    struct buffer given = BUFFER_INIT;
    narrator_text_prepare(&lexicon, text_from(view), &given);
    assert_true(text_equal(buffer_text(&given), text_from(view)));
    assert_int_equal(narrator_text_marks(marks, &result, &lexicon, text_from(view)), 1);
    assert_int_equal(marks[0].first, 596);
    buffer_free(&given);
    lexicon_free(&lexicon);
}

static void test_random_results(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",    "b",   "ab", " ",        ", ",
                                         ".",    "'",   "-",  "\xC3\xA4", "\xE2\x80\x94",
                                         "ab ",  "b a", "[[", "  ",       "\xE2\x80\xA6 ",
                                         "\xFF", "\x01"};
    const size_t harmless = 12;
    const size_t count_all = sizeof pieces / sizeof *pieces;
    struct lexicon lexicon = parse("a = [[x]]\nab = c d\nb before a = long-long\n");
    struct narrator_mark marks[NARRATOR_WORDS_MAX];
    size_t marked = 0;
    for (uint64_t round = 0; round < 20000; round++) {
        char memory[64] = "";
        const size_t kinds = round % 4 == 0 ? count_all : harmless;
        for (size_t i = 0; i < 1 + random_at(1, round) % 15; i++)
            strcat(memory, pieces[random_at(round, i) % kinds]);
        const struct text view = text_from(memory);
        struct narrator_result result = {.count = 100,
                                         .word_count = (uint32_t)(random_at(2, round) % 12)};
        for (size_t i = 0; i < result.word_count; i++)
            result.words[i] = (struct narrator_word){(uint32_t)(random_at(round, 70 + i) % 110),
                                                     (uint32_t)(random_at(round, 90 + i) % 25)};
        size_t count = narrator_text_marks(marks, &result, &lexicon, view);
        assert_true(count <= result.word_count);
        marked += count;
        for (size_t i = 0; i < count; i++) {
            assert_true(marks[i].sample <= result.count);
            assert_true(marks[i].size > 0 && marks[i].first + marks[i].size <= view.size);
            assert_true(i == 0 || (marks[i].sample >= marks[i - 1].sample &&
                                   marks[i].first >= marks[i - 1].first + marks[i - 1].size));
        }
    }
    assert_true(marked > 5000);
    lexicon_free(&lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_nonsense_has_no_mark),
        cmocka_unit_test(test_changed_text_has_none),
        cmocka_unit_test(test_long_phonemes),
        cmocka_unit_test(test_random_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
