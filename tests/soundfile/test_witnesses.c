// SPDX-License-Identifier: GPL-3.0-or-later
// What programs that know nothing of loosen read from files of every format, rate and number of
// channels: exactly so many frames, the sound in its place, its level and its peaks.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoder.h"
#include "scratch.h"
#include "tone.h"

enum { FRAMES = FRAME_RATE + 1001, LAG_MAX = 1500 };

static struct scratch scratch;

// Of a decoded file.
struct sound {
    float *samples; // malloc'ed, interleaved
    size_t frames;
    int channels;
};

// Run a program that prints floats.
static struct sound listen_to(const char *command, int channels)
{
    struct sound sound = {.channels = channels};
    size_t capacity = 16 * FRAMES * sizeof(float);
    FILE *pipe = popen(command, "r");
    sound.samples = malloc(capacity);
    assert_true(pipe && sound.samples);
    size_t bytes = fread(sound.samples, 1, capacity, pipe);
    sound.frames = bytes / sizeof(float) / (size_t)channels;
    if (pclose(pipe) != 0)
        fail_msg("failed: %s", command);
    return sound;
}

static const char *extension_of(enum encoder_format format)
{
    const char *const extensions[] = {"wav", "wav", "wav", "flac", "flac", "ogg", "opus", "mp3"};
    return extensions[format];
}

// For commands the file is $FILE.
static void export_to(enum encoder_format format, int rate, bool mono)
{
    char path[SCRATCH_PATH_MAX];
    snprintf(path, sizeof path, "%.400s/%d-%d-%d.%s", scratch.folder, format, rate, mono,
             extension_of(format));
    const struct encoder_config config = {.path = path,
                                          .format = format,
                                          .rate = rate,
                                          .mono = mono,
                                          .total_frames = FRAMES,
                                          .force = true,
                                          .seed = 1};
    struct error error = {0};
    if (tone_export(&config, &error) != STATUS_OK)
        fail_msg("%s at %d: %s", encoder_format_name(format), rate, error.text);
    setenv("FILE", path, 1);
}

// The tone as it should come out, at a rate.
static double want_at(double time, int channel, bool mono)
{
    float near[4];
    double frame = time * FRAME_RATE;
    int64_t first = (int64_t)frame;
    if (first >= FRAMES - 1)
        return 0;
    tone_fill(near, first, 2, FRAMES);
    double part = frame - (double)first;
    double left = (1 - part) * (double)near[0] + part * (double)near[2];
    double right = (1 - part) * (double)near[1] + part * (double)near[3];
    return mono ? (left + right) / 2 : channel ? right : left;
}

static double product_at(const struct sound *sound, int rate, int channel, int64_t lag)
{
    double sum = 0;
    for (int64_t i = LAG_MAX; i < (int64_t)sound->frames - LAG_MAX; i += 7)
        sum += want_at((double)i / rate, channel, sound->channels == 1) *
               (double)sound->samples[(i + lag) * sound->channels + channel];
    return sum;
}

// At no other lag is the sound nearer, and there the tones have their levels.
static void assert_in_place(const struct sound *sound, int rate, double tolerance)
{
    for (int channel = 0; channel < sound->channels; channel++) {
        double here = product_at(sound, rate, channel, 0);
        for (int64_t lag = -LAG_MAX; lag <= LAG_MAX; lag += lag < -9 || lag > 8 ? 97 : 1)
            assert_true(product_at(sound, rate, channel, lag) <= here);
        double want = 0;
        for (int64_t i = LAG_MAX; i < (int64_t)sound->frames - LAG_MAX; i += 7) {
            double sample = want_at((double)i / rate, channel, sound->channels == 1);
            want += sample * sample;
        }
        assert_true(fabs(here / want - 1) < tolerance);
    }
}

static void check(const char *command, enum encoder_format format, int rate, bool mono)
{
    export_to(format, rate, mono);
    struct sound sound = listen_to(command, mono ? 1 : 2);
    int64_t frames = encoder_format_frames(FRAMES, rate);
    if ((int64_t)sound.frames != frames)
        fail_msg("%s: %zu frames, not %lld", getenv("FILE"), sound.frames, (long long)frames);
    assert_in_place(&sound, rate, encoder_format_is_lossy(format) ? 0.02 : 0.005);
    free(sound.samples);
}

// ffmpeg does not cut the end of short Ogg Vorbis files, not even of oggenc's.
static const char *reader_of(enum encoder_format format)
{
    return format == ENCODER_VORBIS ? "sox -V1 -D $FILE -t raw -e float -b 32 -"
                                    : "ffmpeg -v error -i $FILE -f f32le -";
}

static void test_every_format_is_read(void **state)
{
    (void)state;
    for (int i = 0; i < ENCODER_FORMATS; i++)
        for (int mono = 0; mono < 2; mono++)
            check(reader_of((enum encoder_format)i), (enum encoder_format)i, FRAME_RATE, mono);
}

static void test_every_rate_is_read(void **state)
{
    (void)state;
    const int rates[] = {8000,  11025, 12000, 16000, 22050,  24000,
                         32000, 44100, 88200, 96000, 176400, 192000};
    const enum encoder_format formats[] = {ENCODER_WAV_16, ENCODER_FLAC_24, ENCODER_VORBIS,
                                           ENCODER_OPUS, ENCODER_MP3};
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
            if (encoder_format_check_rate(formats[k], rates[i], NULL) == STATUS_OK)
                check(reader_of(formats[k]), formats[k], rates[i], i % 2);
}

// Each format's own tool, as far as there is one.
static void test_tools_of_the_formats_agree(void **state)
{
    (void)state;
    check("flac -s -t $FILE && sox -V1 -D $FILE -t raw -e float -b 32 -", ENCODER_FLAC_16, 44100,
          false);
    check("ogginfo $FILE | grep -q 'User comments\\|Rate: 44100' && sox -V1 -D $FILE -t raw -e "
          "float -b 32 -",
          ENCODER_VORBIS, 44100, false);
    check("opusdec --quiet --float --rate 48000 $FILE -", ENCODER_OPUS, 48000, false);
    check("mpg123 -q --gapless -e f32 -s $FILE", ENCODER_MP3, 44100, true);
}

// The programs that look for faults in the containers find none.
static void test_containers_are_clean(void **state)
{
    (void)state;
    const struct {
        const char *command; // prints nothing when all is well
        enum encoder_format format;
    } cases[] = {
        {"flac -s -t -w $FILE 2>&1", ENCODER_FLAC_24},
        {"ogginfo $FILE 2>&1 | grep -i 'warning\\|error\\|corrupt\\|hole'", ENCODER_VORBIS},
        {"opusinfo $FILE 2>&1 | grep -i 'warning\\|error\\|corrupt\\|hole'", ENCODER_OPUS},
        {"mpg123 -t $FILE 2>&1 | grep -i 'warning\\|error\\|resync\\|junk'", ENCODER_MP3},
        {"sox -V3 $FILE -n 2>&1 | grep -i 'warn\\|fail'", ENCODER_WAV_16},
        {"sox -V3 $FILE -n 2>&1 | grep -i 'warn\\|fail'", ENCODER_WAV_24},
        {"sox -V3 $FILE -n 2>&1 | grep -i 'warn\\|fail'", ENCODER_WAV_FLOAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char found[256] = "";
        export_to(cases[i].format, FRAME_RATE, false);
        FILE *pipe = popen(cases[i].command, "r");
        assert_non_null(pipe);
        size_t size = fread(found, 1, sizeof found - 1, pipe);
        pclose(pipe);
        if (size)
            fail_msg("%s: %s", cases[i].command, found);
    }
}

// Peaks grow a little where a format has losses: the tone's are at 0.7.
static void test_peaks_stay_low(void **state)
{
    (void)state;
    for (int format = 0; format < ENCODER_FORMATS; format++) {
        export_to((enum encoder_format)format, FRAME_RATE, false);
        struct sound sound = listen_to(reader_of((enum encoder_format)format), 2);
        for (size_t i = 0; i < 2 * sound.frames; i++)
            assert_true(fabsf(sound.samples[i]) < 0.75f);
        // Both ends are silent, but for what codecs leave of the hum beside them.
        for (size_t i = 0; i < 2; i++) {
            assert_true(fabsf(sound.samples[i]) < 1e-3f);
            assert_true(fabsf(sound.samples[2 * (sound.frames - 1) + i]) < 1e-3f);
        }
        free(sound.samples);
    }
}

static int set_up(void **state)
{
    (void)state;
    scratch_make(&scratch);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(&scratch);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_format_is_read),
        TEST(test_every_rate_is_read),
        TEST(test_tools_of_the_formats_agree),
        TEST(test_containers_are_clean),
        TEST(test_peaks_stay_low),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
