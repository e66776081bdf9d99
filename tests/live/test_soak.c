// SPDX-License-Identifier: GPL-3.0-or-later
// A long session through the real worker, PortAudio and ALSA's "null" device, which takes frames as
// fast as it gets them: every sample of every callback is the one it should be, from the first
// frame to the last, and neither process grows.
//
//   test_soak [HOURS]    of session; 1 if not told
#include "bed.h"
#include "clock.h"
#include "speaker_link.h"

#include "duration.h"
#include "speaker_worker.h"
#include "worker.h"
#include <portaudio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    BLOCK = 2400,
    WAIT_MOST = 100000,        // naps in a callback
    GROWTH_MOST = 1 << 20,     // bytes
    LIMIT_MS = 20 * 60 * 1000, // a bound against hanging
};

static double hours = 1;

// ---- The session --------------------------------------------------------------------------------

// A value for each frame, an event every second: all that the sum of the stems needs to be exact.
static void make_stems(float stems[MASTER_STEM_CHANNELS], int64_t frame)
{
    uint32_t bits = (uint32_t)frame * 2654435761u + (uint32_t)(frame >> 32);
    float value = (float)((int32_t)bits >> 8) * 0x1p-27f;
    stems[0] = value;
    stems[1] = -value;
    stems[2] = stems[3] = 0.25f * value;
    stems[4] = stems[5] = frame % FRAME_RATE == 0 ? 0.25f : 0.0f;
}

static int64_t first_frame(void)
{
    return ((int64_t)1 << 31) - (int64_t)(hours * 1800 * FRAME_RATE); // 32 bits overflow half way
}

static int64_t total_frames(void)
{
    return first_frame() + (int64_t)(hours * 3600 * FRAME_RATE);
}

// ---- In the worker ------------------------------------------------------------------------------

static struct {
    PaStreamCallback *callback;
    void *context;
    struct ring *ring; // the player's, mapped once more
    int64_t start_frame;
    int64_t total_frames;
} watched;

static bool map_ring(void)
{
    struct stat info;
    if (fstat(WORKER_EXTRA, &info) != 0)
        return false;
    char *memory = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, WORKER_EXTRA, 0);
    if (memory == MAP_FAILED)
        return false;
    watched.ring = (struct ring *)(void *)(memory + speaker_ring_offset());
    watched.start_frame = atomic_load(&watched.ring->consumed);
    watched.total_frames = ((struct speaker_memory *)(void *)memory)->total_frames;
    return true;
}

// An unpaced device would outrun any player: wait until the ring holds what the block takes.
static void wait_for_frames(unsigned long frames)
{
    const struct timespec nap = {.tv_nsec = 20000};
    for (int naps = 0; naps < WAIT_MOST; naps++) {
        int64_t written = atomic_load(&watched.ring->written);
        if (written >= watched.total_frames || written - atomic_load(&watched.ring->consumed) >=
                                                   (int64_t)frames + MASTER_REFILL_FRAMES)
            return;
        nanosleep(&nap, NULL);
    }
}

// The session `frame` behind the look-ahead, once the rise at the start is over.
static bool is_exact(int64_t frame, const float *stereo)
{
    float stems[MASTER_STEM_CHANNELS] = {0};
    if (frame < watched.start_frame + MASTER_RISE_FRAMES)
        return true;
    if (frame < watched.total_frames)
        make_stems(stems, frame);
    return stereo[0] == stems[0] + stems[2] + stems[4] &&
           stereo[1] == stems[1] + stems[3] + stems[5];
}

static int call_watched(const void *input, void *output, unsigned long frames,
                        const PaStreamCallbackTimeInfo *when, PaStreamCallbackFlags flags,
                        void *context)
{
    (void)context;
    wait_for_frames(frames);
    int64_t from = atomic_load(&watched.ring->consumed);
    int result = watched.callback(input, output, frames, when, flags, watched.context);
    if (atomic_load(&watched.ring->consumed) == from)
        return result; // not started, or after the end
    const float *stereo = output;
    for (unsigned long f = 0; f < frames; f++)
        if (!is_exact(from + (int64_t)f - master_latency_frames(), stereo + 2 * f))
            _exit(1);
    return result;
}

PaError __real_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);
PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);

PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context)
{
    watched.callback = callback;
    watched.context = context;
    if (!map_ring())
        return paInternalError;
    return __real_Pa_OpenStream(stream, input, output, rate, frames, flags, call_watched, NULL);
}

// ---- The player ---------------------------------------------------------------------------------

static int64_t resident_bytes(pid_t pid)
{
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    FILE *file = fopen(path, "r");
    int found = file ? fscanf(file, "%*d %ld", &pages) : 0;
    if (file)
        fclose(file);
    assert_int_equal(found, 1);
    return pages * sysconf(_SC_PAGESIZE);
}

static struct speaker *open_speaker(void)
{
    struct speaker *speaker = NULL;
    const struct speaker_config config = {.start_frame = first_frame(),
                                          .total_frames = total_frames()};
    assert_int_equal(bed_open(&speaker, &config, NULL), STATUS_OK);
    speaker_start(speaker);
    return speaker;
}

// True when there was nothing to do.
static bool write_some(struct ring *ring, int64_t wrong_frame)
{
    static float stems[BLOCK * MASTER_STEM_CHANNELS];
    int64_t written = atomic_load(&ring->written);
    int64_t left = total_frames() - written;
    size_t frames = left < BLOCK ? (size_t)left : BLOCK;
    if (frames == 0 || ring_space(ring) < frames)
        return true;
    for (size_t f = 0; f < frames; f++) {
        make_stems(stems + f * MASTER_STEM_CHANNELS, written + (int64_t)f);
        if (written + (int64_t)f == wrong_frame)
            stems[f * MASTER_STEM_CHANNELS] += 0x1p-27f;
    }
    ring_write(ring, stems, frames);
    return false;
}

// Play to the end; false when the worker went.
static bool play(struct speaker *speaker, int64_t until_frame, int64_t wrong_frame)
{
    const struct timespec nap = {.tv_nsec = 50000};
    struct ring *ring = speaker_ring(speaker);
    int64_t begun_ms = clock_ms(), looked_ms = begun_ms;
    while (until_frame < 0 ? !speaker_finished(speaker)
                           : atomic_load(&ring->consumed) < until_frame) {
        if (write_some(ring, wrong_frame))
            nanosleep(&nap, NULL);
        if (clock_ms() - looked_ms < 50)
            continue;
        looked_ms = clock_ms();
        assert_true(looked_ms - begun_ms < LIMIT_MS);
        if (!speaker_alive(speaker))
            return false;
    }
    return true;
}

static void every_sample_is_right_and_memory_stays(void **state)
{
    (void)state;
    struct speaker *speaker = open_speaker();
    const struct master_counters *counters = &speaker_memory(speaker)->counters;
    int64_t begun_ms = clock_ms();
    assert_true(play(speaker, first_frame() + (total_frames() - first_frame()) / 20, -1));
    pid_t worker = bed_worker_pid();
    int64_t own = resident_bytes(getpid()), workers = resident_bytes(worker);
    assert_true(play(speaker, -1, -1));
    int64_t own_growth = resident_bytes(getpid()) - own;
    int64_t worker_growth = resident_bytes(worker) - workers;
    print_message("%.2f h in %.1f s, %lld underruns; memory grew by %lld and %lld bytes\n", hours,
                  (double)(clock_ms() - begun_ms) / 1000, (long long)counters->underruns,
                  (long long)own_growth, (long long)worker_growth);
    assert_int_equal(counters->consumed_frames, total_frames());
    assert_int_equal(counters->underruns, 0);
    assert_int_equal(counters->bad_frames, 0);
    assert_true(own_growth <= GROWTH_MOST && worker_growth <= GROWTH_MOST);
    speaker_close(speaker);
}

// What the test above relies upon: one sample that is wrong by its last bit ends the worker.
static void one_wrong_bit_is_found(void **state)
{
    (void)state;
    struct speaker *speaker = open_speaker();
    assert_false(play(speaker, -1, first_frame() + 100000));
    assert_true(speaker_memory(speaker)->counters.consumed_frames < first_frame() + 200000);
    speaker_close(speaker);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return speaker_worker(argc, argv);
    if (argc == 2)
        hours = strtod(argv[1], NULL);
    setenv("JACK_DEFAULT_SERVER", "loosen-none", 1);
    setenv("ALSA_CONFIG_PATH", LOOSEN_SOURCE_DIR "/tests/live/asound_null.conf", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_wrong_bit_is_found),
        cmocka_unit_test(every_sample_is_right_and_memory_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
