// SPDX-License-Identifier: GPL-3.0-or-later
// Notes in the way people write them, judged by the words of the languages that loosen has: see
// notes/README.md.
#include "fixture.h"
#include "rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct session_source languages = {.scripts_dir = LOOSEN_SOURCE_DIR "/scripts"};

// What the words of a note have broken; what is merely badly written or said does not count.
static bool is_danger(const struct diagnostic *d)
{
    static const enum rule rules[] = {
        RULE_SPINE, RULE_BELLY, RULE_GROIN,          RULE_THROAT,          RULE_KIDNEYS,
        RULE_BONE,  RULE_NECK,  RULE_LOW_BACK_FLOOR, RULE_LOW_BACK_ROLLER, RULE_PRESSURE,
        RULE_SPOT,  RULE_EYES,  RULE_KNEE,           RULE_BREATH_HELD,     RULE_BREATH_FORCED,
        RULE_PAIN,  RULE_FORCE, RULE_SUDDEN,         RULE_DRIVING,
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (text_equal_c(text_from(d->rule), rule_row(rules[i])->id))
            return true;
    return d->severity == SEVERITY_ERROR;
}

struct tally {
    int safe, safe_refused, safe_warned;
    int unsafe, unsafe_refused, unsafe_warned;
    int unnamed; // rules that a note should have broken, and was not told of
};

static bool was_told(const struct diagnostics *list, struct text rule)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_danger(&list->items[i]) && text_equal_c(rule, list->items[i].rule))
            return true;
    return false;
}

// "unsafe: RULE RULE ...": every rule that is named should be told.
static void count_unnamed(struct tally *tally, const struct diagnostics *list, struct text head)
{
    head = text_trim(text_skip(head, text_find(head, ':') + 1));
    while (head.size > 0) {
        size_t size = text_find(head, ' ');
        struct text rule = text_head(head, size);
        head = text_trim(text_skip(head, size));
        bool known = false;
        for (int i = 0; i < RULE_COUNT; i++)
            known |= text_equal_c(rule, rule_row(i)->id);
        if (!known)
            return; // what kind of note it is
        if (!was_told(list, rule)) {
            tally->unnamed++;
            print_message("    not told: %.*s\n", TEXT_ARG(rule));
        }
    }
}

static void judge(struct tally *tally, struct text head, struct text note)
{
    struct session session;
    struct diagnostics list;
    struct error error;
    int errors = 0, warnings = 0;
    bool safe = text_starts_with(head, TEXT("safe"));
    diagnostics_init(&list, "note");
    if (session_parse(&session, note, &languages, &list, &error) == STATUS_OK)
        session_free(&session);
    for (size_t i = 0; i < list.count; i++) {
        errors += list.items[i].severity == SEVERITY_ERROR;
        warnings += list.items[i].severity == SEVERITY_WARNING && is_danger(&list.items[i]);
    }
    tally->safe += safe;
    tally->unsafe += !safe;
    tally->safe_refused += safe && errors;
    tally->safe_warned += safe && !errors && warnings;
    tally->unsafe_refused += !safe && errors;
    tally->unsafe_warned += !safe && !errors && warnings;
    if (getenv("NOTES_SHOW") || safe == (errors + warnings > 0))
        print_message("%.*s: %d errors, %d warnings\n", TEXT_ARG(head), errors, warnings);
    for (size_t i = 0; i < list.count && (getenv("NOTES_SHOW") || safe); i++)
        if (is_danger(&list.items[i]))
            print_message("    %d:%d %s %.*s [%s]\n", list.items[i].line, list.items[i].column,
                          list.items[i].severity == SEVERITY_ERROR ? "error" : "warning",
                          TEXT_ARG(list.items[i].message), list.items[i].rule);
    if (!safe)
        count_unnamed(tally, &list, head);
    diagnostics_free(&list);
}

static struct tally judge_file(const char *path)
{
    static const struct text mark = {"\n#### ", 6};
    struct tally tally = {.safe = 0};
    struct buffer data = fixture_read(path);
    struct text rest = buffer_text(&data);
    rest = text_skip(rest, text_find_text(rest, mark) + mark.size);
    while (rest.size > 0) {
        size_t end = text_find_text(rest, mark);
        struct text note = text_head(rest, end);
        size_t line = text_find(note, '\n');
        judge(&tally, text_head(note, line), text_skip(note, line + 1));
        rest = text_skip(rest, end + mark.size);
    }
    print_message("%s: of %d unsafe notes %d refused, %d warned of; of %d safe ones %d refused, %d "
                  "warned of; %d rules not named\n",
                  path, tally.unsafe, tally.unsafe_refused, tally.unsafe_warned, tally.safe,
                  tally.safe_refused, tally.safe_warned, tally.unnamed);
    buffer_free(&data);
    return tally;
}

static void test_tuned(void **state)
{
    (void)state;
    struct tally tally = judge_file("notes/tuned");
    assert_int_equal(tally.unsafe_refused + tally.unsafe_warned, tally.unsafe);
    assert_int_equal(tally.safe_refused, 0);
}

static void test_heldout(void **state)
{
    (void)state;
    struct tally tally = judge_file("notes/heldout");
    assert_int_equal(tally.unsafe_refused + tally.unsafe_warned, tally.unsafe);
    assert_int_equal(tally.safe_refused, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tuned),
        cmocka_unit_test(test_heldout),
    };
    (void)argv;
    return argc > 1 ? _cmocka_run_group_tests("tuned", tests, 1, NULL, NULL)
                    : cmocka_run_group_tests(tests, NULL, NULL);
}
