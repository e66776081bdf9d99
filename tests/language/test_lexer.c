// SPDX-License-Identifier: GPL-3.0-or-later
#include "lexer.h"
#include "session_limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// The only lexeme of a line that has no fault.
static struct lexeme single(const char *line)
{
    struct lexer lexer;
    struct lexeme lexeme;
    struct diagnostics list;
    diagnostics_init(&list, "test");
    lexer_init(&lexer, text_from(line), &list);
    assert_true(lexer_next(&lexer, &lexeme));
    assert_false(lexer_next(&lexer, &(struct lexeme){.number = 0}));
    assert_int_equal(list.errors, 0);
    diagnostics_free(&list);
    return lexeme;
}

static void expect(const char *line, enum lexeme_type type, const char *content, enum level level,
                   enum pass pass)
{
    struct lexeme lexeme = single(line);
    assert_int_equal(lexeme.type, type);
    assert_true(text_equal_c(lexeme.content, content));
    assert_int_equal(lexeme.level, level);
    assert_int_equal(lexeme.pass, pass);
}

static void test_kinds_of_lines(void **state)
{
    (void)state;
    expect("Hello.", LEXEME_TEXT, "Hello.", LEVEL_MUST, PASS_BOTH);
    expect("  \t Hello.\t ", LEXEME_TEXT, "Hello.", LEVEL_MUST, PASS_BOTH);
    expect("+ Hello.", LEXEME_TEXT, "Hello.", LEVEL_CORE, PASS_BOTH);
    expect("++\tHello.", LEXEME_TEXT, "Hello.", LEVEL_EXTRA, PASS_BOTH);
    expect("~ Hello.", LEXEME_TEXT, "Hello.", LEVEL_PRESENCE, PASS_BOTH);
    expect("first: Hello.", LEXEME_TEXT, "Hello.", LEVEL_MUST, PASS_FIRST);
    expect("+ second: Hello.", LEXEME_TEXT, "Hello.", LEVEL_CORE, PASS_SECOND);
    expect("paced: Hello.", LEXEME_TEXT, "Hello.", LEVEL_MUST, PASS_BOTH);
    assert_int_equal(single("paced: Hello.").breathing, BREATHING_PACED);
    assert_int_equal(single("+ second: natural: Hello.").breathing, BREATHING_NATURAL);
    assert_int_equal(single("+ second: natural: Hello.").pass, PASS_SECOND);
    assert_int_equal(single("\\paced: Hello.").breathing, BREATHING_ANY);
    expect("@pause 2s", LEXEME_DIRECTIVE, "pause 2s", LEVEL_MUST, PASS_BOTH);
    expect("++ @rest 2s", LEXEME_DIRECTIVE, "rest 2s", LEVEL_EXTRA, PASS_BOTH);
    expect("== A  1m at 6m", LEXEME_SECTION, " A  1m at 6m", LEVEL_MUST, PASS_BOTH);
    expect("\\+ Hello.", LEXEME_TEXT, "+ Hello.", LEVEL_MUST, PASS_BOTH);
    expect("+ \\@ Hello.", LEXEME_TEXT, "@ Hello.", LEVEL_CORE, PASS_BOTH);
    expect("\\\\ Hello.", LEXEME_TEXT, "\\ Hello.", LEVEL_MUST, PASS_BOTH);
    expect(" ", LEXEME_BLANK, "", LEVEL_MUST, PASS_BOTH);
}

static void test_blank_and_comment(void **state)
{
    (void)state;
    assert_int_equal(single("   ").type, LEXEME_BLANK);
    assert_false(single(" \t").comment);
    assert_int_equal(single("  // + @x").type, LEXEME_BLANK);
    assert_true(single("// x").comment);
}

static void test_line_ends(void **state)
{
    (void)state;
    struct lexer lexer;
    struct lexeme lexeme;
    lexer_init(&lexer,
               TEXT("\xEF\xBB\xBF"
                    "a\r\n\nb\n"),
               NULL);
    assert_true(lexer_next(&lexer, &lexeme));
    assert_true(text_equal_c(lexeme.content, "a"));
    assert_int_equal(lexeme.number, 1);
    assert_true(lexer_next(&lexer, &lexeme));
    assert_int_equal(lexeme.type, LEXEME_BLANK);
    assert_true(lexer_next(&lexer, &lexeme));
    assert_true(text_equal_c(lexeme.content, "b"));
    assert_int_equal(lexeme.number, 3);
    assert_false(lexer_next(&lexer, &lexeme));
}

static void expect_fault(struct text data, const char *rule, int line, int column)
{
    struct lexer lexer;
    struct lexeme lexeme;
    struct diagnostics list;
    diagnostics_init(&list, "test");
    lexer_init(&lexer, data, &list);
    while (lexer_next(&lexer, &lexeme))
        continue;
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].rule, rule);
    assert_int_equal(list.items[0].line, line);
    assert_int_equal(list.items[0].column, column);
    assert_true(list.items[0].hint.size > 0);
    diagnostics_free(&list);
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault(TEXT("ok\n\xC3\xA4\xFF"), "bad-utf8", 2, 2); // columns count characters
    expect_fault(TEXT("\xC0\xAF"), "bad-utf8", 1, 1);         // overlong
    expect_fault(TEXT("a\0b"), "control-character", 1, 2);
    expect_fault(TEXT("a\rb"), "control-character", 1, 2);
    expect_fault(TEXT("a\x7F"), "control-character", 1, 2);
    expect_fault(TEXT("a\xC2\x85"), "control-character", 1, 2);
    expect_fault(TEXT("ab\xE2\x80\xAE"), "invisible-character", 1, 3);
    expect_fault(TEXT("\xE2\x81\xA6"), "invisible-character", 1, 1);
    expect_fault(TEXT("a\xEF\xBB\xBF"), "invisible-character", 1, 2);
    expect_fault(TEXT("\xF3\xB0\x80\x80"), "invisible-character", 1, 1);
    // A joiner belongs between the letters of some scripts, and hides something in a Latin word.
    expect_fault(TEXT("a\xE2\x80\x8D"), "invisible-character", 1, 2);
    expect_fault(TEXT("caf\xC3\xA9\xE2\x80\x8Cs"), "invisible-character", 1, 5);
    expect_fault(TEXT("\xDB\x8C \xE2\x80\x8C\xDB\x8C"), "invisible-character", 1, 3);
    expect_fault(TEXT("\n+Hello"), "mark-space", 2, 2);
    expect_fault(TEXT("+++ Hello"), "level-mark", 1, 1);
    expect_fault(TEXT("+ first:Hello"), "mark-space", 1, 9);
    expect_fault(TEXT("+ paced:Hello"), "mark-space", 1, 9);
}

static void test_line_limit(void **state)
{
    (void)state;
    struct lexer lexer;
    struct lexeme lexeme;
    size_t size = SESSION_LINE_MAX + 1;
    char *data = malloc(size);
    assert_non_null(data);
    memset(data, 'a', size);
    lexer_init(&lexer, (struct text){data, size - 1}, NULL);
    assert_true(lexer_next(&lexer, &lexeme));
    assert_int_equal(lexeme.type, LEXEME_TEXT);
    expect_fault((struct text){data, size}, "line-too-long", 1, 1);
    free(data);
}

static void test_quote(void **state)
{
    (void)state;
    char letters[100];
    memset(letters, 'x', sizeof letters);
    assert_int_equal(lexeme_quote((struct text){letters, sizeof letters}).size, 60);
    memcpy(letters + 58, "\xE2\x80\x9C", 3); // does not fit: cut before it
    assert_int_equal(lexeme_quote((struct text){letters, sizeof letters}).size, 58);
    assert_int_equal(lexeme_quote(TEXT("short")).size, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_of_lines), cmocka_unit_test(test_blank_and_comment),
        cmocka_unit_test(test_line_ends),      cmocka_unit_test(test_faults),
        cmocka_unit_test(test_line_limit),     cmocka_unit_test(test_quote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
