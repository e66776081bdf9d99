// SPDX-License-Identifier: GPL-3.0-or-later
// The lexicon's language: what it accepts, what it says about faults, and what it replaces.
#include "lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char sample[] = "# a comment\n"
                             "\n"
                             "psoas = so-az\n"
                             "close before your the = [[kl'oUz]]\n"
                             "  close after eyes before now = CLOSE\n"
                             "after = behind\n"
                             "na\xC3\xAFve=simple\n"
                             "bow after and = [[b'aU]]";

static struct lexicon parse(const char *data)
{
    struct lexicon lexicon;
    struct diagnostics list;
    struct error error = {0};
    diagnostics_init(&list, "lexicon");
    assert_int_equal(lexicon_parse(&lexicon, text_from(data), &list, &error), STATUS_OK);
    assert_int_equal(list.errors, 0);
    diagnostics_free(&list);
    return lexicon;
}

static void check_applied(const struct lexicon *lexicon, const char *view, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    lexicon_apply(lexicon, text_from(view), &out);
    buffer_add_c(&out, "");
    assert_string_equal(out.data ? out.data : "", expected);
    buffer_free(&out);
}

static void test_parse(void **state)
{
    (void)state;
    struct lexicon lexicon = parse(sample);
    assert_int_equal(lexicon.count, 6);
    assert_true(text_equal_c(lexicon.entries[0].word, "psoas"));
    assert_true(text_equal_c(lexicon.entries[0].said, "so-az"));
    assert_int_equal(lexicon.entries[1].before.count, 2);
    assert_true(text_equal_c(lexicon.entries[1].before.items[1], "the"));
    assert_int_equal(lexicon.entries[2].after.count, 1);
    assert_int_equal(lexicon.entries[2].before.count, 1);
    assert_int_equal(lexicon.entries[2].line, 5);
    assert_true(text_equal_c(lexicon.entries[3].word, "after"));
    lexicon_free(&lexicon);
}

// What is put before comes first, and leaves to the others what it does not fit.
static void test_put_before(void **state)
{
    (void)state;
    struct error error;
    struct lexicon lexicon = parse("psoas = so-az\nfascia = fasha\n");
    struct lexicon first = parse("fascia before of = banana\npsoas = solas\n");
    struct lexicon none = {.count = 0};
    assert_int_equal(lexicon_put_before(&lexicon, &first, &error), STATUS_OK);
    assert_int_equal(first.count, 0);
    lexicon_free(&first);
    check_applied(&lexicon, "psoas, fascia, fascia of", "solas, fasha, banana of");
    assert_int_equal(lexicon_put_before(&lexicon, &none, &error), STATUS_OK);
    assert_int_equal(lexicon.count, 4);
    assert_int_equal(lexicon_put_before(&none, &lexicon, &error), STATUS_OK);
    check_applied(&none, "psoas", "solas");
    lexicon_free(&none);
}

static void test_apply(void **state)
{
    (void)state;
    struct lexicon lexicon = parse(sample);
    check_applied(&lexicon, "The psoas, the PSOAS; psoas's", "The so-az, the so-az; psoas's");
    check_applied(&lexicon, "Close your eyes.", "[[kl'oUz]] your eyes.");
    check_applied(&lexicon, "close  THE hand", "[[kl'oUz]]  THE hand");
    check_applied(&lexicon, "Stay close, the wall", "Stay close, the wall");
    check_applied(&lexicon, "close to the wall", "close to the wall");
    check_applied(&lexicon, "eyes close now", "eyes CLOSE now");
    check_applied(&lexicon, "eyes close", "eyes close");
    check_applied(&lexicon, "eyes, close now", "eyes, close now");
    check_applied(&lexicon, "na\xC3\xAFve\xE2\x80\x94psoas\xE2\x80\xA6",
                  "simple\xE2\x80\x94so-az\xE2\x80\xA6");
    check_applied(&lexicon, "and bow", "and [[b'aU]]");
    check_applied(&lexicon, "", "");
    check_applied(&lexicon, " .,!", " .,!");
    lexicon_free(&lexicon);
    // A word of two parts, which a non-joiner keeps apart, is one word.
    lexicon = parse("\xDB\x8C\xE2\x80\x8C\xDB\x8C = one\n\xDB\x8C = half\n");
    check_applied(&lexicon, "\xDB\x8C\xE2\x80\x8C\xDB\x8C \xDB\x8C", "one half");
    lexicon_free(&lexicon);
}

static void check_fault(const char *data, const char *expected)
{
    struct lexicon lexicon;
    struct diagnostics list;
    struct buffer out = BUFFER_INIT;
    diagnostics_init(&list, "x");
    assert_int_equal(lexicon_parse(&lexicon, text_from(data), &list, NULL), STATUS_BAD_INPUT);
    diagnostics_print(&list, &out);
    assert_non_null(out.data);
    if (!strstr(out.data, expected))
        fail_msg("expected %s in %s", expected, out.data);
    buffer_free(&out);
    diagnostics_free(&list);
}

static void test_faults(void **state)
{
    (void)state;
    check_fault("psoas\n", "x:1:6: error: expected \"=\"");
    check_fault("\n = a\n", "x:2:1: error: expected a word in front");
    check_fault("psoas = \n", "x:1:9: error: expected how");
    check_fault("gluteus medius = a\n", "x:1:9: error: expected \"after\"");
    check_fault("a before = b\n", "x:1:10: error: expected a word after");
    check_fault("a after b before = b\n", "error: expected a word after");
    check_fault("a, b = c\n", "x:1:2: error: expected a word of letters");
    check_fault("a = [[b\n", "x:1:5: error: expected phonemes");
    check_fault("a = [[]]\n", "x:1:5: error: expected phonemes");
    check_fault("a = [[b]] [[c]]\n", "x:1:8: error: not a phoneme");
    check_fault("a = [[b\xC3\xA9]]\n", "x:1:8: error: not a phoneme");
    check_fault("\xC3\xA9 = say [b]\n", "x:1:9: error: brackets");
    check_fault("a = b\nA after c = d\n", "x:2:1: error: never used");
    check_fault("a = b\x01\n", "x:1:6: error: not UTF-8");
    check_fault("a = b\r\n", "x:1:6: error: not UTF-8");
    check_fault("a\xFF = b\n", "x:1:2: error: not UTF-8");
    check_fault("a\nb\n", "x:2:2: error: expected \"=\""); // all faults, not only the first
}

static void test_load(void **state)
{
    (void)state;
    struct lexicon lexicon;
    struct diagnostics list;
    struct error error = {0};
    diagnostics_init(&list, "lexicon");
    assert_int_equal(lexicon_load(&lexicon, "/nonexistent/lexicon", &list, &error),
                     STATUS_NOT_FOUND);
    assert_int_equal(lexicon_load(&lexicon, LOOSEN_SOURCE_DIR "/scripts/en/lexicon", &list, &error),
                     STATUS_OK);
    assert_true(lexicon.count >= 20);
    check_applied(&lexicon, "Use both hands, close to the coccyx.",
                  "[[j'u:z]] both hands, close to the [[k'0ksIks]].");
    lexicon_free(&lexicon);
    diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse), cmocka_unit_test(test_put_before),
        cmocka_unit_test(test_apply), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
