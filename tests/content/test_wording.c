// SPDX-License-Identifier: GPL-3.0-or-later
// What listeners hear, with lengths and sides in place and in the voice that speaks it: lines that
// end before they tire, sentences that can be followed, and nothing that the voice misreads. (What
// a session may say at all is checked with the script: src/script/lint.c.)
#include "rehearsal.h"
#include "table.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    WORDS_MOST = 20,        // in a sentence
    WORDS_MOST_SAFETY = 22, // in a sentence of a safety notice
};

#define CLIP_MOST ((int64_t)FRAME_RATE * 125 / 10)

// What the language writes beside a to z: its row of letters.tsv.
static struct text letters_of(struct text language, const struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (text_equal_c(language, table->field[i][0]))
            return text_from(table->field[i][1]);
    fail_msg("letters.tsv has no row for %.*s", TEXT_ARG(language));
    return TEXT("");
}

static int longest_sentence_words(struct text spoken)
{
    int longest = 0;
    int words = 0;
    bool inside = false;
    for (size_t i = 0; i < spoken.size; i++) {
        bool letter = !strchr(" ,.?!", spoken.data[i]);
        words += letter && !inside;
        inside = letter;
        if (words > longest)
            longest = words;
        if (strchr(".?!", spoken.data[i]))
            words = 0;
    }
    return longest;
}

static bool is_one_of(struct text letters, uint32_t c)
{
    uint32_t letter;
    for (size_t offset = 0; text_next(letters, &offset, &letter);)
        if (letter == c)
            return true;
    return false;
}

static bool is_readable(struct text spoken, struct text letters)
{
    uint32_t c;
    size_t offset = 0;
    while (text_next(spoken, &offset, &c)) {
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && !is_one_of(TEXT(" ,.?!"), c) && !is_one_of(letters, c))
            return false;
    }
    return spoken.size > 0 && offset == spoken.size;
}

static size_t judge(const struct rehearsal *r, const struct event *e, struct text letters)
{
    const struct node *line = e->as.speech.line;
    struct text spoken = r->utterances.items[e->as.speech.utterance].spoken;
    bool notice = !text_equal(line->file, r->session.file);
    const char *fault = NULL;
    if (!is_readable(spoken, letters))
        fault = "has a character that the voice misreads";
    if (longest_sentence_words(spoken) > (notice ? WORDS_MOST_SAFETY : WORDS_MOST))
        fault = "has a sentence too long to follow";
    if (e->frames > CLIP_MOST)
        fault = "takes more than 12.5 s";
    if (!fault)
        return 0;
    print_error("%.*s, line %d %s: %.*s\n", TEXT_ARG(line->file), line->place.line, fault,
                TEXT_ARG(spoken));
    return 1;
}

static void test_lines_can_be_followed(void **state)
{
    struct table table;
    struct shipped shipped;
    table_read(&table, "letters.tsv");
    shipped_find(&shipped);
    size_t faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        size_t judged = 0;
        rehearsal_open(&r, *state, shipped.name[s]);
        rehearsal_plan(&r, rehearsal_most(&r));
        const struct text letters = letters_of(r.session.language, &table);
        for (size_t i = 0; i < r.timeline.event_count; i++) {
            const struct event *e = &r.timeline.events[i];
            if (e->type == EVENT_SPEECH && e->as.speech.line) {
                faults += judge(&r, e, letters);
                judged++;
            }
        }
        assert_true(judged >= 20);
        rehearsal_close(&r);
    }
    table_free(&table);
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    int result;
    if (reader_is_worker(argc, argv, &result))
        return result;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines_can_be_followed)};
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
