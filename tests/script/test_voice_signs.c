// SPDX-License-Identifier: GPL-3.0-or-later
// Signs, letters and words that the voices name, drop or spell, and those that they read.
#include "voice_signs.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool is_named(const char *sign, const char *behind)
{
    size_t offset = 0;
    uint32_t c;
    assert_true(text_next(text_from(sign), &offset, &c));
    return voice_signs_why(c, text_from(behind)) != NULL;
}

static void named_signs_are_found(void **state)
{
    (void)state;
    static const char *const named[] = {"7", "&", "*", "#",    "/", "°", "×", "½", "€", "→",
                                        "★", "♥", "😀", "🫠", "§", "©", "[", "<", "_"};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!is_named(named[i], " so"))
            fail_msg("%s is not found", named[i]);
    assert_true(is_named(":", "so"));
}

static void what_pauses_is_no_fault(void **state)
{
    (void)state;
    static const char *const quiet[] = {"…", "–", "—", "“", "”", "„", "‘", "’",  "«", "»", ";", ":",
                                        "(", ")", ",", ".", "!", "?", "-", "\"", "•", "a", "é"};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        if (is_named(quiet[i], " so"))
            fail_msg("%s is no fault", quiet[i]);
    assert_false(is_named(":", ""));
}

static void letters_of_other_scripts_are_found(void **state)
{
    (void)state;
    static const uint32_t other[] = {0x3B1, 0x43F,  0x5E9,  0x627, 0x905,
                                     0xE01, 0x3042, 0x4E2D, 0xAC00};
    static const uint32_t latin[] = {'a', 0xE9, 0xDF, 0x141, 0x1E9E, 0x2019, 0x2026};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_true(voice_signs_spells_letter(TEXT("en"), other[i]));
        assert_true(voice_signs_spells_letter(TEXT("de"), other[i]));
        assert_false(voice_signs_spells_letter(TEXT("ru"), other[i]));
    }
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        assert_false(voice_signs_spells_letter(TEXT("en"), latin[i]));
}

static void words_without_a_vowel_are_spelled(void **state)
{
    (void)state;
    const struct text spelled[] = {TEXT("Mmm"), TEXT("shh"), TEXT("cm"), TEXT("Brr")};
    const struct text read[] = {TEXT("rhythm"), TEXT("Mr"), TEXT("hmm"), TEXT("I"),
                                TEXT("TV"),     TEXT("b"),  TEXT("ölt"), TEXT("")};
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        assert_true(voice_signs_spells_word(TEXT("en"), spelled[i]));
        assert_false(voice_signs_spells_word(TEXT("cs"), spelled[i]));
    }
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (voice_signs_spells_word(TEXT("en"), read[i]))
            fail_msg("%.*s is read", TEXT_ARG(read[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named_signs_are_found),
        cmocka_unit_test(what_pauses_is_no_fault),
        cmocka_unit_test(letters_of_other_scripts_are_found),
        cmocka_unit_test(words_without_a_vowel_are_spelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
