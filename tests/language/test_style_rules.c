// SPDX-License-Identifier: GPL-3.0-or-later
#include "style_rules.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void parse(struct style_rules *phrases, struct arena *arena, const char *data)
{
    struct diagnostics list;
    diagnostics_init(&list, "phrases");
    assert_int_equal(style_rules_parse(phrases, arena, text_from(data), &list), STATUS_OK);
    if (list.errors > 0)
        fail_msg("%.*s", TEXT_ARG(list.items[0].message));
    diagnostics_free(&list);
}

// What is found of a kind in `view`, "" for nothing.
static struct text find(const struct style_rules *phrases, enum phrase_kind kind, const char *view)
{
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    style_rules_search(phrases, text_from(view), found);
    return found[kind].phrase ? found[kind].text : TEXT("");
}

static void expect_found(const struct style_rules *phrases, const char *view, const char *found)
{
    struct text text = find(phrases, PHRASE_CLAIM, view);
    if (!text_equal_c(text, found))
        fail_msg("\"%s\": found \"%.*s\", not \"%s\"", view, TEXT_ARG(text), found);
}

static void test_whole_words(void **state)
{
    (void)state;
    struct style_rules phrases;
    struct arena arena = ARENA_INIT;
    parse(&phrases, &arena, "claim: heals, blood pressure = say settles\n");
    expect_found(&phrases, "It heals.", "heals");
    expect_found(&phrases, "Heals, they say", "Heals");
    expect_found(&phrases, "heals", "heals");
    expect_found(&phrases, "\xE2\x80\x9Cheals\xE2\x80\x9D", "heals");
    expect_found(&phrases, "Your Blood Pressure.", "Blood Pressure");
    expect_found(&phrases, "healsome wheals", "");
    expect_found(&phrases, "blood  pressure", "blood  pressure");
    expect_found(&phrases, "blood-pressure", "blood-pressure");
    expect_found(&phrases, "blood, pressure", "");
    expect_found(&phrases, "blood pressures, blood", "");
    expect_found(&phrases, "", "");
    arena_free(&arena);
}

static void test_open_endings_and_letters(void **state)
{
    (void)state;
    struct style_rules phrases;
    struct arena arena = ARENA_INIT;
    parse(&phrases, &arena,
          "claim: Heilung*, \xC3\xBC"
          "berwindet, \xD0\xBB\xD0\xB5\xD1\x87\xD0\xB8\xD1\x82, l\xC3\xA9"
          "che* = say settles\n");
    expect_found(&phrases, "zur Heilung.", "Heilung");
    expect_found(&phrases, "Heilungsprozesse sind", "Heilungsprozesse");
    expect_found(&phrases, "Verheilung", "");
    expect_found(&phrases,
                 "\xC3\x9C"
                 "berwindet",
                 "\xC3\x9C"
                 "berwindet");
    expect_found(&phrases, "\xD0\x9B\xD0\x95\xD0\xA7\xD0\x98\xD0\xA2",
                 "\xD0\x9B\xD0\x95\xD0\xA7\xD0\x98\xD0\xA2");
    expect_found(&phrases,
                 "l\xC3\xA9"
                 "cher",
                 "l\xC3\xA9"
                 "cher");
    expect_found(&phrases, "lecher", "");
    arena_free(&arena);
}

static void test_kinds(void **state)
{
    (void)state;
    struct style_rules phrases;
    struct arena arena = ARENA_INIT;
    parse(&phrases, &arena,
          "claim: cure = one\ntone: just, cure = two\nmisread-start: separate the = three\n");
    struct phrase_found found[PHRASE_KINDS] = {{NULL, {NULL, 0}}};
    style_rules_search(&phrases, TEXT("Just a cure."), found);
    assert_true(text_equal_c(found[PHRASE_CLAIM].phrase->hint, "one"));
    assert_true(text_equal_c(found[PHRASE_TONE].text, "Just")); // the first of a kind
    assert_true(text_equal_c(found[PHRASE_TONE].phrase->hint, "two"));
    assert_null(found[PHRASE_DAMAGE].phrase);
    assert_int_equal(find(&phrases, PHRASE_MISREAD, "Go. Separate the feet.").size, 12);
    assert_int_equal(find(&phrases, PHRASE_MISREAD, "And separate the feet.").size, 0);
    arena_free(&arena);
}

static void expect_fault(const char *data, const char *rule, int line, int column)
{
    struct style_rules phrases;
    struct arena arena = ARENA_INIT;
    struct diagnostics list;
    diagnostics_init(&list, "phrases");
    assert_int_equal(style_rules_parse(&phrases, &arena, text_from(data), &list), STATUS_OK);
    assert_int_equal(list.count, 1);
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
    expect_fault("just a line\n", "phrases-line", 1, 1);
    expect_fault("// all well\n  claims: heals = say settles\n", "phrases-kind", 2, 3);
    expect_fault("claim: heals\n", "phrases-hint", 1, 1);
    expect_fault("claim: heals =\n", "phrases-hint", 1, 1);
    expect_fault("claim: heals,, cures = say settles\n", "phrases-empty", 1, 14);
    expect_fault("claim: = say settles\n", "phrases-empty", 1, 7);
    expect_fault("claim: * = say settles\n", "phrases-empty", 1, 8);
    expect_fault("claim: he*als = say settles\n", "phrases-word", 1, 10);
    expect_fault("claim: blood  pressure = say settles\n", "phrases-word", 1, 14);
    expect_fault("claim: \xC3\xBC"
                 "ber 2 = say settles\n",
                 "phrases-word", 1, 13);
    expect_fault("claim: heals, cures, Heals = say settles\n", "phrases-twice", 1, 22);
    expect_fault("claim: heal*, heals = say settles\n", "phrases-twice", 1, 15);
    expect_fault("tone: just = say let\n", "phrases-missing", 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_words),
        cmocka_unit_test(test_open_endings_and_letters),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
