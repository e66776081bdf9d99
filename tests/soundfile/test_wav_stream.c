// SPDX-License-Identifier: GPL-3.0-or-later
// A WAV file down a pipe: what readers of pipes make of it, and what happens when the other end is
// slow, gone or interrupted.
#define _GNU_SOURCE 1 // F_SETPIPE_SZ
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "encoder.h"
#include "pack.h"
#include "tags.h"
#include "tone.h"
#include "wav_stream.h"

enum { FRAMES = 30001, PIPE_BYTES = 4096 };

static const struct chapter chapters[] = {{0, 12000, {"First", 5}}, {12000, FRAMES, {"Second", 6}}};
static const struct tags tags = {.title = {"Down the pipe", 13},
                                 .chapters = chapters,
                                 .chapter_count = 2,
                                 .total_frames = FRAMES};

// The other end of a pipe: a thread that takes everything, slowly.
struct reader {
    int from, to;
    bool slow;
    pthread_t thread;
    unsigned char data[16 * FRAMES];
    size_t size;
};

static struct reader reader;

static void *take_all(void *context)
{
    struct reader *from = context;
    ssize_t count;
    while ((count = read(from->from, from->data + from->size,
                         from->slow ? 1000 : sizeof from->data - from->size)) > 0) {
        from->size += (size_t)count;
        if (from->slow)
            usleep(50);
    }
    return NULL;
}

static void open_pipe(bool slow)
{
    int ends[2];
    assert_return_code(pipe(ends), errno);
    assert_return_code(fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES), errno);
    reader.from = ends[0];
    reader.to = ends[1];
    reader.slow = slow;
    reader.size = 0;
}

static struct encoder_config config_for(enum encoder_format format)
{
    return (struct encoder_config){.path = "the pipe",
                                   .descriptor = reader.to,
                                   .format = format,
                                   .total_frames = FRAMES,
                                   .seed = 1,
                                   .tags = &tags};
}

static void send(const struct encoder_config *config)
{
    struct error error = {0};
    assert_int_equal(pthread_create(&reader.thread, NULL, take_all, &reader), 0);
    if (tone_export(config, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    close(reader.to);
    pthread_join(reader.thread, NULL);
    close(reader.from);
}

// Where a chunk's bytes begin, and how many they are.
static size_t find_chunk(const char *name, uint64_t *size)
{
    for (size_t at = 12; at + 8 <= reader.size;) {
        *size = unpack_little(reader.data + at + 4, 4);
        if (memcmp(reader.data + at, name, 4) == 0)
            return at + 8;
        at += 8 + *size + *size % 2;
    }
    fail_msg("no chunk %s", name);
    return 0;
}

static void test_sizes_are_exact(void **state)
{
    (void)state;
    const int bytes[] = {2, 3, 4};
    for (int format = ENCODER_WAV_16; format <= ENCODER_WAV_FLOAT; format++) {
        for (int mono = 0; mono < 2; mono++) {
            open_pipe(mono);
            struct encoder_config config = config_for((enum encoder_format)format);
            config.mono = mono;
            send(&config);
            uint64_t size;
            assert_memory_equal(reader.data, "RIFF", 4);
            assert_int_equal(unpack_little(reader.data + 4, 4), reader.size - 8);
            size_t start = find_chunk("data", &size);
            assert_int_equal(size, FRAMES * (2 - mono) * bytes[format]);
            assert_int_equal(start + size + size % 2, reader.size);
            (void)find_chunk("cue ", &size);
            assert_int_equal(size, 4 + 2 * 24);
        }
    }
}

// The same samples as in the file.
static void test_samples_are_those_of_the_file(void **state)
{
    (void)state;
    for (int format = ENCODER_WAV_16; format <= ENCODER_WAV_FLOAT; format++) {
        char name[] = "/tmp/loosen-test-XXXXXX";
        int file = mkstemp(name);
        assert_return_code(file, errno);
        open_pipe(false);
        struct encoder_config config = config_for((enum encoder_format)format);
        send(&config);
        config.descriptor = 0;
        config.path = name;
        config.force = true;
        assert_int_equal(tone_export(&config, NULL), STATUS_OK);
        uint64_t size;
        size_t start = find_chunk("data", &size);
        unsigned char *data = malloc(size);
        close(file);
        file = open(name, O_RDONLY);
        // In the file, the header of libsndfile is all that stands in front.
        bool found = false;
        for (off_t at = 0; at < 200 && !found; at++) {
            assert_int_equal(pread(file, data, size, at), size);
            found = memcmp(data, reader.data + start, size) == 0;
        }
        assert_true(found);
        free(data);
        close(file);
        unlink(name);
    }
}

static void test_players_read_the_pipe(void **state)
{
    (void)state;
    const char *const commands[] = {
        "ffmpeg -v error -i - -f s16le - | wc -c", "sox -V1 -t wav - -t raw - | wc -c",
        "ffprobe -v error -show_chapters -of csv=p=0 - 2>/dev/null | grep -c 'First\\|Second'"};
    const long want[] = {4L * FRAMES, 4L * FRAMES, 2};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char line[256], found[64] = "";
        open_pipe(false);
        struct encoder_config config = config_for(ENCODER_WAV_16);
        send(&config);
        char name[] = "/tmp/loosen-test-XXXXXX";
        int file = mkstemp(name);
        assert_int_equal(write(file, reader.data, reader.size), reader.size);
        close(file);
        snprintf(line, sizeof line, "cat %s | %s", name, commands[i]);
        FILE *pipe = popen(line, "r");
        assert_non_null(fgets(found, sizeof found, pipe));
        pclose(pipe);
        unlink(name);
        assert_int_equal(atol(found), want[i]);
    }
}

static void test_reader_that_goes_away(void **state)
{
    (void)state;
    struct error error = {0};
    struct encoder *encoder;
    open_pipe(false);
    struct encoder_config config = config_for(ENCODER_WAV_16);
    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_OK);
    close(reader.from);
    assert_int_equal(tone_write(encoder, FRAMES, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot write the pipe: Broken pipe");
    error = (struct error){0};
    assert_int_equal(encoder_write(encoder, (float[2]){0}, 1, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot write the pipe: Broken pipe");
    assert_int_equal(encoder_finish(encoder, &error), STATUS_IO);
    close(reader.to);
}

static void test_full_device(void **state)
{
    (void)state;
    struct error error = {0};
    open_pipe(false);
    struct encoder_config config = config_for(ENCODER_WAV_24);
    config.descriptor = open("/dev/full", O_WRONLY);
    assert_int_equal(tone_export(&config, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot write the pipe: No space left on device");
    close(config.descriptor);
    close(reader.to);
    close(reader.from);
}

static void test_pipe_that_does_not_wait(void **state)
{
    (void)state;
    open_pipe(true);
    assert_return_code(fcntl(reader.to, F_SETFL, O_NONBLOCK), errno);
    struct encoder_config config = config_for(ENCODER_WAV_16);
    send(&config);
    uint64_t size;
    (void)find_chunk("data", &size);
    assert_int_equal(unpack_little(reader.data + 4, 4), reader.size - 8);
}

static volatile sig_atomic_t came;

static void note(int number)
{
    came = number;
}

static volatile sig_atomic_t asked;

static int give_up(void)
{
    return came;
}

static int go_on(void)
{
    asked = 1;
    return 0;
}

// Nobody reads: the writer waits until a signal comes.
static void wait_for_signal(int flags)
{
    struct error error = {0};
    open_pipe(false);
    assert_return_code(fcntl(reader.to, F_SETFL, flags), errno);
    struct encoder_config config = config_for(ENCODER_WAV_16);
    config.interrupt = give_up;
    came = 0;
    alarm(1);
    assert_int_equal(tone_export(&config, &error), STATUS_INTERRUPTED);
    assert_int_equal(came, SIGALRM);
    close(reader.to);
    close(reader.from);
}

static void test_signal_while_waiting(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = note};
    sigaction(SIGALRM, &action, NULL);
    wait_for_signal(0);
    wait_for_signal(O_NONBLOCK);
}

// A reader that goes away by the signal that ends us, too, is no fault of the stream.
static void test_signal_with_the_reader(void **state)
{
    (void)state;
    struct error error = {0};
    open_pipe(false);
    close(reader.from);
    struct encoder_config config = config_for(ENCODER_WAV_16);
    config.interrupt = give_up;
    came = SIGINT;
    assert_int_equal(tone_export(&config, &error), STATUS_INTERRUPTED);
    close(reader.to);
}

static void test_signal_that_asks_nothing(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = note};
    sigaction(SIGALRM, &action, NULL);
    open_pipe(true);
    struct encoder_config config = config_for(ENCODER_WAV_16);
    config.interrupt = go_on;
    struct encoder *encoder;
    asked = 0;
    assert_int_equal(encoder_open(&encoder, &config, NULL), STATUS_OK);
    // The main thread waits for a reader that begins after the signal.
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    usleep(1000);
    assert_int_equal(pthread_create(&reader.thread, NULL, take_all, &reader), 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    ualarm(2000, 2000);
    assert_int_equal(tone_write(encoder, FRAMES, NULL), STATUS_OK);
    assert_int_equal(encoder_finish(encoder, NULL), STATUS_OK);
    ualarm(0, 0);
    close(reader.to);
    pthread_join(reader.thread, NULL);
    close(reader.from);
    assert_int_equal(unpack_little(reader.data + 4, 4), reader.size - 8);
}

// What a stream of `frames` begins with is all that is read.
static void read_header(int64_t frames)
{
    struct wav_stream *stream;
    open_pipe(false);
    const struct wav_stream_config config = {.descriptor = reader.to,
                                             .name = "the pipe",
                                             .format = ENCODER_WAV_FLOAT,
                                             .rate = 48000,
                                             .channels = 2,
                                             .frames = frames,
                                             .tags = &tags};
    assert_int_equal(wav_stream_open(&stream, &config, NULL), STATUS_OK);
    assert_int_equal(wav_stream_end(stream, NULL), STATUS_OK);
    wav_stream_free(stream);
    close(reader.to);
    take_all(&reader);
    close(reader.from);
}

// Beyond 4 GiB: the header alone, read by its fields.
static void test_large_header(void **state)
{
    (void)state;
    const int64_t frames = INT64_C(1) << 30;
    read_header(frames);
    assert_memory_equal(reader.data, "RF64\xff\xff\xff\xffWAVEds64", 16);
    assert_int_equal(unpack_little(reader.data + 28, 8), frames * 8);
    assert_int_equal(unpack_little(reader.data + 20, 8), frames * 8 + (int64_t)reader.size - 8);
    assert_int_equal(unpack_little(reader.data + 36, 8), frames);
    assert_memory_equal(reader.data + reader.size - 8, "data\xff\xff\xff\xff", 8);
}

// As test_encoder has it for files.
static void test_large_header_begins(void **state)
{
    (void)state;
    read_header(536739839);
    assert_memory_equal(reader.data, "RIFF", 4);
    read_header(536739840);
    assert_memory_equal(reader.data, "RF64", 4);
}

static void test_only_wav(void **state)
{
    (void)state;
    struct error error = {0};
    struct encoder *encoder;
    open_pipe(false);
    struct encoder_config config = config_for(ENCODER_FLAC_16);
    assert_int_equal(encoder_open(&encoder, &config, &error), STATUS_BAD_ARGUMENT);
    assert_string_equal(error.text, "FLAC cannot be written to a stream; WAV can");
    close(reader.to);
    close(reader.from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes_are_exact),
        cmocka_unit_test(test_samples_are_those_of_the_file),
        cmocka_unit_test(test_players_read_the_pipe),
        cmocka_unit_test(test_reader_that_goes_away),
        cmocka_unit_test(test_full_device),
        cmocka_unit_test(test_pipe_that_does_not_wait),
        cmocka_unit_test(test_signal_while_waiting),
        cmocka_unit_test(test_signal_with_the_reader),
        cmocka_unit_test(test_signal_that_asks_nothing),
        cmocka_unit_test(test_large_header),
        cmocka_unit_test(test_large_header_begins),
        cmocka_unit_test(test_only_wav),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
