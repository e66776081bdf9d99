// What listeners hear, with lengths and sides in place and in the voice that speaks it: lines that end
// before they tire, sentences that can be followed, and nothing that the voice misreads. (What a
// session may say at all is checked with the script: src/session/lint.c.)
#include "rehearsal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    WORDS_MOST = 20,        // in a sentence
    WORDS_MOST_SAFETY = 22, // in a sentence of a safety notice
};

#define CLIP_MOST ((int64_t)FRAME_RATE * 125 / 10)

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

static int longest_sentence_words(struct text spoken)
{
    int longest = 0;
    int words = 0;
    bool inside = false;
    for (size_t i = 0; i < spoken.size; i++) {
        bool letter = is_letter(spoken.data[i]);
        words += letter && !inside;
        inside = letter;
        if (words > longest)
            longest = words;
        if (strchr(".?!", spoken.data[i]))
            words = 0;
    }
    return longest;
}

static bool is_readable(struct text spoken)
{
    for (size_t i = 0; i < spoken.size; i++)
        if (!is_letter(spoken.data[i]) && !strchr(" ,.?!", spoken.data[i]))
            return false;
    return spoken.size > 0;
}

static size_t judge(const struct rehearsal *r, const struct event *e)
{
    const struct node *line = e->as.speech.line;
    struct text spoken = r->utterances.items[e->as.speech.utterance].spoken;
    bool notice = !text_equal(line->file, r->session.file);
    const char *fault = NULL;
    if (!is_readable(spoken))
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
    struct shipped shipped;
    shipped_find(&shipped);
    size_t faults = 0;
    for (size_t s = 0; s < shipped.count; s++) {
        struct rehearsal r;
        size_t judged = 0;
        rehearsal_open(&r, *state, shipped.id[s]);
        rehearsal_plan(&r, rehearsal_most(&r));
        for (size_t i = 0; i < r.timeline.event_count; i++) {
            const struct event *e = &r.timeline.events[i];
            if (e->type == EVENT_SPEECH && e->as.speech.line) {
                faults += judge(&r, e);
                judged++;
            }
        }
        assert_true(judged >= 20);
        rehearsal_close(&r);
    }
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
