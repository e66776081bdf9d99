// SPDX-License-Identifier: GPL-3.0-or-later
// The real callback of PortAudio, in the real worker, does nothing that could make it late: not on
// a JACK server, and not in a million calls by ALSA's "null" device, which takes frames as fast as
// it gets them; the same where the sound is converted to another rate or to one channel.
#include "bed.h"
#include "guard.h"

#include "clock.h"
#include "duration.h"
#include "random.h"
#include "speaker_worker.h"
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct guard *guard;

static void reset(enum guard_seed seed)
{
    atomic_store(&guard->refused_hz, 0);
    atomic_store(&guard->callbacks, 0);
    atomic_store(&guard->frames, 0);
    atomic_store(&guard->cpu_ns, 0);
    atomic_store(&guard->allocations, 0);
    atomic_store(&guard->locks, 0);
    atomic_store(&guard->system_calls, 0);
    atomic_store(&guard->seed, seed);
}

static struct speaker *open_speaker(const char *device, double latency_s, int64_t total_frames)
{
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {
        .device = device, .total_frames = total_frames, .latency_s = latency_s, .ring_s = 0.5};
    enum status status = bed_open(&speaker, &config, &error);
    if (status != STATUS_OK)
        print_error("%s\n", error.text);
    assert_int_equal(status, STATUS_OK);
    speaker_start(speaker);
    return speaker;
}

static void assert_clean(int64_t callbacks)
{
    print_message("%lld callbacks: %lld allocations, %lld locks, %lld system calls\n",
                  (long long)guard->callbacks, (long long)guard->allocations,
                  (long long)guard->locks, (long long)guard->system_calls);
    double share = (double)guard->cpu_ns * guard->rate_hz / ((double)guard->frames * 1e9);
    print_message("%.2f %% of the time that a block of %.0f frames at %d Hz lasts\n", 100 * share,
                  (double)guard->frames / (double)guard->callbacks, guard->rate_hz);
    assert_true(guard->callbacks >= callbacks);
    assert_true(share > 0 && share < 0.1);
    assert_int_equal(guard->allocations, 0);
    assert_int_equal(guard->locks, 0);
    assert_int_equal(guard->system_calls, 0);
}

// Quiet or far too loud noise, now and then bad: the limiter and the fault fade run as well.
static void write_stems(struct ring *ring, uint64_t turn)
{
    enum { BLOCK = 480 };
    float stems[BLOCK * MASTER_STEM_CHANNELS];
    if (ring_space(ring) < BLOCK)
        return;
    bed_stems(stems, (int64_t)(turn % 1000) * BLOCK, BLOCK);
    for (size_t i = 0; turn % 3 == 0 && i < BLOCK * MASTER_STEM_CHANNELS; i++)
        stems[i] *= 100;
    if (turn % 40 == 0)
        stems[5] = NAN;
    ring_write(ring, stems, BLOCK);
}

static void turn_controls(struct master_controls *controls, uint64_t turn)
{
    uint64_t bits = random_at(7, turn);
    if (turn % 16 == 0)
        atomic_store(&controls->stem_db[bits % 3], (float)(bits / 8 % 60) - 55);
    if (turn % 100 == 0)
        atomic_store(&controls->paused, (int)(bits / 8 % 3 == 0));
}

static void exercise(struct speaker *speaker, int64_t callbacks, int64_t limit_ms)
{
    int64_t begun_ms = clock_ms();
    for (uint64_t turn = 0; atomic_load(&guard->callbacks) < callbacks; turn++) {
        assert_true(clock_ms() - begun_ms < limit_ms);
        assert_true(speaker_alive(speaker));
        for (int i = 0; i < 8; i++)
            write_stems(speaker_ring(speaker), turn * 8 + (uint64_t)i);
        turn_controls(&speaker_memory(speaker)->controls, turn);
        bed_nap_ms(turn % 200 == 199 ? 60 : turn % 4 == 0); // and the ring runs empty
    }
}

static void play_on_jack(const char *device, int channels)
{
    bool lost;
    reset(GUARD_CLEAN);
    struct speaker *speaker = open_speaker(device, 0, 2 * FRAME_RATE);
    assert_string_equal(speaker_device_api(speaker), "JACK Audio Connection Kit");
    assert_int_equal(speaker_device_channels(speaker), channels);
    assert_true(bed_play(speaker, -1, 10000, &lost));
    speaker_close(speaker);
    assert_clean(10);
}

static void nothing_forbidden_on_jack(void **state)
{
    (void)state;
    play_on_jack(NULL, 2);
}

static void nothing_forbidden_in_mono(void **state)
{
    (void)state;
    char path[] = "/tmp/loosen-recording-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    const char *argv[] = {LOOSEN_RECORDER, path, "mono", NULL};
    pid_t recorder = bed_start(argv, NULL);
    assert_true(bed_wait_content(path));
    play_on_jack("recorder", 1);
    bed_end(recorder, SIGTERM);
    unlink(path);
}

static void play_a_million(int refused_hz, int rate_hz)
{
    char *before = strdup(getenv("JACK_DEFAULT_SERVER"));
    setenv("JACK_DEFAULT_SERVER", "loosen-none", 1);
    reset(GUARD_CLEAN);
    atomic_store(&guard->refused_hz, refused_hz);
    struct speaker *speaker = open_speaker(NULL, 0.001, INT64_MAX);
    setenv("JACK_DEFAULT_SERVER", before, 1);
    free(before);
    assert_int_equal(speaker_device_rate_hz(speaker), rate_hz);
    assert_int_equal(guard->rate_hz, rate_hz);
    exercise(speaker, 1000000, 90000);
    const struct master_counters *counters = &speaker_memory(speaker)->counters;
    print_message("%lld frames, %lld of the session, %lld underruns, %lld bad frames\n",
                  (long long)counters->played_frames, (long long)counters->consumed_frames,
                  (long long)counters->underruns, (long long)counters->bad_frames);
    assert_true(counters->underruns > 0 && counters->bad_frames > 0);
    assert_true(counters->limited_blocks > 0);
    speaker_close(speaker);
    assert_clean(1000000);
}

static void nothing_forbidden_in_a_million_calls(void **state)
{
    (void)state;
    play_a_million(0, FRAME_RATE);
}

// ALSA's "null" would take 48 kHz, too; its own rate is another.
static void nor_in_a_million_conversions(void **state)
{
    (void)state;
    play_a_million(FRAME_RATE, 44100);
}

static void run_seeded(enum guard_seed seed)
{
    reset(seed);
    struct speaker *speaker = open_speaker(NULL, 0, FRAME_RATE);
    for (int tries = 0; tries < 200 && guard->callbacks < 5; tries++)
        bed_nap_ms(10);
    speaker_close(speaker);
    assert_true(guard->callbacks >= 5);
}

static void seeded_violations_are_caught(void **state)
{
    (void)state;
    run_seeded(GUARD_MALLOC);
    assert_true(guard->allocations >= 10); // malloc and free
    run_seeded(GUARD_LOCK);
    assert_true(guard->locks >= 5);
    run_seeded(GUARD_WRITE);
    assert_true(guard->system_calls >= 5);
    run_seeded(GUARD_SLEEP);
    assert_true(guard->system_calls >= 5);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return guard_attach() ? speaker_worker(argc, argv) : 1;
    guard = guard_create();
    if (!guard)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeded_violations_are_caught),
        cmocka_unit_test(nothing_forbidden_on_jack),
        cmocka_unit_test(nothing_forbidden_in_mono),
        cmocka_unit_test(nothing_forbidden_in_a_million_calls),
        cmocka_unit_test(nor_in_a_million_conversions),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    guard_remove();
    return failed;
}
