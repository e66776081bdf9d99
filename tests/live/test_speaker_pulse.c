// SPDX-License-Identifier: GPL-3.0-or-later
// The speaker through a real PulseAudio server, by way of ALSA's default device (see
// with_pulse.sh).
#include "bed.h"

#include "clock.h"
#include "duration.h"
#include "speaker_worker.h"
#include "transport.h"
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TOTAL_FRAMES ((int64_t)4 * FRAME_RATE + 99)

static const double slow_s = 1.5; // held by a slow device

static struct speaker *open_speaker(double latency_s)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.total_frames = TOTAL_FRAMES, .latency_s = latency_s};
    enum status status = bed_open(&speaker, &config, &error);
    if (status != STATUS_OK)
        print_error("%s\n", error.text);
    assert_int_equal(status, STATUS_OK);
    return speaker;
}

struct recording {
    char path[64];
    pid_t pid;
};

static void recording_start(struct recording *recording)
{
    const char *argv[] = {"/usr/bin/parec",
                          "--raw",
                          "--format=float32le",
                          "--rate=48000",
                          "--channels=2",
                          "--latency-msec=20",
                          "--device=loosen.monitor",
                          NULL};
    strcpy(recording->path, "/tmp/loosen-recording-XXXXXX");
    int fd = mkstemp(recording->path);
    assert_true(fd >= 0);
    close(fd);
    recording->pid = bed_start(argv, recording->path);
    assert_true(bed_wait_content(recording->path));
}

static struct sound recording_end(struct recording *recording)
{
    bed_nap_ms(200);
    bed_end(recording->pid, SIGTERM);
    struct sound heard = bed_load(recording->path);
    unlink(recording->path);
    return heard;
}

// To the last sample: what the server still holds when the session ends is not cut off. False where
// this machine was too busy to fill the ring, which proves nothing.
static bool play_to_the_end_once(double latency_s)
{
    bool lost;
    struct recording recording;
    recording_start(&recording);
    struct speaker *speaker = open_speaker(latency_s);
    assert_true(speaker_latency_frames(speaker) >= FRAME_RATE * latency_s / 2);
    speaker_start(speaker);
    assert_true(bed_play(speaker, -1, 15000, &lost));
    const bool in_time = atomic_load(&speaker_memory(speaker)->counters.underruns) == 0;
    speaker_close(speaker);
    struct sound heard = recording_end(&recording);
    struct sound wanted = bed_expected(0, TOTAL_FRAMES);
    bool equal = bed_ends_in(&heard, &wanted);
    sound_free(&heard);
    sound_free(&wanted);
    assert_true(equal || !in_time);
    return in_time;
}

static void play_to_the_end(double latency_s)
{
    bool in_time = false;
    for (int tries = 0; tries < 5 && !in_time; tries++)
        in_time = play_to_the_end_once(latency_s);
    assert_true(in_time);
}

static void play_is_complete(void **state)
{
    (void)state;
    play_to_the_end(0.5);
}

static void play_on_a_slow_device_is_complete(void **state)
{
    (void)state;
    play_to_the_end(slow_s);
}

// Of frames before `end`.
static double level(const struct sound *sound, size_t end, size_t frames)
{
    double sum = 0;
    for (size_t i = 2 * (end - frames); i < 2 * end; i++)
        sum += (double)sound->stereo[i] * (double)sound->stereo[i];
    return sqrt(sum / (double)(2 * frames));
}

// An end at once on a device that holds much: what is heard last is the very end of its fade.
static void fade_on_a_slow_device_is_complete(void **state)
{
    (void)state;
    bool lost;
    struct recording recording;
    struct transport transport;
    recording_start(&recording);
    struct speaker *speaker = open_speaker(slow_s);
    transport_init(&transport, speaker);
    speaker_start(speaker);
    assert_true(bed_play(speaker, 2 * FRAME_RATE, 15000, &lost));
    transport_fade_out(&transport);
    speaker_close(speaker);
    struct sound heard = recording_end(&recording);
    size_t end = heard.frames;
    while (end > 0 && heard.stereo[2 * (end - 1)] == 0.0f)
        end--;
    assert_true(end > FRAME_RATE);
    assert_true(level(&heard, end - FRAME_RATE / 2, FRAME_RATE / 4) > 0.01);
    assert_true(level(&heard, end, 48) < 0.0005);
    sound_free(&heard);
}

// The last test: the server does not survive it.
static void killed_server_is_noticed(void **state)
{
    (void)state;
    bool lost;
    struct error error;
    struct speaker *speaker = open_speaker(0);
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 8000, &lost));
    assert_int_equal(kill((pid_t)strtol(getenv("LOOSEN_PULSE_PID"), NULL, 10), SIGKILL), 0);
    int64_t killed_ms = clock_ms();
    assert_false(bed_play(speaker, -1, 8000, &lost));
    assert_true(lost);
    assert_true(clock_ms() - killed_ms < 3000);
    assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    killed_ms = clock_ms();
    assert_false(bed_play(speaker, -1, 12000, &lost));
    assert_true(lost);
    assert_true(clock_ms() - killed_ms < 8500);
    speaker_close(speaker);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return speaker_worker(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(play_is_complete),
        cmocka_unit_test(play_on_a_slow_device_is_complete),
        cmocka_unit_test(fade_on_a_slow_device_is_complete),
        cmocka_unit_test(killed_server_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
