// SPDX-License-Identifier: GPL-3.0-or-later
#include "voice_choice.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool is_foreign(const char *voice, const char *language)
{
    return voice_choice_is_foreign(voice, text_from(language));
}

static void test_names_that_tell_a_language(void **state)
{
    (void)state;
    assert_true(is_foreign("fr", "en"));
    assert_true(is_foreign("gmw/en", "de"));
    assert_true(is_foreign("pt-br+klatt4", "en"));
    assert_true(is_foreign("cmn", "en"));
    assert_false(is_foreign("en-gb-x-rp+klatt4", "en"));
    assert_false(is_foreign("gmw/de", "de"));
    assert_false(is_foreign("pt", "pt-br"));
}

static void test_names_that_tell_none(void **state)
{
    (void)state;
    assert_false(is_foreign("English", "de"));
    assert_false(is_foreign("mb-us1", "mb"));
    assert_false(is_foreign("!v/Storm", "de"));
    assert_false(is_foreign("", "de"));
    assert_false(is_foreign("+f2", "de"));
}

static void test_what_was_asked_for_is_spoken(void **state)
{
    (void)state;
    char name[VOICE_CHOICE_NAME_MAX];
    struct settings settings = {.run = {.help = false}};
    const struct voice own = voice_choice(&settings, TEXT("de"), name);
    assert_true(text_starts_with(text_from(own.name), TEXT("de")));
    assert_true(own.rate > 0);
    settings.what = (struct what){.voice = "fr", .rate = own.rate + 1};
    const struct voice chosen = voice_choice(&settings, TEXT("de"), name);
    assert_string_equal(chosen.name, "fr");
    assert_int_equal(chosen.rate, own.rate + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_that_tell_a_language),
        cmocka_unit_test(test_names_that_tell_none),
        cmocka_unit_test(test_what_was_asked_for_is_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
