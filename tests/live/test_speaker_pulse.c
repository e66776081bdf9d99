// The speaker through a real PulseAudio server, by way of ALSA's default device (see with_pulse.sh).
#include "bed.h"

#include "duration.h"
#include "worker.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TOTAL_FRAMES ((int64_t)4 * FRAME_RATE + 99)

static struct speaker *open_speaker(void)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.total_frames = TOTAL_FRAMES};
    enum status status = bed_open(&speaker, &config, &error);
    if (status != STATUS_OK)
        print_error("%s\n", error.text);
    assert_int_equal(status, STATUS_OK);
    return speaker;
}

// To the last sample: what the server still holds when the session ends is not cut off.
static void play_is_complete(void **state)
{
    (void)state;
    const char *argv[] = {"/usr/bin/parec",
                          "--raw",
                          "--format=float32le",
                          "--rate=48000",
                          "--channels=2",
                          "--latency-msec=20",
                          "--device=loosen.monitor",
                          NULL};
    bool lost;
    char path[] = "/tmp/loosen-recording-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    pid_t recorder = bed_start(argv, path);
    assert_true(bed_wait_content(path));
    struct speaker *speaker = open_speaker();
    assert_true(speaker_latency_frames(speaker) >= FRAME_RATE / 4);
    speaker_start(speaker);
    assert_true(bed_play(speaker, -1, 15000, &lost));
    assert_int_equal(atomic_load(&speaker_memory(speaker)->counters.underruns), 0);
    speaker_close(speaker);
    bed_nap_ms(200);
    bed_end(recorder, SIGTERM);
    struct sound heard = bed_load(path);
    struct sound wanted = bed_expected(0, TOTAL_FRAMES);
    unlink(path);
    bool equal = bed_ends_in(&heard, &wanted);
    sound_free(&heard);
    sound_free(&wanted);
    assert_true(equal);
}

// The last test: the server does not survive it.
static void killed_server_is_noticed(void **state)
{
    (void)state;
    bool lost;
    struct error error;
    struct speaker *speaker = open_speaker();
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 8000, &lost));
    assert_int_equal(kill((pid_t)strtol(getenv("LOOSEN_PULSE_PID"), NULL, 10), SIGKILL), 0);
    int64_t killed_ms = worker_clock_ms();
    assert_false(bed_play(speaker, -1, 8000, &lost));
    assert_true(lost);
    assert_true(worker_clock_ms() - killed_ms < 3000);
    assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    killed_ms = worker_clock_ms();
    assert_false(bed_play(speaker, -1, 12000, &lost));
    assert_true(lost);
    assert_true(worker_clock_ms() - killed_ms < 8500);
    speaker_close(speaker);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return speaker_worker(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(play_is_complete),
        cmocka_unit_test(killed_server_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
