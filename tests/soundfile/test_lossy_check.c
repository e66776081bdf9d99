// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison of sounds: what codecs really do passes, whatever is broken does not. The broken
// ones are made from the same decoded sound.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

#include "lossy_check.h"
#include "random.h"

enum { RATE = 48000, FRAMES = 20 * RATE + 77, MP3_FRAME = 1152, BLOCK = 2048 };

static const struct codec {
    int format;
    double level; // of compression
} codecs[] = {
    {SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.5},
    {SF_FORMAT_OGG | SF_FORMAT_OPUS, 0.832},
    {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0.3},
};

// A file of libsndfile's in memory.
struct memory {
    char data[2 * FRAMES];
    sf_count_t size, position;
};

static struct memory memory;
static float *given, *decoded, *broken; // [2 * FRAMES]

static sf_count_t memory_size(void *user)
{
    return ((struct memory *)user)->size;
}

static sf_count_t memory_seek(sf_count_t offset, int whence, void *user)
{
    struct memory *file = user;
    file->position = offset + (whence == SEEK_SET   ? 0
                               : whence == SEEK_CUR ? file->position
                                                    : file->size);
    return file->position;
}

static sf_count_t memory_read(void *data, sf_count_t size, void *user)
{
    struct memory *file = user;
    size = size < file->size - file->position ? size : file->size - file->position;
    memcpy(data, file->data + file->position, (size_t)size);
    file->position += size;
    return size;
}

static sf_count_t memory_write(const void *data, sf_count_t size, void *user)
{
    struct memory *file = user;
    assert_true(file->position + size <= (sf_count_t)sizeof file->data);
    memcpy(file->data + file->position, data, (size_t)size);
    file->position += size;
    file->size = file->position > file->size ? file->position : file->size;
    return size;
}

static sf_count_t memory_position(void *user)
{
    return ((struct memory *)user)->position;
}

static const SF_VIRTUAL_IO memory_io = {memory_size, memory_seek, memory_read, memory_write,
                                        memory_position};

static void code(const struct codec *codec)
{
    SF_VIRTUAL_IO io = memory_io;
    SF_INFO info = {.samplerate = RATE, .channels = 2, .format = codec->format};
    double level = codec->level;
    memory.size = memory.position = 0;
    SNDFILE *sound = sf_open_virtual(&io, SFM_WRITE, &info, &memory);
    assert_non_null(sound);
    sf_command(sound, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
    assert_int_equal(sf_writef_float(sound, given, FRAMES), FRAMES);
    sf_close(sound);
    memory.position = 0;
    memset(&info, 0, sizeof info);
    sound = sf_open_virtual(&io, SFM_READ, &info, &memory);
    assert_non_null(sound);
    assert_int_equal(sf_readf_float(sound, decoded, FRAMES), FRAMES);
    sf_close(sound);
}

// Soft brown noise, different in both channels but for a part in common, and now and then a voice:
// a pulse train through a slow envelope. Quiet at both ends.
static void make_sound(void)
{
    double left = 0, right = 0;
    for (int64_t i = 0; i < FRAMES; i++) {
        double first = (double)(random_at(1, (uint64_t)i) >> 40) / 0x1p24 - 0.5;
        double second = (double)(random_at(2, (uint64_t)i) >> 40) / 0x1p24 - 0.5;
        left = 0.98 * left + 0.01 * (first + 0.3 * second);
        right = 0.98 * right + 0.01 * (second + 0.3 * first);
        double time = (double)i / RATE;
        double speaks = fmax(0, sin(2 * 3.14159265 * time / 5));
        double voice = 0.2 * speaks * pow(sin(3.14159265 * 120 * time), 15);
        double edge = fmin(1, fmin(time, (double)(FRAMES - 1 - i) / RATE));
        given[2 * i] = (float)(edge * (left + voice));
        given[2 * i + 1] = (float)(edge * (right + voice));
    }
}

static struct lossy_check_verdict verdict_on(const float *got, size_t frames)
{
    struct lossy_check *check;
    const struct lossy_check_config config = {RATE, 2, FRAMES};
    assert_int_equal(lossy_check_new(&check, &config, NULL), STATUS_OK);
    for (size_t done = 0, part = 1; done < FRAMES; done += part, part = part * 7 % 4093 + 1) {
        part = part < FRAMES - done ? part : FRAMES - done;
        lossy_check_note(check, given + 2 * done, part);
    }
    lossy_check_compare(check, got, frames);
    struct lossy_check_verdict verdict = lossy_check_judge(check);
    lossy_check_free(check);
    return verdict;
}

static void test_codecs_pass_with_room(void **state)
{
    (void)state;
    assert_true(verdict_on(given, FRAMES).same);
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        code(&codecs[i]);
        struct lossy_check_verdict verdict = verdict_on(decoded, FRAMES);
        print_message("louder %.1f softer %.1f peak %.1f error %.1f drift %.1f dB\n",
                      verdict.above_db, verdict.below_db, verdict.peak_db, verdict.error_db,
                      verdict.drift_db);
        assert_true(verdict.same);
        assert_true(verdict.above_db < 1.5 && verdict.below_db < 1.5 && verdict.peak_db < 4);
        assert_true(verdict.error_db < -5 && verdict.drift_db < -12);
    }
}

// Ways to break the decoded sound from frame `at` on.
enum { AT = 7 * RATE + 1000 };

static void swap_channels(float *sound)
{
    for (size_t i = 0; i < FRAMES; i++) {
        float left = sound[2 * i];
        sound[2 * i] = sound[2 * i + 1];
        sound[2 * i + 1] = left;
    }
}

static void swap_late(float *sound)
{
    for (size_t i = AT; i < AT + RATE; i++) {
        float left = sound[2 * i];
        sound[2 * i] = sound[2 * i + 1];
        sound[2 * i + 1] = left;
    }
}

static void turn_over(float *sound)
{
    for (size_t i = 0; i < FRAMES; i++)
        sound[2 * i] = -sound[2 * i];
}

static void lose_frame(float *sound)
{
    memmove(sound + 2 * AT, sound + 2 * (AT + MP3_FRAME),
            2 * sizeof *sound * (FRAMES - AT - MP3_FRAME));
}

static void silence_frame(float *sound)
{
    memset(sound + 2 * AT, 0, 2 * sizeof *sound * 2 * MP3_FRAME);
}

static void silence_rest(float *sound)
{
    memset(sound + 2 * (size_t)(FRAMES - RATE), 0, 2 * sizeof *sound * RATE);
}

static void repeat_frame(float *sound)
{
    memcpy(sound + 2 * AT, sound + 2 * (AT - 3 * MP3_FRAME), 2 * sizeof *sound * 2 * MP3_FRAME);
}

static void burst(float *sound)
{
    for (size_t i = 2 * AT; i < 2 * (AT + 200); i++)
        sound[i] = i % 4 < 2 ? 0.8f : -0.8f;
}

static void one_click(float *sound)
{
    sound[2 * AT] = 1;
}

static void halve_level(float *sound)
{
    for (size_t i = 0; i < 2 * FRAMES; i++)
        sound[i] *= 0.45f;
}

static void delay(float *sound)
{
    memmove(sound + 2 * 529, sound, 2 * sizeof *sound * (FRAMES - 529)); // LAME's decoder delay
    memset(sound, 0, 2 * sizeof *sound * 529);
}

static void hold_dc(float *sound)
{
    for (size_t i = 0; i < 2 * FRAMES; i++)
        sound[i] += 0.05f;
}

static void put_nan(float *sound)
{
    sound[2 * AT] = NAN;
}

static void test_broken_sounds_are_found(void **state)
{
    (void)state;
    const struct {
        const char *name;
        void (*spoil)(float *sound);
        int64_t from; // where it is to be found, within half a second
    } cases[] = {
        {"channels exchanged", swap_channels, 0},
        {"channels exchanged for a second", swap_late, AT},
        {"one channel upside down", turn_over, 0},
        {"a frame lost", lose_frame, AT},
        {"two frames silent", silence_frame, AT},
        {"the last second silent", silence_rest, FRAMES - RATE},
        {"two frames repeated", repeat_frame, AT},
        {"a burst of 4 ms", burst, AT},
        {"one sample of full scale", one_click, AT},
        {"7 dB softer", halve_level, 0},
        {"11 ms late", delay, 0},
        {"an offset", hold_dc, 0},
        {"not a number", put_nan, AT},
    };
    for (size_t k = 0; k < sizeof codecs / sizeof *codecs; k++) {
        code(&codecs[k]);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            memcpy(broken, decoded, 2 * FRAMES * sizeof *broken);
            cases[i].spoil(broken);
            struct lossy_check_verdict verdict = verdict_on(broken, FRAMES);
            if (verdict.same)
                fail_msg("%s was not found (format %#x)", cases[i].name, codecs[k].format);
            if (verdict.frame < cases[i].from - BLOCK || verdict.frame > cases[i].from + RATE)
                fail_msg("%s was found at %lld", cases[i].name, (long long)verdict.frame);
        }
    }
}

static void test_other_lengths_are_found(void **state)
{
    (void)state;
    assert_false(verdict_on(given, 0).same);
    assert_false(verdict_on(given, FRAMES - BLOCK).same);
    memset(broken, 0, 2 * FRAMES * sizeof *broken);
    assert_false(verdict_on(broken, FRAMES).same);
}

static void test_silence_is_like_silence(void **state)
{
    (void)state;
    float *kept = given;
    given = calloc(2 * FRAMES, sizeof *given);
    assert_non_null(given);
    assert_true(verdict_on(given, FRAMES).same);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        broken[i] = i % 2 ? 0x1p-16f : -0x1p-16f; // a codec's faint rest, -96 dB
    assert_true(verdict_on(broken, FRAMES).same);
    for (size_t i = 0; i < 2 * FRAMES; i++)
        broken[i] = i % 2 ? 0x1p-11f : -0x1p-11f;
    assert_false(verdict_on(broken, FRAMES).same);
    free(given);
    given = kept;
}

static int set_up(void **state)
{
    (void)state;
    given = malloc(2 * FRAMES * sizeof *given);
    decoded = malloc(2 * FRAMES * sizeof *decoded);
    broken = malloc(2 * FRAMES * sizeof *broken);
    if (!given || !decoded || !broken)
        return -1;
    make_sound();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(given);
    free(decoded);
    free(broken);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codecs_pass_with_room),
        cmocka_unit_test(test_broken_sounds_are_found),
        cmocka_unit_test(test_other_lengths_are_found),
        cmocka_unit_test(test_silence_is_like_silence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
