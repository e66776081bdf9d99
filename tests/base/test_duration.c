// SPDX-License-Identifier: GPL-3.0-or-later
#include "duration.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect_duration(const char *text, int64_t wanted_ms)
{
    int64_t found = -1;
    if (!duration_parse(text_from(text), &found) || found != frames_from_ms(wanted_ms))
        fail_msg("\"%s\" gives %lld frames", text, (long long)found);
}

static void test_durations(void **state)
{
    (void)state;
    expect_duration("0s", 0);
    expect_duration("1ms", 1);
    expect_duration("1.5s", 1500);
    expect_duration("40s", 40000);
    expect_duration("90s", 90000);
    expect_duration("10m", 600000);
    expect_duration("1m30s", 90000);
    expect_duration("1h15m", 4500000);
    expect_duration("0.5h", 1800000);
    expect_duration("1h2m3s4ms", 3723004);
    expect_duration("24h", 86400000);
    static const char *const bad[] = {"",       "1",    "s",     "1x",  "1s1s", "1s1m",
                                      "24h1ms", "25h",  "1s ",   " 1s", "1 s",  "-1s",
                                      "1.s",    "1,5s", "1ms1s", "1hm", "1mms", "99999999999999h"};
    int64_t found;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (duration_parse(text_from(bad[i]), &found))
            fail_msg("accepted \"%s\"", bad[i]);
}

static void expect_length(const char *text, int64_t seconds)
{
    int64_t found = -1;
    if (!duration_parse_length(text_from(text), &found) || found != seconds * FRAME_RATE)
        fail_msg("\"%s\" gives %lld frames", text, (long long)found);
}

static void test_lengths(void **state)
{
    (void)state;
    expect_length("12", 720);
    expect_length("7.5", 450);
    expect_length("12m", 720);
    expect_length("90s", 90);
    expect_length("7:30", 450);
    expect_length("1:05:00", 3900);
    expect_length("0:05", 5);
    expect_length("90:00", 5400);
    expect_length("24:00:00", 86400);
    expect_length("1h15m", 4500);
    static const char *const bad[] = {"",       "7:3",          "7:60",       "7:",       ":30",
                                      "1:5:00", "1:60:00",      "1:02:03:04", "24:00:01", "1441",
                                      "7.5:30", "999999999:00", "7:30s"};
    int64_t found;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (duration_parse_length(text_from(bad[i]), &found))
            fail_msg("accepted \"%s\"", bad[i]);
}

static void expect_print(int64_t ms, const char *script, const char *clock)
{
    struct buffer out = BUFFER_INIT;
    duration_print(&out, frames_from_ms(ms));
    assert_string_equal(out.data, script);
    buffer_clear(&out);
    duration_print_clock(&out, frames_from_ms(ms));
    assert_string_equal(out.data, clock);
    buffer_free(&out);
}

static void test_printing(void **state)
{
    (void)state;
    expect_print(0, "0s", "0:00");
    expect_print(5, "0.005s", "0:00");
    expect_print(50, "0.05s", "0:00");
    expect_print(1500, "1.5s", "0:01");
    expect_print(59999, "59.999s", "0:59");
    expect_print(60000, "1m", "1:00");
    expect_print(90000, "1m30s", "1:30");
    expect_print(3600000, "1h", "1:00:00");
    expect_print(3661010, "1h1m1.01s", "1:01:01");
    expect_print(86400000, "24h", "24:00:00");
}

static void expect_left(int64_t frame, int64_t total_frames, const char *clock)
{
    struct buffer out = BUFFER_INIT;
    duration_print_left(&out, frame, total_frames);
    assert_string_equal(out.data, clock);
    buffer_free(&out);
}

// 0:14 of 6:00 is 5:46 left, within every frame of that second.
static void test_what_is_left(void **state)
{
    (void)state;
    const int64_t total_frames = (int64_t)360 * FRAME_RATE;
    expect_left(0, total_frames, "6:00");
    expect_left(1, total_frames, "6:00");
    expect_left(14 * FRAME_RATE, total_frames, "5:46");
    expect_left(15 * FRAME_RATE - 1, total_frames, "5:46");
    expect_left(15 * FRAME_RATE, total_frames, "5:45");
    expect_left(total_frames - 1, total_frames, "0:01");
    expect_left(total_frames, total_frames, "0:00");
    expect_left(total_frames + FRAME_RATE, total_frames, "0:00");
    expect_left(0, total_frames + 1, "6:00"); // as the total is shown
}

// What is printed reads back exactly.
static void test_round_trip(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    for (uint64_t i = 0; i < 100000; i++) {
        uint64_t bits = random_at(7, i);
        int64_t ms = (int64_t)(bits % 86400001);
        ms = bits >> 40 & 1 ? ms / 1000 * 1000 : bits >> 41 & 1 ? ms / 60000 * 60000 : ms;
        int64_t found;
        buffer_clear(&out);
        duration_print(&out, frames_from_ms(ms));
        if (!duration_parse(buffer_text(&out), &found) || found != frames_from_ms(ms))
            fail_msg("%lld ms prints as %s", (long long)ms, out.data);
    }
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations),    cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_printing),     cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
