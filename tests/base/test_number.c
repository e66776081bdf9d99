// SPDX-License-Identifier: GPL-3.0-or-later
#include "number.h"

#include "buffer.h"
#include "random.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect(const char *text, int places, int64_t wanted)
{
    int64_t found = -1;
    if (!number_parse(text_from(text), places, &found) || found != wanted)
        fail_msg("\"%s\" with %d places gives %lld", text, places, (long long)found);
}

static void numbers(void **state)
{
    (void)state;
    expect("0", 3, 0);
    expect("12", 3, 12000);
    expect("0.5", 3, 500);
    expect("1.25", 3, 1250);
    expect("1.001", 3, 1001);
    expect("007", 3, 7000);
    expect("007", 0, 7);
    expect("2.345678", 6, 2345678);
    expect("2.3", 6, 2300000);
    expect("1000000000000", 0, NUMBER_MOST);
    expect("1000000000000", 3, NUMBER_MOST * 1000);
    expect("1000000000000.999999", 6, NUMBER_MOST * 1000000 + 999999);
}

// Whatever is refused leaves the value alone.
static void no_numbers(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      ".5",
                                      "5.",
                                      "1.0001",
                                      "-1",
                                      "+1",
                                      "1e3",
                                      "0x10",
                                      " 1",
                                      "1 ",
                                      "1,5",
                                      "1.5.1",
                                      "1..5",
                                      "inf",
                                      "nan",
                                      "1000000000001",
                                      "99999999999999999999",
                                      "18446744073709551617",
                                      "\xD9\xA1"};
    int64_t found = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (number_parse(text_from(bad[i]), 3, &found) || found != 77)
            fail_msg("accepted \"%s\"", bad[i]);
    assert_false(number_parse((struct text){"1\0", 2}, 3, &found));
    assert_false(number_parse((struct text){NULL, 0}, 3, &found));
    assert_false(number_parse(TEXT("1.0"), 0, &found));
    assert_false(number_parse(TEXT("1.1234567"), 6, &found));
    assert_int_equal(found, 77);
}

// What a number prints is what it reads as, in every number of places.
static void every_number_comes_back(void **state)
{
    (void)state;
    uint64_t drawn = 0;
    int64_t scale = 1;
    for (int places = 0; places <= NUMBER_PLACES_MOST; places++, scale *= 10) {
        for (int i = 0; i < 2000; i++) {
            uint64_t bits = random_at(7, drawn++), shift = random_at(7, drawn++) % 40;
            int64_t wanted = (int64_t)(bits % (uint64_t)(NUMBER_MOST * scale) >> shift);
            struct buffer out = BUFFER_INIT;
            buffer_printf(&out, "%lld", (long long)(wanted / scale));
            if (places > 0)
                buffer_printf(&out, ".%0*lld", places, (long long)(wanted % scale));
            expect(out.data, places, wanted);
            buffer_free(&out);
        }
    }
}

static void takes_what_is_in_front(void **state)
{
    (void)state;
    struct text view = TEXT("1.5m30s");
    int64_t value = 0;
    assert_true(number_take(&view, 3, &value));
    assert_int_equal(value, 1500);
    assert_true(text_equal_c(view, "m30s"));
    assert_false(number_take(&view, 3, &value));
    assert_true(text_equal_c(view, "m30s"));
    view = TEXT("3..5");
    assert_true(number_take(&view, 3, &value));
    assert_int_equal(value, 3000);
    assert_true(text_equal_c(view, "..5"));
    view = TEXT("3.5");
    assert_true(number_take(&view, 0, &value));
    assert_true(text_equal_c(view, ".5"));
}

static void signs(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(number_parse_signed(TEXT("-3.25"), 3, &value));
    assert_int_equal(value, -3250);
    assert_true(number_parse_signed(TEXT("3.25"), 3, &value));
    assert_int_equal(value, 3250);
    static const char *const bad[] = {"-", "--1", "+1", "-+1", "- 1", "1-", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(number_parse_signed(text_from(bad[i]), 3, &value));
}

static void whole_numbers(void **state)
{
    (void)state;
    int64_t value = 77;
    assert_true(number_whole(TEXT("1"), 1, 90, &value));
    assert_int_equal(value, 1);
    assert_true(number_whole(TEXT("90"), 1, 90, &value));
    assert_int_equal(value, 90);
    assert_true(number_whole(TEXT("4.0"), 1, 90, &value));
    assert_int_equal(value, 4);
    static const char *const bad[] = {"0", "91", "4.5", "-4", "four", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(number_whole(text_from(bad[i]), 1, 90, &value));
    assert_int_equal(value, 4);
}

// A locale whose decimals have a comma changes nothing. Where none is installed, the plain
// one stays.
static void no_locale_matters(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "fa_IR.UTF-8", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)setlocale(LC_ALL, names[i]);
        expect("1234.5", 3, 1234500);
    }
    (void)setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(no_numbers),
        cmocka_unit_test(every_number_comes_back),
        cmocka_unit_test(takes_what_is_in_front),
        cmocka_unit_test(signs),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(no_locale_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
