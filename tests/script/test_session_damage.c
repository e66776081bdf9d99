// SPDX-License-Identifier: GPL-3.0-or-later
// Cut and damaged scripts: every prefix of the good ones, and 10,000 mutations with a fixed seed.
// None crashes, every message names a place in the file, and what is accepted can be printed,
// parsed again and spoken.
#include "fixture.h"
#include "random.h"
#include "session_print.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MUTATIONS = 10000, SCRIPTS_MAX = 40 };

static size_t count_lines(struct text data)
{
    size_t lines = 0;
    while (data.size > 0) {
        data = text_skip(data, text_find(data, '\n') + 1);
        lines++;
    }
    return lines > 0 ? lines : 1;
}

static struct text line_at(struct text data, int number)
{
    while (--number > 0)
        data = text_skip(data, text_find(data, '\n') + 1);
    return text_head(data, text_find(data, '\n'));
}

static void check_places(const struct diagnostics *list, struct text data)
{
    size_t lines = count_lines(data);
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *d = &list->items[i];
        assert_in_range(d->line, 1, lines);
        assert_in_range(d->column, 1, 1 + text_length(line_at(data, d->line)));
        assert_true(d->message.size > 0);
        assert_true(d->hint.size > 0);
    }
}

static bool has_rule(const struct diagnostics *list, const char *rule)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].rule, rule) == 0)
            return true;
    return false;
}

static void check_accepted(const struct session *session)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct session again;
    struct diagnostics list;
    struct utterances utterances;
    struct error error;
    session_print(session, &once);
    if (fixture_parse(&again, buffer_text(&once), "printed", &list) != STATUS_OK) {
        diagnostics_print(&list, &twice);
        fail_msg("does not parse again:\n%s\n%s", once.data, twice.data);
    }
    fixture_same_session(session, &again);
    session_print(&again, &twice);
    assert_true(text_equal(buffer_text(&once), buffer_text(&twice)));
    assert_int_equal(utterances_build(&utterances, session, session->natural, &error), STATUS_OK);
    for (size_t i = 0; i < utterances.count; i++)
        assert_true(utterances.items[i].spoken.size > 0);
    utterances_free(&utterances);
    diagnostics_free(&list);
    session_free(&again);
    buffer_free(&once);
    buffer_free(&twice);
}

// Parse what is left of a script; true when it was accepted.
static bool try_script(struct text data, struct diagnostics *list)
{
    struct session session;
    enum status status = fixture_parse(&session, data, "damaged.session", list);
    assert_true(status == STATUS_OK || status == STATUS_BAD_INPUT);
    assert_int_equal(status == STATUS_OK, list->errors == 0);
    check_places(list, data);
    if (status != STATUS_OK)
        return false;
    // A claim is a warning in plain text and an error in what it prints as.
    if (!has_rule(list, "claim"))
        check_accepted(&session);
    session_free(&session);
    return true;
}

// Faults of a script that is not finished: anything else may be told only of the cut line.
static bool is_about_the_end(const char *rule)
{
    static const char *const rules[] = {
        "header-missing", "header-empty",  "open-block",    "nothing-said",
        "breath-release", "stop-cue",      "notice-header", "staged-rise",
        "late-technique", "empty-section", "plain-text",    "breath-dusk",
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rule, rules[i]) == 0)
            return true;
    return false;
}

// eof: cut at every byte.
static void test_every_prefix(void **state)
{
    (void)state;
    static const char *const files[] = {"good/everything.session", "good/wall-ball.session",
                                        "pretty/untidy.session"};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct buffer data = fixture_read(files[f]);
        size_t accepted = 0;
        for (size_t size = 0; size <= data.size; size++) {
            struct diagnostics list;
            struct text cut = text_head(buffer_text(&data), size);
            bool whole = size == data.size;
            bool good = try_script(cut, &list);
            accepted += good;
            assert_true(good || !whole);
            for (size_t i = 0; i < list.count && !whole; i++)
                if (list.items[i].severity == SEVERITY_ERROR &&
                    !is_about_the_end(list.items[i].rule) &&
                    list.items[i].line != (int)count_lines(cut))
                    fail_msg("%s cut at %zu: [%s] in line %d", files[f], size, list.items[i].rule,
                             list.items[i].line);
            diagnostics_free(&list);
        }
        assert_true(accepted > data.size / 20); // many prefixes are complete scripts
        buffer_free(&data);
    }
}

struct corpus {
    struct buffer scripts[SCRIPTS_MAX];
    size_t count;
};

static uint64_t next(uint64_t *counter)
{
    return random_at(0x10053, (*counter)++);
}

static size_t below(uint64_t *counter, size_t bound)
{
    return bound > 0 ? (size_t)(next(counter) % bound) : 0;
}

static const char *const pieces[] = {
    "@end\n",
    "@repeat 1..100\n",
    "@sides left, right\n",
    "@breathe tide\n",
    "~ ",
    "++ ",
    "{side}",
    "{",
    "}",
    "{a|b}",
    "#E14",
    "\n",
    "..",
    "@rest 0s..90m\n",
    "== B\n",
    "\xFF",
    "\xE2\x80\xAE",
    "first: ",
    "paced: ",
    "natural: ",
    "99999999999",
    "@notice pressure\n",
    "Free.  #E14\n",
    "\\",
    "@contact glutes with ball on wall, pressure 4, 40s\n",
    "\xF0\x9F\x8C\x8A",
    "-",
    "//",
    "\r\n",
    "@pause 2s\n",
};

// Replace data[at, at + cut) with `piece`.
static void splice(struct buffer *data, size_t at, size_t cut, struct text piece)
{
    struct buffer out = BUFFER_INIT;
    buffer_add(&out, text_head(buffer_text(data), at));
    buffer_add(&out, piece);
    buffer_add(&out, text_skip(buffer_text(data), at + cut));
    buffer_free(data);
    *data = out;
}

static void mutate(struct buffer *data, uint64_t *counter)
{
    size_t at = below(counter, data->size + 1);
    size_t size = below(counter, 40);
    size_t from = below(counter, data->size + 1);
    char byte = (char)below(counter, 256);
    struct buffer piece = BUFFER_INIT;
    switch (below(counter, 6)) {
    case 0: // another byte
        splice(data, at, 1, (struct text){&byte, 1});
        break;
    case 1: // something lost
        splice(data, at, size, TEXT(""));
        break;
    case 2: // something twice, elsewhere
        buffer_add(&piece, text_head(text_skip(buffer_text(data), from), size));
        splice(data, at, 0, buffer_text(&piece));
        break;
    case 3:
    case 4: // a piece of the language
        splice(data, at, 0, text_from(pieces[below(counter, sizeof pieces / sizeof *pieces)]));
        break;
    default: // a whole line lost
        while (at > 0 && data->data[at - 1] != '\n')
            at--;
        splice(data, at, text_find(text_skip(buffer_text(data), at), '\n') + 1, TEXT(""));
    }
    buffer_free(&piece);
}

static void read_corpus(struct corpus *corpus)
{
    static char names[FIXTURE_NAMES_MAX][FIXTURE_NAME_SIZE];
    size_t count = fixture_names(names, "good", ".session");
    assert_true(count <= SCRIPTS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct buffer path = BUFFER_INIT;
        buffer_printf(&path, "good/%s.session", names[i]);
        corpus->scripts[corpus->count++] = fixture_read(path.data);
        buffer_free(&path);
    }
}

static void test_mutations(void **state)
{
    (void)state;
    struct corpus corpus = {.count = 0};
    uint64_t counter = 0;
    size_t accepted = 0;
    read_corpus(&corpus);
    for (int i = 0; i < MUTATIONS; i++) {
        struct buffer data = BUFFER_INIT;
        struct diagnostics list;
        buffer_add(&data, buffer_text(&corpus.scripts[below(&counter, corpus.count)]));
        for (size_t n = below(&counter, 4) + 1; n > 0; n--)
            mutate(&data, &counter);
        accepted += try_script(buffer_text(&data), &list);
        diagnostics_free(&list);
        buffer_free(&data);
    }
    // Both outcomes occur often, else the mutations test nothing.
    assert_in_range(accepted, MUTATIONS / 10, MUTATIONS * 9 / 10);
    for (size_t i = 0; i < corpus.count; i++)
        buffer_free(&corpus.scripts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
