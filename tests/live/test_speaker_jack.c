// SPDX-License-Identifier: GPL-3.0-or-later
// The speaker through a real JACK server (see with_jack.sh): what is heard, and what happens when
// the worker or the server goes away.
#include "jack_bed.h"

#include "buffer.h"
#include "clock.h"
#include "duration.h"
#include "speaker_list.h"
#include "speaker_output.h"
#include "speaker_worker.h"
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TOTAL_FRAMES ((int64_t)3 * FRAME_RATE + 777)

enum { PERIOD_FRAMES = 8192 }; // of jack_server.sh

static pid_t server; // the bed's, or the one that a test started in its place

// With the recorder as the device, it is connected before the first frame.
static struct speaker *open_speaker(const char *device)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.device = device, .total_frames = TOTAL_FRAMES};
    enum status status = bed_open(&speaker, &config, &error);
    if (status != STATUS_OK)
        print_error("%s\n", error.text);
    assert_int_equal(status, STATUS_OK);
    return speaker;
}

static bool play_all(void)
{
    bool lost;
    struct recording recording;
    recording_start(&recording, NULL);
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
    return recording_is_heard(&recording, 0, TOTAL_FRAMES);
}

static void play_is_what_the_master_makes(void **state)
{
    (void)state;
    recording_until_heard(play_all);
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
    recording_start(&recording, NULL);
    struct speaker *speaker = open_speaker("recorder");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    assert_int_equal(kill(bed_worker_pid(), SIGKILL), 0);
    int64_t killed_ms = clock_ms();
    assert_false(bed_play(speaker, -1, 5000, &lost));
    assert_true(lost);
    assert_true(clock_ms() - killed_ms < 500);
    int64_t consumed = atomic_load(&speaker_ring(speaker)->consumed);
    int64_t resumed = play_rest(speaker);
    assert_int_equal(resumed, consumed - speaker_unheard_frames(speaker));
    speaker_close(speaker);
    return recording_is_heard(&recording, resumed, TOTAL_FRAMES);
}

static void killed_worker_is_replaced(void **state)
{
    (void)state;
    recording_until_heard(kill_worker);
}

static void stopped_server_is_noticed(void **state)
{
    (void)state;
    bool lost;
    struct speaker *speaker = open_speaker(NULL);
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    assert_int_equal(kill(server, SIGSTOP), 0);
    int64_t stopped_ms = clock_ms();
    assert_false(bed_play(speaker, -1, 10000, &lost));
    int64_t noticed_ms = clock_ms() - stopped_ms;
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
    assert_non_null(strstr(out.data, "system\tJACK Audio Connection Kit\t2\t48000\tdefault\t\n"));
    buffer_free(&out);
}

static void assert_no_device(const char *device, const char *text)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.device = device, .total_frames = TOTAL_FRAMES};
    assert_int_equal(bed_open(&speaker, &config, &error), STATUS_NO_DEVICE);
    assert_string_equal(error.text, text);
    assert_null(speaker);
}

static void unknown_device_is_an_error(void **state)
{
    (void)state;
    assert_no_device("no such thing",
                     "there is no audio device called \"no such thing\"; there are: "
                     "default, ALSA; system, JACK Audio Connection Kit");
}

// Two recorders: neither is meant by what both are called in part; each by its whole name.
static void ambiguous_device_is_an_error(void **state)
{
    (void)state;
    struct recording first, second;
    recording_start(&first, NULL);
    recording_start(&second, "mono");
    assert_no_device("ecord", "\"ecord\" could be one of several audio devices: "
                              "recorder, JACK Audio Connection Kit; "
                              "recorder-01, JACK Audio Connection Kit");
    static const struct {
        const char *device, *name;
        int channels;
    } clear[] = {{"Recorder", "recorder", 2},
                 {"recorder-01", "recorder-01", 1},
                 {"recorder-01, jack audio connection kit", "recorder-01", 1},
                 {"ALSA", "default", 2}};
    for (size_t i = 0; i < sizeof clear / sizeof clear[0]; i++) {
        struct speaker *speaker = open_speaker(clear[i].device);
        assert_string_equal(speaker_device_name(speaker), clear[i].name);
        assert_int_equal(speaker_device_channels(speaker), clear[i].channels);
        speaker_close(speaker);
    }
    struct buffer out = BUFFER_INIT;
    assert_int_equal(speaker_list(&out, NULL), STATUS_OK);
    buffer_add_byte(&out, '\0');
    assert_non_null(strstr(out.data, "recorder-01\tJACK Audio Connection Kit\t1\t48000\t\t\n"));
    buffer_free(&out);
    bed_end(first.pid, SIGTERM);
    bed_end(second.pid, SIGTERM);
    unlink(first.path);
    unlink(second.path);
}

static struct speaker *play_other(int rate_hz, int channels)
{
    bool lost;
    struct speaker *speaker = open_speaker("recorder");
    assert_string_equal(speaker_device_name(speaker), "recorder");
    assert_string_equal(speaker_device_api(speaker), "JACK Audio Connection Kit");
    assert_int_equal(speaker_device_rate_hz(speaker), rate_hz);
    assert_int_equal(speaker_device_channels(speaker), channels);
    speaker_start(speaker);
    assert_true(bed_play(speaker, -1, 15000, &lost));
    const struct master_counters *counters = &speaker_memory(speaker)->counters;
    assert_int_equal(atomic_load(&counters->consumed_frames), TOTAL_FRAMES);
    assert_int_equal(atomic_load(&counters->underruns), 0);
    // PortAudio gives it in pieces.
    assert_int_equal(atomic_load(&counters->block_frames),
                     (int64_t)PERIOD_FRAMES * FRAME_RATE / rate_hz);
    return speaker;
}

// What a session is at another rate when `ahead` frames of silence go before its first.
struct shifted {
    struct sound session;
    int64_t frame; // the next to be pulled: from -ahead
};

static void pull_shifted(void *context, float *stereo, size_t frames)
{
    struct shifted *shifted = context;
    for (size_t f = 0; f < frames; f++, shifted->frame++)
        for (int side = 0; side < 2; side++)
            stereo[2 * f + (size_t)side] =
                shifted->frame >= 0 && (size_t)shifted->frame < shifted->session.frames
                    ? shifted->session.stereo[2 * shifted->frame + side]
                    : 0;
}

static struct sound at_rate(const struct sound *session, int rate_hz, int64_t ahead, size_t frames)
{
    struct sound sound = {calloc(frames, 2 * sizeof(float)), frames};
    struct shifted shifted = {*session, -ahead};
    const struct speaker_feed renderer = {pull_shifted, &shifted};
    struct speaker_output *output = NULL;
    assert_int_equal(speaker_output_new(&output, rate_hz, 2, NULL), STATUS_OK);
    speaker_output_render(output, &renderer, sound.stereo, frames);
    speaker_output_free(output);
    return sound;
}

static double snr_db(const float *heard, const float *wanted, size_t count)
{
    double signal = 0, difference = 1e-30;
    for (size_t i = 0; i < count; i++) {
        signal += (double)wanted[i] * (double)wanted[i];
        difference += pow((double)heard[i] - (double)wanted[i], 2);
    }
    return 10 * log10(signal / difference);
}

// The whole session at the device's rate, from the first frame to the last, with silence around it.
// Where between two of the device's frames it begins is not known: as many tries as there are
// places.
static bool is_heard_at(const struct sound *heard, int rate_hz)
{
    enum { PLACES = 160, AHEAD = 1600, PROBE = 20000 };
    const size_t frames = (size_t)(TOTAL_FRAMES * rate_hz / FRAME_RATE) + AHEAD;
    struct sound session = bed_expected(0, TOTAL_FRAMES);
    double best_db = -200, whole_db = -200;
    size_t start = 0;
    while (start < heard->frames && fabsf(heard->stereo[2 * start]) < 1e-5f)
        start++;
    for (int64_t place = 0; place < PLACES && best_db < 100; place++) {
        struct sound wanted = at_rate(&session, rate_hz, AHEAD + place, AHEAD * 3 + PROBE);
        size_t first = 0;
        while (first < wanted.frames && fabsf(wanted.stereo[2 * first]) < 1e-5f)
            first++;
        if (start < first || heard->frames < start - first + frames)
            fail_msg("a part is missing: %zu frames from %zu", heard->frames, start);
        double db = snr_db(heard->stereo + 2 * start, wanted.stereo + 2 * first, 2 * PROBE);
        if (db > best_db) {
            struct sound whole = at_rate(&session, rate_hz, AHEAD + place, frames + AHEAD);
            size_t rest = heard->frames - (start - first);
            whole_db = snr_db(heard->stereo + 2 * (start - first), whole.stereo,
                              2 * (rest < whole.frames ? rest : whole.frames));
            sound_free(&whole);
            best_db = db;
        }
        sound_free(&wanted);
    }
    print_message("%d Hz: %.1f dB at the start, %.1f dB over all\n", rate_hz, best_db, whole_db);
    sound_free(&session);
    return whole_db > 100;
}

static bool play_at_44100(void)
{
    struct other other;
    other_open(&other, "44100", NULL);
    speaker_close(play_other(44100, 2));
    struct sound heard = other_close(&other);
    bool done = heard.stereo != NULL;
    assert_true(!done || is_heard_at(&heard, 44100));
    sound_free(&heard);
    return done;
}

static bool play_at_96000(void)
{
    struct other other;
    other_open(&other, "96000", NULL);
    speaker_close(play_other(96000, 2));
    struct sound heard = other_close(&other);
    bool done = heard.stereo != NULL;
    assert_true(!done || is_heard_at(&heard, 96000));
    sound_free(&heard);
    return done;
}

static void other_rates_are_converted(void **state)
{
    (void)state;
    recording_until_heard(play_at_44100);
    recording_until_heard(play_at_96000);
}

static bool play_in_mono(void)
{
    struct other other;
    other_open(&other, "48000", "mono");
    speaker_close(play_other(FRAME_RATE, 1));
    struct sound heard = other_close(&other);
    struct sound wanted = bed_expected(0, TOTAL_FRAMES);
    for (size_t f = 0; f < wanted.frames; f++)
        wanted.stereo[2 * f] = wanted.stereo[2 * f + 1] =
            0.5f * (wanted.stereo[2 * f] + wanted.stereo[2 * f + 1]);
    bool done = heard.stereo != NULL;
    assert_true(!done || bed_ends_in(&heard, &wanted));
    sound_free(&heard);
    sound_free(&wanted);
    return done;
}

static void one_channel_gets_the_mean(void **state)
{
    (void)state;
    recording_until_heard(play_in_mono);
}

// Resuming is exact in session frames at another rate, too.
static void killed_worker_resumes_at_another_rate(void **state)
{
    (void)state;
    bool lost;
    struct other other;
    other_open(&other, "44100", NULL);
    struct speaker *speaker = open_speaker("recorder");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    assert_int_equal(kill(bed_worker_pid(), SIGKILL), 0);
    assert_false(bed_play(speaker, -1, 5000, &lost));
    int64_t consumed = atomic_load(&speaker_ring(speaker)->consumed);
    int64_t resumed = play_rest(speaker);
    assert_int_equal(resumed, consumed - speaker_unheard_frames(speaker));
    speaker_close(speaker);
    struct sound heard = other_close(&other);
    sound_free(&heard);
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
    int64_t begun_ms = clock_ms();
    enum status status = bed_open(&speaker, &config, &error);
    int64_t took_ms = clock_ms() - begun_ms;
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
    recording_start(&recording, NULL);
    struct speaker *speaker = open_speaker("recorder");
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    bed_end(server, SIGKILL);
    int64_t killed_ms = clock_ms();
    assert_false(bed_play(speaker, -1, 5000, &lost));
    assert_true(lost);
    assert_true(clock_ms() - killed_ms < 3000);
    assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    assert_false(bed_play(speaker, -1, 10000, &lost));
    assert_true(lost);

    server = jack_start("48000");
    assert_true(server > 0);
    bed_end(recording.pid, SIGKILL);
    unlink(recording.path);
    recording_start(&recording, NULL);
    int64_t resumed = play_rest(speaker);
    speaker_close(speaker);
    return recording_is_heard(&recording, resumed, TOTAL_FRAMES);
}

static void killed_server_is_survived(void **state)
{
    (void)state;
    recording_until_heard(kill_server);
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
        cmocka_unit_test(ambiguous_device_is_an_error),
        cmocka_unit_test(other_rates_are_converted),
        cmocka_unit_test(one_channel_gets_the_mean),
        cmocka_unit_test(killed_worker_resumes_at_another_rate),
        cmocka_unit_test(no_device_is_said_quickly),
        cmocka_unit_test(killed_server_is_survived),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    bed_end(server, SIGTERM);
    return failed;
}
