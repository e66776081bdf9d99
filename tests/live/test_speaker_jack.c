// The speaker through a real JACK server (see with_jack.sh): what is heard, and what happens when the
// worker or the server goes away.
#include "bed.h"

#include "buffer.h"
#include "duration.h"
#include "worker.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TOTAL_FRAMES ((int64_t)3 * FRAME_RATE + 777)

enum { RECORDER_LATE = 3 }; // exit code

static pid_t server; // the bed's, or the one that a test started in its place

struct recording {
    char path[64];
    pid_t pid;
};

static void start_recording(struct recording *recording)
{
    const char *argv[] = {LOOSEN_RECORDER, recording->path, NULL};
    strcpy(recording->path, "/tmp/loosen-recording-XXXXXX");
    int fd = mkstemp(recording->path);
    assert_true(fd >= 0);
    close(fd);
    recording->pid = bed_start(argv, NULL);
    assert_true(bed_wait_content(recording->path));
}

// With the recorder as the device, it is connected before the first frame.
static struct speaker *open_speaker(const char *device)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.device = device, .total_frames = TOTAL_FRAMES};
    enum status status = speaker_open(&speaker, &config, &error);
    if (status != STATUS_OK)
        print_error("%s\n", error.text);
    assert_int_equal(status, STATUS_OK);
    return speaker;
}

// Stop the recording and see whether it ends in the session from `first_frame` on. False when it does
// not, but the server was late: then it proves nothing.
static bool is_heard(struct recording *recording, int64_t first_frame)
{
    int recorded = bed_end(recording->pid, SIGTERM);
    assert_true(recorded == 0 || recorded == RECORDER_LATE);
    struct sound heard = bed_load(recording->path);
    struct sound wanted = bed_expected(first_frame, TOTAL_FRAMES);
    bool equal = bed_ends_in(&heard, &wanted);
    unlink(recording->path);
    sound_free(&heard);
    sound_free(&wanted);
    assert_true(equal || recorded == RECORDER_LATE);
    return equal;
}

static void run_until_heard(bool (*scenario)(void))
{
    for (int tries = 0; tries < 5; tries++)
        if (scenario())
            return;
    fail_msg("the server was late five times: this machine is too busy");
}

static bool play_all(void)
{
    bool lost;
    struct recording recording;
    start_recording(&recording);
    struct speaker *speaker = open_speaker("recorder");
    struct master_counters *counters = &speaker_memory(speaker)->counters;
    assert_string_equal(speaker_device_name(speaker), "recorder");
    bed_nap_ms(400);
    assert_true(atomic_load(&counters->played_frames) > 0);
    assert_int_equal(atomic_load(&counters->consumed_frames), 0);
    speaker_start(speaker);
    assert_true(bed_play(speaker, -1, 10000, &lost));
    assert_int_equal(atomic_load(&counters->consumed_frames), TOTAL_FRAMES);
    assert_int_equal(atomic_load(&counters->underruns), 0);
    assert_int_equal(atomic_load(&counters->bad_frames), 0);
    speaker_close(speaker);
    return is_heard(&recording, 0);
}

static void play_is_what_the_master_makes(void **state)
{
    (void)state;
    run_until_heard(play_all);
}

static void pause_holds_the_position(void **state)
{
    (void)state;
    bool lost;
    struct speaker *speaker = open_speaker(NULL);
    struct speaker_memory *memory = speaker_memory(speaker);
    assert_string_equal(speaker_device_name(speaker), "system");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    atomic_store(&memory->controls.paused, 1);
    bed_nap_ms(400);
    assert_int_equal(atomic_load(&memory->counters.silent), 1);
    int64_t held = atomic_load(&memory->counters.consumed_frames);
    int64_t played = atomic_load(&memory->counters.played_frames);
    assert_true(held < TOTAL_FRAMES);
    bed_nap_ms(300);
    assert_int_equal(atomic_load(&memory->counters.consumed_frames), held);
    assert_true(atomic_load(&memory->counters.played_frames) > played);
    assert_true(speaker_alive(speaker));
    atomic_store(&memory->controls.paused, 0);
    assert_true(bed_play(speaker, -1, 8000, &lost));
    assert_int_equal(atomic_load(&memory->counters.underruns), 0);
    speaker_close(speaker);
}

// Let a lost speaker play the rest; returns the frame that it began with again.
static int64_t play_rest(struct speaker *speaker)
{
    bool lost;
    struct error error;
    assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    int64_t resumed = atomic_load(&speaker_ring(speaker)->written);
    assert_true(bed_play(speaker, -1, 15000, &lost));
    assert_int_equal(atomic_load(&speaker_memory(speaker)->counters.consumed_frames), TOTAL_FRAMES);
    return resumed;
}

static bool kill_worker(void)
{
    bool lost;
    struct recording recording;
    start_recording(&recording);
    struct speaker *speaker = open_speaker("recorder");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    assert_int_equal(kill(bed_worker_pid(), SIGKILL), 0);
    int64_t killed_ms = worker_clock_ms();
    assert_false(bed_play(speaker, -1, 5000, &lost));
    assert_true(lost);
    assert_true(worker_clock_ms() - killed_ms < 500);
    int64_t consumed = atomic_load(&speaker_ring(speaker)->consumed);
    int64_t resumed = play_rest(speaker);
    assert_int_equal(resumed, consumed - speaker_latency_frames(speaker) - master_latency_frames());
    speaker_close(speaker);
    return is_heard(&recording, resumed);
}

static void killed_worker_is_replaced(void **state)
{
    (void)state;
    run_until_heard(kill_worker);
}

static void stopped_server_is_noticed(void **state)
{
    (void)state;
    bool lost;
    struct speaker *speaker = open_speaker(NULL);
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    assert_int_equal(kill(server, SIGSTOP), 0);
    int64_t stopped_ms = worker_clock_ms();
    assert_false(bed_play(speaker, -1, 10000, &lost));
    int64_t noticed_ms = worker_clock_ms() - stopped_ms;
    assert_int_equal(kill(server, SIGCONT), 0);
    assert_true(lost);
    assert_in_range(noticed_ms, 2000, 3500);
    play_rest(speaker);
    speaker_close(speaker);
}

static void speaker_list_names_the_server(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct error error;
    assert_int_equal(speaker_list(&out, &error), STATUS_OK);
    buffer_add_byte(&out, '\0');
    assert_non_null(strstr(out.data, "system, JACK Audio Connection Kit, 2 channels, 48000 Hz "
                                     "(default)\n"));
    buffer_free(&out);
}

static void unknown_device_is_an_error(void **state)
{
    (void)state;
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.device = "no such thing", .total_frames = TOTAL_FRAMES};
    assert_int_equal(speaker_open(&speaker, &config, &error), STATUS_NO_DEVICE);
    assert_string_equal(error.text, "there is no audio device called no such thing");
    assert_null(speaker);
}

static pid_t start_server(const char *rate)
{
    const char *argv[] = {LOOSEN_SOURCE_DIR "/tests/live/jack_server.sh", NULL};
    const char *probe[] = {"/usr/bin/jack_lsp", NULL};
    setenv("LOOSEN_JACK_RATE", rate, 1);
    pid_t pid = bed_start(argv, NULL);
    for (int tries = 0; tries < 100; tries++) {
        bed_nap_ms(50);
        pid_t lsp = bed_start(probe, NULL);
        if (bed_end(lsp, 0) == 0)
            return pid;
    }
    return -1;
}

static void other_rate_is_a_clear_error(void **state)
{
    (void)state;
    char name[64];
    snprintf(name, sizeof name, "loosen-other-%ld", (long)getpid());
    char *before = strdup(getenv("JACK_DEFAULT_SERVER"));
    setenv("JACK_DEFAULT_SERVER", name, 1);
    setenv("ALSA_CONFIG_PATH", LOOSEN_SOURCE_DIR "/tests/live/asound_none.conf", 1);
    pid_t other = start_server("44100");
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.total_frames = TOTAL_FRAMES};
    enum status status = speaker_open(&speaker, &config, &error);
    speaker_close(speaker);
    assert_int_equal(bed_end(other, SIGTERM), 0);
    setenv("JACK_DEFAULT_SERVER", before, 1);
    free(before);
    assert_int_equal(status, STATUS_NO_DEVICE);
    assert_string_equal(error.text, "system does not play at 48000 Hz (it offers 44100 Hz)");
}

static void no_device_is_said_quickly(void **state)
{
    (void)state;
    char *before = strdup(getenv("JACK_DEFAULT_SERVER"));
    setenv("JACK_DEFAULT_SERVER", "loosen-none", 1);
    setenv("ALSA_CONFIG_PATH", LOOSEN_SOURCE_DIR "/tests/live/asound_none.conf", 1);
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.total_frames = TOTAL_FRAMES};
    int64_t begun_ms = worker_clock_ms();
    enum status status = speaker_open(&speaker, &config, &error);
    int64_t took_ms = worker_clock_ms() - begun_ms;
    setenv("JACK_DEFAULT_SERVER", before, 1);
    free(before);
    assert_int_equal(status, STATUS_NO_DEVICE);
    assert_string_equal(error.text, "there is no audio device to play on");
    assert_in_range(took_ms, 0, 2000);
}

// In the last test, because the bed's own server does not survive it.
static bool kill_server(void)
{
    bool lost;
    struct error error;
    struct recording recording;
    start_recording(&recording);
    struct speaker *speaker = open_speaker("recorder");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    bed_end(server, SIGKILL);
    int64_t killed_ms = worker_clock_ms();
    assert_false(bed_play(speaker, -1, 5000, &lost));
    assert_true(lost);
    assert_true(worker_clock_ms() - killed_ms < 3000);
    assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    assert_false(bed_play(speaker, -1, 10000, &lost));
    assert_true(lost);

    server = start_server("48000");
    assert_true(server > 0);
    bed_end(recording.pid, SIGKILL);
    unlink(recording.path);
    start_recording(&recording);
    int64_t resumed = play_rest(speaker);
    speaker_close(speaker);
    return is_heard(&recording, resumed);
}

static void killed_server_is_survived(void **state)
{
    (void)state;
    run_until_heard(kill_server);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return speaker_worker(argc, argv);
    const char *pid = getenv("LOOSEN_JACK_PID");
    if (!pid)
        return 1;
    server = (pid_t)strtol(pid, NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(play_is_what_the_master_makes),
        cmocka_unit_test(pause_holds_the_position),
        cmocka_unit_test(killed_worker_is_replaced),
        cmocka_unit_test(stopped_server_is_noticed),
        cmocka_unit_test(speaker_list_names_the_server),
        cmocka_unit_test(unknown_device_is_an_error),
        cmocka_unit_test(other_rate_is_a_clear_error),
        cmocka_unit_test(no_device_is_said_quickly),
        cmocka_unit_test(killed_server_is_survived),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    bed_end(server, SIGTERM);
    return failed;
}
