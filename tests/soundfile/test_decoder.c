// SPDX-License-Identifier: GPL-3.0-or-later
// Every format, rate and number of channels through the real process; what is refused, and why.
#include "decoder.h"

#include "decoder_worker.h"
#include "recordings.h"
#include "spectrum.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct take {
    float *stereo; // owned
    size_t frames, capacity;
    size_t most; // frames after which it stops
};

static bool take_frames(void *context, const float *stereo, size_t frames)
{
    struct take *take = context;
    if (frames == 0)
        return true; // a busy machine
    if (take->frames + frames > take->capacity) {
        take->capacity = 2 * (take->frames + frames);
        take->stereo = realloc(take->stereo, take->capacity * 2 * sizeof *stereo);
        assert_non_null(take->stereo);
    }
    memcpy(take->stereo + 2 * take->frames, stereo, frames * 2 * sizeof *stereo);
    take->frames += frames;
    return take->most == 0 || take->frames < take->most;
}

static enum status decode(struct take *take, struct decoder_end *end, const char *name,
                          struct error *error)
{
    int fd = open(recordings_path(name), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fail_msg("%s is not there", name);
    *error = (struct error){.status = STATUS_OK};
    enum status status = decoder_read(end, fd, take_frames, take, error);
    close(fd);
    return status;
}

static struct take decode_well(const char *name)
{
    struct take take = {.stereo = NULL};
    struct decoder_end end;
    struct error error;
    if (decode(&take, &end, name, &error) != STATUS_OK)
        fail_msg("%s: %s", name, error.text);
    assert_int_equal(end.frames, take.frames);
    if (end.cut || end.damaged)
        fail_msg("%s: cut or damaged", name);
    return take;
}

static void refused(const char *name, enum status status, const char *words)
{
    struct take take = {.stereo = NULL};
    struct decoder_end end;
    struct error error;
    assert_int_equal(decode(&take, &end, name, &error), status);
    if (!strstr(error.text, words))
        fail_msg("%s: \"%s\" instead of \"%s\"", name, error.text, words);
    free(take.stereo);
}

static void near(const char *name, const char *what, double value, double wanted, double tolerance)
{
    if (!(fabs(value - wanted) <= tolerance))
        fail_msg("%s: %s is %.4g instead of %.4g", name, what, value, wanted);
}

#define TWO_TONES "-f lavfi -i 'aevalsrc=0.5*sin(440*2*PI*t)|0.25*sin(660*2*PI*t):s=%d:d=2' "

// 2 s: -6 dB of 440 Hz on the left, -12 dB of 660 Hz on the right, nothing of the other.
static void check_two_tones(const char *name, double frames_tolerance, double db_tolerance)
{
    struct take take = decode_well(name);
    const float *middle = take.stereo + 2 * (FRAME_RATE / 4);
    near(name, "the length", (double)take.frames, 2 * FRAME_RATE, frames_tolerance);
    near(name, "left", spectrum_tone_db(middle, FRAME_RATE, 2, 440), -6.02, db_tolerance);
    near(name, "right", spectrum_tone_db(middle + 1, FRAME_RATE, 2, 660), -12.04, db_tolerance);
    assert_true(spectrum_tone_db(middle, FRAME_RATE, 2, 660) < -50);
    assert_true(spectrum_tone_db(middle + 1, FRAME_RATE, 2, 440) < -50);
    free(take.stereo);
}

static void test_formats(void **state)
{
    (void)state;
    static const struct {
        const char *name, *options;
        double frames, db;
    } formats[] = {
        {"u8.wav", "-c:a pcm_u8", 0, 0.1},
        {"s16.wav", "-c:a pcm_s16le", 0, 0.01},
        {"s24.wav", "-c:a pcm_s24le", 0, 0.01},
        {"s32.wav", "-c:a pcm_s32le", 0, 0.01},
        {"float.wav", "-c:a pcm_f32le", 0, 0.01},
        {"double.wav", "-c:a pcm_f64le", 0, 0.01},
        {"rf64.wav", "-c:a pcm_s16le -rf64 always", 0, 0.01},
        {"s16.aiff", "-c:a pcm_s16be", 0, 0.01},
        {"s24.aiff", "-c:a pcm_s24be", 0, 0.01},
        {"float.aiff", "-c:a pcm_f32be", 0, 0.01},
        {"s16.flac", "-c:a flac -sample_fmt s16", 0, 0.01},
        {"s24.flac", "-c:a flac -sample_fmt s32", 0, 0.01},
        {"vorbis.ogg", "-c:a libvorbis -q:a 5", 0, 0.3},
        {"opus.ogg", "-c:a libopus -b:a 128k -ar 48000", 0, 0.3},
        {"tagged.mp3", "-c:a libmp3lame -b:a 192k -id3v2_version 3 -metadata title=Sea", 2400, 0.3},
        {"bare.mp3", "-c:a libmp3lame -b:a 192k -id3v2_version 0 -write_xing 0", 4800, 0.3},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        assert_true(recordings_make(formats[i].name, TWO_TONES "%s", 44100, formats[i].options));
        check_two_tones(formats[i].name, formats[i].frames, formats[i].db);
    }
}

static void test_rates(void **state)
{
    (void)state;
    static const int rates[] = {8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        char name[32];
        snprintf(name, sizeof name, "rate-%d.wav", rates[i]);
        assert_true(recordings_make(name, TWO_TONES "-c:a pcm_s24le", rates[i]));
        check_two_tones(name, 0, 0.02);
    }
    assert_true(recordings_make("slow.wav", TWO_TONES "-c:a pcm_s16le", 7999));
    refused("slow.wav", STATUS_BAD_INPUT, "7999 Hz");
    assert_true(recordings_make("fast.wav", TWO_TONES "-c:a pcm_s16le", 192001));
    refused("fast.wav", STATUS_BAD_INPUT, "192001 Hz");
}

// ---- Channels -----------------------------------------------------------------------------------

// Channel c of the file, in the order of WAV, has a tone of 300 + 100 c Hz at -12 dB. `left` and
// `right` are what arrives there in dB below that; 99: nothing.
struct layout {
    const char *name, *layout, *options;
    int channels;
    double left[8], right[8];
    double tolerance;
};

#define NONE 99
#define HALF 3.01

static void check_layout(const struct layout *layout)
{
    char tones[600] = "";
    for (int c = 0; c < layout->channels; c++)
        snprintf(tones + strlen(tones), sizeof tones - strlen(tones), "%s0.25*sin(%d*2*PI*t)",
                 c ? "|" : "", 300 + 100 * c);
    assert_true(recordings_make(layout->name, "-f lavfi -i 'aevalsrc=%s:s=48000:d=1.5:c=%s' %s",
                                tones, layout->layout, layout->options));
    struct take take = decode_well(layout->name);
    const float *middle = take.stereo + 2 * (FRAME_RATE / 4);
    for (int c = 0; c < layout->channels; c++) {
        const double *sides[2] = {layout->left, layout->right};
        for (int side = 0; side < 2; side++) {
            double db = spectrum_tone_db(middle + side, FRAME_RATE, 2, 300 + 100 * c) + 12.04;
            double wanted = -sides[side][c];
            if (wanted < -90 ? db > -30 : fabs(db - wanted) > layout->tolerance)
                fail_msg("%s: channel %d is %.2f dB on side %d", layout->name, c, db, side);
        }
    }
    free(take.stereo);
}

static void test_channels(void **state)
{
    (void)state;
    static const struct layout layouts[] = {
        {"one.wav", "mono", "-c:a pcm_s16le", 1, {0}, {0}, 0.05},
        {"one.ogg", "mono", "-c:a libvorbis", 1, {0}, {0}, 0.5},
        {"one.mp3", "mono", "-c:a libmp3lame", 1, {0}, {0}, 0.5},
        {"quad.flac", "quad", "-c:a flac", 4, {0, NONE, HALF, NONE}, {NONE, 0, NONE, HALF}, 0.05},
        {"five.wav",
         "5.0",
         "-c:a pcm_s16le",
         5,
         {0, NONE, HALF, HALF, NONE},
         {NONE, 0, HALF, NONE, HALF},
         0.05},
        {"six.wav",
         "5.1",
         "-c:a pcm_s24le",
         6,
         {0, NONE, HALF, NONE, HALF, NONE},
         {NONE, 0, HALF, NONE, NONE, HALF},
         0.05},
        {"six.flac",
         "5.1",
         "-c:a flac",
         6,
         {0, NONE, HALF, NONE, HALF, NONE},
         {NONE, 0, HALF, NONE, NONE, HALF},
         0.05},
        {"six.ogg",
         "5.1",
         "-c:a libvorbis -q:a 6",
         6,
         {0, NONE, HALF, NONE, HALF, NONE},
         {NONE, 0, HALF, NONE, NONE, HALF},
         0.6},
        {"six-opus.ogg",
         "5.1",
         "-c:a libopus -mapping_family 1 -b:a 400k",
         6,
         {0, NONE, HALF, NONE, HALF, NONE},
         {NONE, 0, HALF, NONE, NONE, HALF},
         0.6},
        {"eight.wav",
         "7.1",
         "-c:a pcm_s16le",
         8,
         {0, NONE, HALF, NONE, HALF, NONE, HALF, NONE},
         {NONE, 0, HALF, NONE, NONE, HALF, NONE, HALF},
         0.05},
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        check_layout(&layouts[i]);
}

// ---- Refusals -----------------------------------------------------------------------------------

static void put_u32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
}

// A float WAV of `frames` frames, with `sample` in the middle of a tone.
static void write_float_wav(const char *name, int channels, size_t frames, float sample)
{
    size_t size = frames * (size_t)channels * 4;
    uint8_t *file = calloc(1, 44 + size);
    assert_non_null(file);
    memcpy(file, "RIFF....WAVEfmt \x10\0\0\0\x03\0", 22);
    put_u32(file + 4, (uint32_t)(36 + size));
    put_u32(file + 22, (uint32_t)channels | 48000U << 16);
    put_u32(file + 26, 48000U >> 16 | (uint32_t)(192000 * channels) << 16);
    put_u32(file + 30, (uint32_t)(192000 * channels) >> 16 | (uint32_t)(4 * channels) << 16);
    put_u32(file + 34, 32);
    memcpy(file + 36, "data", 4);
    put_u32(file + 40, (uint32_t)size);
    for (size_t i = 0; i < frames * (size_t)channels; i++) {
        float tone = 0.25f;
        memcpy(file + 44 + 4 * i, i % 97 == 50 ? &sample : &tone, 4);
    }
    assert_true(recordings_write(name, file, 44 + size));
    free(file);
}

static void test_wild_floats(void **state)
{
    (void)state;
    static const float wild[] = {NAN, INFINITY, -INFINITY, 1e38f, -1e38f};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        write_float_wav("wild.wav", 2, 48000, wild[i]);
        struct take take = decode_well("wild.wav");
        assert_int_equal(take.frames, 48000);
        for (size_t s = 0; s < 2 * take.frames; s++)
            assert_true(fabsf(take.stereo[s]) <= DECODER_SAMPLE_MOST);
        free(take.stereo);
    }
    write_float_wav("wild.wav", 2, 48000, NAN); // becomes 0 where it was: a tone remains
    struct take take = decode_well("wild.wav");
    near("wild.wav", "the mean", spectrum_mean(take.stereo, take.frames, 2), 0.25, 0.01);
    free(take.stereo);
}

static void test_refusals(void **state)
{
    (void)state;
    write_float_wav("nine.wav", 9, 4800, 0);
    refused("nine.wav", STATUS_BAD_INPUT, "9 channels");
    write_float_wav("thousand.wav", 1000, 480, 0);
    refused("thousand.wav", STATUS_BAD_INPUT, "1000 channels");
    write_float_wav("none.wav", 2, 0, 0);
    refused("none.wav", STATUS_BAD_INPUT, "no sound in it");
    assert_true(recordings_write("words.wav", "these are words, no sound", 25));
    refused("words.wav", STATUS_BAD_INPUT, "no WAV, FLAC, Ogg, MP3 or AIFF");
    assert_true(recordings_write("empty.wav", "", 0));
    refused("empty.wav", STATUS_BAD_INPUT, "no WAV, FLAC, Ogg, MP3 or AIFF");
    assert_true(recordings_make("alaw.wav", TWO_TONES "-c:a pcm_alaw", 44100));
    refused("alaw.wav", STATUS_BAD_INPUT, "coded in a way that is not read");
    assert_true(recordings_make("adpcm.wav", TWO_TONES "-c:a adpcm_ms", 44100));
    refused("adpcm.wav", STATUS_BAD_INPUT, "coded in a way that is not read");
    assert_true(recordings_make("sea.au", TWO_TONES "-c:a pcm_s16be", 44100));
    refused("sea.au", STATUS_BAD_INPUT, "no WAV, FLAC, Ogg, MP3 or AIFF");
    assert_true(recordings_make("sea.m4a", TWO_TONES "-c:a aac", 44100));
    refused("sea.m4a", STATUS_BAD_INPUT, "no WAV, FLAC, Ogg, MP3 or AIFF");
    assert_true(recordings_make("ogg.flac", TWO_TONES "-c:a flac -f ogg", 44100));
    refused("ogg.flac", STATUS_BAD_INPUT, "");
}

static void test_no_regular_file(void **state)
{
    (void)state;
    struct take take = {.stereo = NULL};
    struct decoder_end end;
    struct error error;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(decoder_read(&end, ends[0], take_frames, &take, &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.text, "not a regular file"));
    int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    assert_int_equal(decoder_read(&end, zero, take_frames, &take, &error), STATUS_BAD_INPUT);
    close(zero);
    close(ends[0]);
    close(ends[1]);
}

// The first that comes stops the process that sends it, which then says nothing more.
static bool stop_worker(void *context, const float *stereo, size_t frames)
{
    bool *stopped = context;
    int pid;
    (void)stereo;
    if (frames == 0)
        return false; // as after Ctrl-C
    FILE *children = fopen("/proc/thread-self/children", "r");
    assert_non_null(children);
    assert_int_equal(fscanf(children, "%d", &pid), 1);
    fclose(children);
    assert_return_code(kill(pid, SIGSTOP), errno);
    *stopped = true;
    return true;
}

static void test_stop_while_nothing_comes(void **state)
{
    (void)state;
    struct decoder_end end;
    struct error error;
    bool stopped = false;
    assert_true(recordings_make("long.wav", "-f lavfi -i sine=d=60:r=%d -c:a pcm_s16le", 48000));
    int fd = open(recordings_path("long.wav"), O_RDONLY | O_CLOEXEC);
    assert_int_equal(decoder_read(&end, fd, stop_worker, &stopped, &error), STATUS_INTERRUPTED);
    assert_true(stopped);
    close(fd);
}

// Cut off in the middle: what was there is given, and said to be damaged or simply short.
static void test_cut_off_files(void **state)
{
    (void)state;
    static const char *const names[] = {"s16.wav",    "s16.aiff", "s16.flac",
                                        "vorbis.ogg", "opus.ogg", "tagged.mp3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        static uint8_t data[2 << 20];
        FILE *file = fopen(recordings_path(names[i]), "rb");
        assert_non_null(file);
        size_t size = fread(data, 1, sizeof data, file);
        fclose(file);
        assert_true(recordings_write("short", data, size / 2));
        struct take take = {.stereo = NULL};
        struct decoder_end end;
        struct error error;
        enum status status = decode(&take, &end, "short", &error);
        if (status == STATUS_OK)
            near(names[i], "half of it", (double)take.frames, FRAME_RATE, 0.6 * FRAME_RATE);
        else
            assert_true(status == STATUS_BAD_INPUT && error.text[0]);
        print_message("half of %s: %s, %zu frames%s\n", names[i],
                      status == STATUS_OK ? "sound" : error.text, take.frames,
                      end.damaged ? ", damaged" : "");
        free(take.stereo);
    }
}

static void test_long_recording_is_cut(void **state)
{
    (void)state;
    assert_true(recordings_make("long.flac",
                                "-f lavfi -i 'aevalsrc=0.1*sin(440*2*PI*t):s=8000:d=%d' -c:a flac",
                                DECODER_SECONDS_MAX + 2));
    struct take take = {.stereo = NULL};
    struct decoder_end end;
    struct error error;
    assert_int_equal(decode(&take, &end, "long.flac", &error), STATUS_OK);
    assert_int_equal(end.frames, DECODER_FRAMES_MAX);
    assert_int_equal(take.frames, DECODER_FRAMES_MAX);
    assert_true(end.cut && !end.damaged);
    free(take.stereo);
    take = (struct take){.most = 100};
    assert_int_equal(decode(&take, &end, "long.flac", &error), STATUS_INTERRUPTED);
    free(take.stereo);
}

static void test_same_samples_each_time(void **state)
{
    (void)state;
    struct take one = decode_well("vorbis.ogg"), two = decode_well("vorbis.ogg");
    assert_int_equal(one.frames, two.frames);
    assert_memory_equal(one.stereo, two.stereo, 2 * one.frames * sizeof(float));
    free(one.stereo);
    free(two.stereo);
}

// ---- The process --------------------------------------------------------------------------------

// A worker that misbehaves in the way that its file names; the client must survive all of them.
static int bad_worker(void)
{
    static const struct decoder_end wrong = {.frames = 1000000};
    static const float nan_frame[2] = {NAN, 0}, frame[2] = {0.5f, 0.5f};
    static const uint8_t much[8 * DECODER_BLOCK_FRAMES + 8];
    char way = 0;
    if (pread(WORKER_EXTRA, &way, 1, 0) != 1)
        return 1;
    if (way == 'n')
        message_send(WORKER_SOCKET, DECODER_SAMPLES, nan_frame, sizeof nan_frame, -1, NULL);
    if (way == 'e')
        message_send(WORKER_SOCKET, DECODER_END, &wrong, sizeof wrong, -1, NULL);
    if (way == 'o')
        message_send(WORKER_SOCKET, DECODER_SAMPLES, frame, 4, -1, NULL);
    if (way == 't')
        message_send(WORKER_SOCKET, 77, frame, sizeof frame, -1, NULL);
    if (way == 'l')
        message_send(WORKER_SOCKET, DECODER_SAMPLES, much, sizeof much, -1, NULL);
    while (way == 'f' && message_send(WORKER_SOCKET, DECODER_SAMPLES, much, sizeof much - 8, -1,
                                      NULL) == STATUS_OK)
        continue; // endless
    return 0;     // 'd' and all others: dies without a word
}

static void test_bad_workers(void **state)
{
    (void)state;
    for (const char *way = "neotlfd"; *way; way++) {
        char text[32];
        snprintf(text, sizeof text, "%c misbehaving", *way);
        assert_true(recordings_write("bad", text, strlen(text)));
        refused("bad", STATUS_IO, *way == 'd' || *way == 'l' ? "broke down" : "nonsense");
    }
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--worker") == 0) {
        char head[16] = "";
        bool is_bad = pread(WORKER_EXTRA, head, sizeof head - 1, 0) > 0 &&
                      strstr(head, " misbehaving") != NULL;
        return is_bad ? bad_worker() : decoder_worker(argc, argv);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_channels),
        cmocka_unit_test(test_wild_floats),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_no_regular_file),
        cmocka_unit_test(test_stop_while_nothing_comes),
        cmocka_unit_test(test_cut_off_files),
        cmocka_unit_test(test_long_recording_is_cut),
        cmocka_unit_test(test_same_samples_each_time),
        cmocka_unit_test(test_bad_workers),
    };
    if (!recordings_open())
        return 1;
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    recordings_close();
    return failures;
}
