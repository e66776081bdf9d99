// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration.h"
#include "utterances.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

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

// The first touch after a bout that the breath accompanies is told, and no other, nor any phase of
// it.
static void test_breath_that_goes_on(void **state)
{
    (void)state;
    struct event events[18] = {{.type = EVENT_SWELL}};
    size_t count = 0;
    const int64_t starts[] = {0, 10, 20, 30, 40, 50};
    for (int i = 0; i < 6; i++) { // touch, bout, touch, touch, bout, touch
        bool bout = i == 1 || i == 4;
        events[count++] =
            (struct event){.type = bout ? EVENT_SECTION : EVENT_CONTACT, .section = 0};
        for (int k = 0; k < 2; k++)
            events[count++] =
                (struct event){.type = bout ? EVENT_BREATH : EVENT_SWELL,
                               .as.breath = {.phase = k ? BREATH_OUT : BREATH_IN, .cycles = 1}};
        for (size_t k = count - 3; k < count; k++)
            events[k].start_frame = (starts[i] + (k == count - 1) * 4) * FRAME_RATE;
    }
    struct section section = {.name = {"Ball", 4}};
    const struct session session = {.sections = &section, .section_count = 1};
    const struct timeline timeline = {.session = &session, .events = events, .event_count = count};
    struct narration narration = {0};
    struct buffer out = BUFFER_INIT;
    for (int64_t second = 0; second <= 60; second++)
        narration_tell(&narration, &timeline, NULL, second * FRAME_RATE, &out);
    assert_string_equal(out.data, "   0:10  Ball\n"
                                  "   0:10    [1 breath with the wave]\n"
                                  "   0:20    [the sound goes on with the breath]\n"
                                  "   0:40  Ball\n"
                                  "   0:40    [1 breath with the wave]\n"
                                  "   0:50    [the sound goes on with the breath]\n");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narration_tells_once_in_order),
        cmocka_unit_test(test_breath_that_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
