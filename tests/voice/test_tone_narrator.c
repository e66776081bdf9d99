// SPDX-License-Identifier: GPL-3.0-or-later
// The narrator of tones, and the interface through which every narrator is used.
#include "narrator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct seen {
    size_t calls, lost, samples;
    size_t stop_after;
};

static bool see(void *context, size_t index, enum status status, const struct narrator_sound *sound)
{
    struct seen *seen = context;
    assert_int_equal(index, seen->calls);
    assert_int_equal(sound->sample_rate, 22050);
    seen->calls++;
    seen->lost += status != STATUS_OK;
    seen->samples += sound->count;
    const int16_t *samples = sound->samples;
    if (sound->count > 0)
        assert_true(samples[0] == 0 && samples[sound->count / 2] != samples[sound->count / 2 + 7]);
    return seen->calls != seen->stop_after;
}

static void test_tones(void **state)
{
    (void)state;
    const struct text texts[] = {TEXT("ab"), TEXT(""), TEXT("abcde")};
    struct narrator *narrator = NULL;
    struct seen seen = {0};
    assert_int_equal(tone_narrator_new(&narrator, NULL), STATUS_OK);
    assert_int_equal(narrator_speak(narrator, texts, 3, see, &seen, NULL), STATUS_OK);
    assert_int_equal(seen.calls, 3);
    assert_int_equal(seen.lost, 1);
    assert_int_equal(seen.samples, 2 * 1323 + 5 * 1323); // 60 ms a byte
    seen = (struct seen){.stop_after = 1};
    assert_int_equal(narrator_speak(narrator, texts, 3, see, &seen, NULL), STATUS_INTERRUPTED);
    assert_int_equal(seen.calls, 1);
    narrator_free(narrator);
    narrator_free(NULL);
}

static bool see_marks(void *context, size_t index, enum status status,
                      const struct narrator_sound *sound)
{
    static const struct narrator_mark expected[] = {{0, 0, 2}, {4 * 1323, 4, 3}, {9 * 1323, 9, 1}};
    (void)context;
    (void)index;
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(sound->mark_count, 3);
    assert_memory_equal(sound->marks, expected, sizeof expected);
    return true;
}

static void test_marks(void **state)
{
    (void)state;
    const struct text text = TEXT("In, out. 5");
    struct narrator *narrator = NULL;
    assert_int_equal(tone_narrator_new(&narrator, NULL), STATUS_OK);
    assert_int_equal(narrator_speak(narrator, &text, 1, see_marks, NULL, NULL), STATUS_OK);
    narrator_free(narrator);
}

static void test_default_voices(void **state)
{
    (void)state;
    char name[64];
    struct voice voice = voice_default("en", name, sizeof name);
    assert_string_equal(voice.name, "en-us+klatt4");
    assert_int_equal(voice.rate, 150);
    assert_int_equal(voice.word_gap, 6);
    voice = voice_default("de", name, sizeof name);
    assert_string_equal(voice.name, "de+klatt4");
    voice = voice_default("fr", name, sizeof name);
    assert_int_equal(voice.rate, 110);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_default_voices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
