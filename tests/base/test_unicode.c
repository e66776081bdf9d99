// SPDX-License-Identifier: GPL-3.0-or-later
#include "unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { LAST = 0x10FFFF, YEH = 0x6CC };

static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static void controls(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint32_t c = 0; c <= LAST; c++)
        count += unicode_is_control(c);
    assert_int_equal(count, 32 + 1 + 32); // Cc of the Unicode Character Database
    static const uint32_t some[] = {0, '\t', '\n', 0x1B, 0x1F, 0x7F, 0x80, 0x9B, 0x9F};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        assert_true(unicode_is_control(some[i]));
}

static void blanks(void **state)
{
    (void)state;
    // Zs of the Unicode Character Database, which has 17, without the plain one.
    static const uint32_t odd[] = {0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
                                   0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000};
    size_t count = 0;
    for (uint32_t c = 0; c <= LAST; c++)
        count += unicode_is_odd_blank(c);
    assert_int_equal(count, sizeof odd / sizeof *odd);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_true(unicode_is_odd_blank(odd[i]));
        assert_false(unicode_is_hidden(odd[i], YEH));
    }
    assert_true(unicode_is_space(' ') && unicode_is_space('\t') && unicode_is_space('\n'));
    assert_true(unicode_is_space(0xA0) && unicode_is_space(0x2028));
    assert_false(unicode_is_space('a') || unicode_is_space(0x2009) || unicode_is_space(0x200C));
}

// A joiner spells a word behind a letter of one of its scripts, and hides something elsewhere.
static void joiners(void **state)
{
    (void)state;
    static const uint32_t all[] = {0x180E, 0x200C, 0x200D};
    size_t count = 0;
    for (uint32_t c = 0; c <= LAST; c++)
        count += unicode_is_joiner(c);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(unicode_is_joiner(all[i]));
        assert_false(unicode_is_hidden(all[i], YEH));     // Persian
        assert_false(unicode_is_hidden(all[i], 0x94D));   // Devanagari
        assert_false(unicode_is_hidden(all[i], 0x1F468)); // of pictures that are one
        assert_true(unicode_is_hidden(all[i], 0x1EA1));
        for (uint32_t before = 0; before < 0x370; before++)
            assert_true(unicode_is_hidden(all[i], before));
        assert_true(unicode_is_hidden(all[i], 0xA0));
        assert_true(unicode_is_hidden(all[i], 0x3000));
    }
}

static void hidden(void **state)
{
    (void)state;
    static const uint32_t some[] = {0xAD,   0x61C,   0x200B,  0x200E,  0x200F,  0x2028,
                                    0x202A, 0x202E,  0x2060,  0x2064,  0x2066,  0x2069,
                                    0x206F, 0xE000,  0xF8FF,  0xFDD0,  0xFEFF,  0xFFF9,
                                    0xFFFE, 0x1FFFE, 0xE0001, 0xE0041, 0xF0000, LAST};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        assert_true(unicode_is_hidden(some[i], 'a'));
        assert_true(unicode_is_hidden(some[i], YEH));
    }
    static const uint32_t seen[] = {'a',    '~',    0xA1,   0xE9,   0x300,  0x627,  0x2014,
                                    0x2019, 0x20AC, 0x3042, 0x4E2D, 0xFFFD, 0x1F600};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        assert_false(unicode_is_hidden(seen[i], 'a'));
    // Only a joiner depends on what is before it.
    for (uint32_t c = 0; c <= LAST; c++)
        if (!is_surrogate(c) && !unicode_is_joiner(c))
            assert_int_equal(unicode_is_hidden(c, 0), unicode_is_hidden(c, YEH));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls),
        cmocka_unit_test(blanks),
        cmocka_unit_test(joiners),
        cmocka_unit_test(hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
