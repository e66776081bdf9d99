// How the lines are written: what the voice reads well, what can be followed by ear, and claims that
// a session must not make.
#include "rehearsal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    WORDS_MOST = 20,        // in a sentence
    WORDS_MOST_SAFETY = 22, // in a sentence of a safety notice
};

#define CLIP_MOST ((int64_t)FRAME_RATE * 125 / 10) // one line at the default voice

// Claims, commands and pictures that have no place in a relaxation session, as whole words.
static const char *const banned[] = {
    "relax",      "just",     "simply",  "surrender",    "push through", "no pain",
    "perfect",    "safe",     "torn",    "crumbling",    "slipped",      "stabbing",
    "worn",       "crooked",  "chakra",  "energy",       "toxins",       "treats",
    "heal",       "heals",    "healing", "cure",         "cures",        "therapy",
    "relieve",    "relieves", "relief",  "reduces pain", "rehabilitate", "prevents",
    "clinically", "sciatica", "disc",    "arthritis",    "fixes",
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool matches(struct text spoken, size_t at, const char *phrase)
{
    size_t size = strlen(phrase);
    if (at + size > spoken.size || (at > 0 && is_letter(spoken.data[at - 1])))
        return false;
    for (size_t i = 0; i < size; i++)
        if (lower(spoken.data[at + i]) != phrase[i])
            return false;
    return at + size == spoken.size || !is_letter(spoken.data[at + size]);
}

static bool contains(struct text spoken, const char *phrase)
{
    for (size_t at = 0; at < spoken.size; at++)
        if (matches(spoken, at, phrase))
            return true;
    return false;
}

// Words of the longest sentence.
static int longest_sentence(struct text spoken)
{
    int longest = 0, words = 0;
    bool inside = false;
    for (size_t i = 0; i < spoken.size; i++) {
        bool letter = is_letter(spoken.data[i]);
        words += letter && !inside;
        inside = letter;
        if (strchr(".?!", spoken.data[i]))
            words = 0;
        if (words > longest)
            longest = words;
    }
    return longest;
}

static bool is_readable(struct text spoken)
{
    for (size_t i = 0; i < spoken.size; i++) {
        char c = spoken.data[i];
        if (!is_letter(c) && !strchr(" ,.?!", c))
            return false;
    }
    return spoken.size > 0;
}

static size_t judge(const struct rehearsal *r, const struct event *e)
{
    const struct node *line = e->as.speech.line;
    struct text spoken = r->utterances.items[e->as.speech.utterance].spoken;
    bool notice = !text_equal(line->file, r->session.file);
    bool standing = text_equal_c(r->session.position, "standing");
    size_t faults = 0;
    const char *fault = NULL;
    if (!is_readable(spoken))
        fault = "has a character that the voice misreads";
    if (longest_sentence(spoken) > (notice ? WORDS_MOST_SAFETY : WORDS_MOST))
        fault = "has a sentence too long to follow";
    if (e->frames > CLIP_MOST)
        fault = "takes more than 12.5 s";
    if (standing && contains(spoken, "eyes") &&
        (contains(spoken, "close") || contains(spoken, "closed") || contains(spoken, "shut")))
        fault = "closes the eyes while standing";
    if (fault) {
        print_error("%.*s, line %d %s: %.*s\n", TEXT_ARG(line->file), line->place.line, fault,
                    TEXT_ARG(spoken));
        faults++;
    }
    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
        if (contains(spoken, banned[i])) {
            print_error("%.*s, line %d says \"%s\": %.*s\n", TEXT_ARG(line->file), line->place.line,
                        banned[i], TEXT_ARG(spoken));
            faults++;
        }
    }
    return faults;
}

static void test_lines_are_well_written(void **state)
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines_are_well_written)};
    return cmocka_run_group_tests(tests, reader_set_up, reader_tear_down);
}
