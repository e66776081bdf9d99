#include "key.h"
#include "narration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

// The keys that a string of bytes gives, as letters: space, q, ?.
static void decode_all(const char *bytes, char *keys)
{
    struct key_decoder decoder = {KEY_STATE_GROUND, 0};
    for (; *bytes; bytes++) {
        enum key key = key_decode(&decoder, (unsigned char)*bytes);
        if (key != KEY_NONE)
            *keys++ = " q?\n"[key - KEY_PAUSE];
    }
    *keys = '\0';
}

static void assert_keys(const char *bytes, const char *expected)
{
    char keys[256];
    decode_all(bytes, keys);
    assert_string_equal(keys, expected);
}

static void test_plain_keys(void **state)
{
    (void)state;
    assert_keys(" qQ?", " qq?");
    assert_keys("\n\r", "\n\n");
    assert_keys("xyz\t\x7f\xff", "");
}

static void test_sequences_are_swallowed(void **state)
{
    (void)state;
    assert_keys("\x1b[A q", " q");                                  // arrow
    assert_keys("\x1bOP ", " ");                                    // F1
    assert_keys("\x1b[15;2~?", "?");                                // Shift-F5
    assert_keys("\x1b[<0;33;12M ", " ");                            // mouse report
    assert_keys("\x1bq ", " ");                                     // Alt-q is no q
    assert_keys("\x1b[000000000000000000000000000000000000q", "q"); // runaway: ends by itself
}

static void test_narration_tells_once_in_order(void **state)
{
    (void)state;
    struct section section = {.name = {"Arrive", 6}};
    struct session session = {.sections = &section, .section_count = 1};
    struct utterance items[] = {
        {.spoken = {"Hello.", 6}, .shown = {"Hello.", 6}},
        {.spoken = {"In.", 3}, .shown = {"In.", 3}},
        {.spoken = {"\x1b[31mred", 8}, .shown = {"\x1b[31mred", 8}},
    };
    struct utterances utterances = {.items = items, .count = 3};
    struct node line = {.type = NODE_LINE};
    struct event events[] = {
        {.type = EVENT_SECTION, .start_frame = 0, .frames = 100},
        {.type = EVENT_SPEECH, .start_frame = 6 * FRAME_RATE, .as.speech = {&line, 0, LEVEL_MUST}},
        {.type = EVENT_BREATH,
         .start_frame = 10 * FRAME_RATE,
         .as.breath = {.phase = BREATH_IN, .cycles = 6}},
        {.type = EVENT_SPEECH, .start_frame = 10 * FRAME_RATE, .as.speech = {NULL, 1, LEVEL_MUST}},
        {.type = EVENT_SPEECH, .start_frame = 75 * FRAME_RATE, .as.speech = {&line, 2, LEVEL_MUST}},
    };
    struct timeline timeline = {.session = &session, .events = events, .event_count = 5};
    struct narration narration = {0};
    struct buffer out = BUFFER_INIT;
    narration_tell(&narration, &timeline, &utterances, 6 * FRAME_RATE - 1, &out);
    assert_string_equal(out.data, "   0:00  Arrive\n");
    narration_tell(&narration, &timeline, &utterances, 6 * FRAME_RATE, &out);
    narration_tell(&narration, &timeline, &utterances, 80 * FRAME_RATE, &out);
    narration_tell(&narration, &timeline, &utterances, 80 * FRAME_RATE, &out);
    assert_string_equal(out.data, "   0:00  Arrive\n"
                                  "   0:06    Hello.\n"
                                  "   0:10    [6 breaths with the wave]\n"
                                  "   1:15    \\x1B[31mred\n");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_keys),
        cmocka_unit_test(test_sequences_are_swallowed),
        cmocka_unit_test(test_narration_tells_once_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
