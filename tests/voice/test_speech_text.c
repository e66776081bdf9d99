// SPDX-License-Identifier: GPL-3.0-or-later
// Text on its way to the voice.
#include "speech_text.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void check_clean(struct text view, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    speech_text_clean(view, &out);
    buffer_add_c(&out, "");
    assert_string_equal(out.data ? out.data : "", expected);
    buffer_free(&out);
}

static void test_clean(void **state)
{
    (void)state;
    check_clean(TEXT("Let it go."), "Let it go.");
    check_clean(TEXT("  two \t\n lines "), "two lines ");
    check_clean(TEXT("a\x01"
                     "500Sb\x7f\x1b[31mc"),
                "a500Sb[31mc");
    check_clean(TEXT("\xC2\x85 x\xC2\x9B"
                     "2J"),
                "x2J"); // C1
    check_clean(TEXT("a\xE2\x80\xAE"
                     "b\xE2\x81\xA6\xE2\x80\x8F"
                     "c"),
                "abc");                                                  // bidirectional
    check_clean(TEXT("\xEE\x80\x80q\xF3\xA0\x80\xA0\xEF\xBF\xBF"), "q"); // private, tag, non-
    check_clean(TEXT("\xFF\xC0\xAF na\xC3\xAFve \xED\xA0\x80"), "na\xC3\xAFve "); // bad UTF-8
    check_clean(TEXT("caf\xC3\xA9 \xE2\x80\x99s \xE4\xBD\xA0"),
                "caf\xC3\xA9 \xE2\x80\x99s \xE4\xBD\xA0");
    check_clean(TEXT(""), "");
}

static void test_brackets(void **state)
{
    (void)state;
    check_clean(TEXT("[[h@l'oU]]"), "[h@l'oU]");
    check_clean(TEXT("[\x01[x]\xE2\x80\x8B]"), "[x]");
    check_clean(TEXT("[[[[[a]]]]] [b]"), "[a] [b]");
    check_clean(TEXT("[ [a"), "[ [a"); // a blank between is no command
}

static void test_limit(void **state)
{
    (void)state;
    char text[4000];
    memset(text, 'a', sizeof text);
    struct buffer out = BUFFER_INIT;
    speech_text_clean((struct text){text, sizeof text}, &out);
    assert_int_equal(out.size, SPEECH_TEXT_MAX);
    buffer_clear(&out);
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    speech_text_clean((struct text){text + 1, sizeof text - 1}, &out); // begins inside a character
    assert_int_equal(out.size, SPEECH_TEXT_MAX);
    assert_int_equal(text_length(buffer_text(&out)), SPEECH_TEXT_MAX / 2);
    buffer_free(&out);
}

static void test_sentences(void **state)
{
    (void)state;
    const struct text view = TEXT(" One. Two, 2.5 cm! Three\xE2\x80\xA6 \"Four?\" five. six");
    const char *expected[] = {"One.", "Two, 2.5 cm!", "Three\xE2\x80\xA6", "\"Four?\" five.",
                              "six"};
    size_t offset = 0, count = 0;
    for (struct text sentence; speech_text_sentence(view, &offset, &sentence); count++) {
        assert_true(count < 5);
        assert_true(text_equal_c(sentence, expected[count]));
    }
    assert_int_equal(count, 5);
    offset = 0;
    struct text sentence;
    assert_false(speech_text_sentence(TEXT("   "), &offset, &sentence));
}

static void test_letters(void **state)
{
    (void)state;
    assert_true(speech_text_has_letters(TEXT("... 5 x")));
    assert_true(speech_text_has_letters(TEXT("\xC3\xA4")));
    assert_true(speech_text_has_letters(TEXT("\xE4\xBD\xA0")));
    assert_false(speech_text_has_letters(TEXT("... 5 \xE2\x80\xA6 \xE2\x80\x9C @[`{")));
    assert_false(speech_text_has_letters(TEXT("")));
}

static void check_word(const char *view, size_t offset, const char *expected)
{
    struct text word = speech_text_word(text_from(view), offset);
    if (!text_equal_c(word, expected))
        fail_msg("\"%s\" at %zu: \"%.*s\"", view, offset, TEXT_ARG(word));
}

static void test_word(void **state)
{
    (void)state;
    check_word("Let it, softly.", 0, "Let");
    check_word("Let it, softly.", 2, "Let");
    check_word("Let it, softly.", 3, "");
    check_word("Let it, softly.", 4, "it");
    check_word("Let it, softly.", 6, "it"); // on its comma
    check_word("Let it, softly.", 14, "softly");
    check_word("Let it, softly.", 15, "");
    check_word("\"(don't)!\" twenty-one", 0, "don't");
    check_word("\"(don't)!\" twenty-one", 11, "twenty-one");
    check_word("\"(don't)!\" twenty-one", 20, "twenty-one");
    check_word("a - b", 2, "");
    check_word("in\xE2\x80\x94out\xE2\x80\xA6 \xC3\x9C"
               "ber",
               0, "in");
    check_word("in\xE2\x80\x94out\xE2\x80\xA6 \xC3\x9C"
               "ber",
               2, "");
    check_word("in\xE2\x80\x94out\xE2\x80\xA6 \xC3\x9C"
               "ber",
               5, "out");
    check_word("in\xE2\x80\x94out\xE2\x80\xA6 \xC3\x9C"
               "ber",
               12,
               "\xC3\x9C"
               "ber");
    check_word("\xE2\x80\x9EGut\xE2\x80\x9C", 4, "Gut");
    check_word("", 0, "");
    check_word("word", 9, "");
    check_word("\xFF\xFF", 1, "\xFF\xFF"); // no text, but no harm
}

// Whatever goes in: what comes out is UTF-8 without controls and double brackets, and clean.
static void test_random_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "[[]]a \x01\x80\xC2\xE2\x80\xAE\xEE\xF3\xBF\xFF.\n";
    for (uint64_t round = 0; round < 20000; round++) {
        char text[64];
        size_t size = random_at(7, round) % sizeof text;
        for (size_t i = 0; i < size; i++)
            text[i] = alphabet[random_at(round, i) % (sizeof alphabet - 1)];
        struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
        speech_text_clean((struct text){text, size}, &once);
        size_t offset = 0;
        for (uint32_t c; text_next(buffer_text(&once), &offset, &c);)
            assert_true(c >= 0x20 && (c < 0x7F || c > 0x9F) && (c < 0x202A || c > 0x202E));
        assert_int_equal(offset, once.size);
        for (size_t i = 1; i < once.size; i++)
            assert_false((once.data[i] == '[' || once.data[i] == ']') &&
                         once.data[i - 1] == once.data[i]);
        speech_text_clean(buffer_text(&once), &twice);
        assert_true(text_equal(buffer_text(&once), buffer_text(&twice)));
        buffer_free(&once);
        buffer_free(&twice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),   cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_limit),   cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_letters), cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
