// SPDX-License-Identifier: GPL-3.0-or-later
// What drivers do when they are bad: a stream that does not start and calls back all the same, a
// worker that outlives its killing. On a real JACK server (see with_jack.sh).
#include "jack_bed.h"

#include "duration.h"
#include "speaker_worker.h"
#include "worker.h"
#include <fcntl.h>
#include <portaudio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#define TOTAL_FRAMES ((int64_t)3 * FRAME_RATE + 777)

// What the worker is to suffer, and what it says of it: in a file that the two share, named by a
// variable that workers get and nothing here reads.
#define FAULT_VARIABLE "AUDIODEV"

struct fault {
    _Atomic int fails_to_start; // streams; they play nevertheless
    _Atomic int leaves_group;   // of processes that are killed
    _Atomic int64_t calls;      // of the callback of what failed to start
    _Atomic int64_t loud_calls; // of these, in which it gave sound
};

static struct fault *fault;

static void map_fault(int fd)
{
    void *memory = MAP_FAILED;
    if (fd >= 0 && ftruncate(fd, sizeof *fault) == 0)
        memory = mmap(NULL, sizeof *fault, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        exit(1);
    fault = memory;
}

// ---- In the worker ------------------------------------------------------------------------------

// The stream that was opened last, and the one that was said not to start.
static struct stream {
    PaStreamCallback *callback;
    void *context;
} opened, refused;

PaError __real_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);
PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context);
PaError __real_Pa_StartStream(PaStream *stream);
PaError __wrap_Pa_StartStream(PaStream *stream);

static int call_refused(const void *input, void *output, unsigned long frames,
                        const PaStreamCallbackTimeInfo *when, PaStreamCallbackFlags flags,
                        void *context)
{
    (void)context;
    int result = refused.callback(input, output, frames, when, flags, refused.context);
    const float *stereo = output;
    atomic_fetch_add(&fault->calls, 1);
    for (unsigned long i = 0; i < 2 * frames; i++)
        if (stereo[i] != 0.0f) {
            atomic_fetch_add(&fault->loud_calls, 1);
            break;
        }
    return result;
}

// When there is something to play, so that what was refused could take it away.
static int call_both(const void *input, void *output, unsigned long frames,
                     const PaStreamCallbackTimeInfo *when, PaStreamCallbackFlags flags,
                     void *context)
{
    (void)context;
    static float scratch[2 * FRAME_RATE];
    if (frames <= FRAME_RATE)
        call_refused(input, scratch, frames, when, flags, NULL);
    return opened.callback(input, output, frames, when, flags, opened.context);
}

PaError __wrap_Pa_OpenStream(PaStream **stream, const PaStreamParameters *input,
                             const PaStreamParameters *output, double rate, unsigned long frames,
                             PaStreamFlags flags, PaStreamCallback *callback, void *context)
{
    opened.callback = callback;
    opened.context = context;
    if (atomic_load(&fault->fails_to_start) > 0) {
        refused = opened;
        callback = call_refused;
    } else if (refused.callback)
        callback = call_both;
    return __real_Pa_OpenStream(stream, input, output, rate, frames, flags, callback, context);
}

PaError __wrap_Pa_StartStream(PaStream *stream)
{
    PaError failure = __real_Pa_StartStream(stream);
    if (failure != paNoError || atomic_load(&fault->fails_to_start) == 0)
        return failure;
    atomic_fetch_sub(&fault->fails_to_start, 1);
    return paUnanticipatedHostError;
}

static int suffer(int argc, char **argv)
{
    const char *path = getenv(FAULT_VARIABLE);
    map_fault(path ? open(path, O_RDWR) : -1);
    if (atomic_load(&fault->leaves_group) && setpgid(0, getpgid(getppid())) != 0)
        return 1;
    return speaker_worker(argc, argv);
}

// ---- The tests ----------------------------------------------------------------------------------

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

// The session plays on the next device, and nothing of it is taken by the one that did not start,
// although that calls back all the time: JACK does by itself, and beside every block of the other.
static void the_next_device_plays_instead(void **state)
{
    (void)state;
    bool lost;
    atomic_store(&fault->fails_to_start, 1);
    struct speaker *speaker = open_speaker(NULL);
    assert_int_equal(atomic_load(&fault->fails_to_start), 0);
    assert_string_equal(speaker_device_api(speaker), "ALSA");
    speaker_start(speaker);
    int64_t begun_calls = atomic_load(&fault->calls);
    assert_true(bed_play(speaker, -1, 15000, &lost));
    assert_int_equal(atomic_load(&speaker_memory(speaker)->counters.consumed_frames), TOTAL_FRAMES);
    speaker_close(speaker);
    assert_true(atomic_load(&fault->calls) > begun_calls + TOTAL_FRAMES / FRAME_RATE);
    assert_int_equal(atomic_load(&fault->loud_calls), 0);
}

static void a_device_that_does_not_start_is_told(void **state)
{
    (void)state;
    struct speaker *speaker = NULL;
    struct error error;
    const struct speaker_config config = {.device = "system", .total_frames = TOTAL_FRAMES};
    atomic_store(&fault->fails_to_start, 1);
    assert_int_equal(bed_open(&speaker, &config, &error), STATUS_NO_DEVICE);
    assert_string_equal(error.text, "cannot play on system: Unanticipated host error");
    assert_null(speaker);
}

// It stands still, as in a driver, and is not reached by what kills it: as long as it is there no
// other worker takes the ring. Then the session goes on at its place.
static bool outlive_killing(void)
{
    bool lost;
    struct error error;
    struct recording recording;
    recording_start(&recording, NULL);
    atomic_store(&fault->leaves_group, 1);
    struct speaker *speaker = open_speaker("recorder");
    atomic_store(&fault->leaves_group, 0);
    struct ring *ring = speaker_ring(speaker);
    speaker_start(speaker);
    assert_true(bed_play(speaker, FRAME_RATE, 5000, &lost));
    pid_t worker = bed_worker_pid();
    assert_int_equal(kill(worker, SIGSTOP), 0);
    assert_false(bed_play(speaker, -1, 10000, &lost));
    assert_true(lost);
    int64_t consumed = atomic_load(&ring->consumed), written = atomic_load(&ring->written);
    for (int tries = 0; tries < 3; tries++) {
        assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
        assert_false(speaker_alive(speaker));
        assert_int_equal(bed_worker_pid(), worker);
        assert_int_equal(atomic_load(&ring->consumed), consumed);
        assert_int_equal(atomic_load(&ring->written), written);
    }
    assert_int_equal(kill(worker, SIGKILL), 0);
    for (int naps = 0; naps < 1000 && atomic_load(&ring->consumed) == consumed; naps++) {
        bed_nap_ms(5);
        assert_int_equal(speaker_respawn(speaker, &error), STATUS_OK);
    }
    int64_t resumed = atomic_load(&ring->written);
    assert_int_equal(resumed, consumed - speaker_unheard_frames(speaker));
    assert_true(bed_play(speaker, -1, 15000, &lost));
    speaker_close(speaker);
    return recording_is_heard(&recording, resumed, TOTAL_FRAMES);
}

static void a_worker_that_does_not_end_keeps_the_ring(void **state)
{
    (void)state;
    recording_until_heard(outlive_killing);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--worker") == 0)
        return suffer(argc, argv);
    char path[] = "/tmp/loosen-fault-XXXXXX";
    map_fault(mkstemp(path));
    setenv(FAULT_VARIABLE, path, 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_device_plays_instead),
        cmocka_unit_test(a_device_that_does_not_start_is_told),
        cmocka_unit_test(a_worker_that_does_not_end_keeps_the_ring),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (bed_worker_pid() > 0) // after a failure
        kill(bed_worker_pid(), SIGKILL);
    unlink(path);
    return failed;
}
