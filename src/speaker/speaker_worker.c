// SPDX-License-Identifier: GPL-3.0-or-later
// The process that holds PortAudio. It opens a device, says so, and then does nothing but watch its
// socket: all sound is made in the callback. It never stops the stream nor ends PortAudio, because
// both can hang for minutes or abort when an audio server has gone: it just exits.
#include "speaker_worker.h"

#include "buffer.h"
#include "duration.h"
#include "number.h"
#include "speaker_device.h"
#include "speaker_link.h"
#include "speaker_output.h"
#include "worker.h"
#include <limits.h>
#include <pa_jack.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WATCH_MS = 100,
    SEND_DEADLINE_MS = 2000,
    ATTEMPTS = 2 * SPEAKER_DEVICE_CHOICES, // to open: two rates each
};

static const double latency_most_s = 2.0;
static const double latency_guess_s = 0.2; // when a device reports more

// One stream that was opened, or tried to. What failed to start may call back all the same, then or
// later: it finds its own output, which is never freed, and gives silence.
struct attempt {
    struct playing *playing;
    struct speaker_output *output;
    size_t frame_size; // bytes
    int rate_hz;
    PaTime block_s;       // when the device's block that is being given began
    int64_t block_frames; // of it so far
    _Atomic int given_up;
};

// All that the callback reaches. In static storage because it outlives every function: the callback
// runs until the process ends.
struct playing {
    struct master master;
    struct master_source source;
    struct speaker_memory *memory;
    struct attempt attempts[ATTEMPTS];
    int attempt_count;
};

// How a device is asked to play.
struct mode {
    PaDeviceIndex device;
    int rate_hz;
    int channels;
    double latency_s;
};

static void pull(void *context, float *stereo, size_t frames)
{
    struct playing *playing = context;
    master_callback(&playing->master, &playing->source, &playing->memory->controls,
                    &playing->memory->counters, stereo, frames);
}

// RT. PortAudio gives a long block of JACK in several calls, all at the same time.
static void note_block(struct attempt *attempt, PaTime now_s, unsigned long frames)
{
    _Atomic int64_t *most = &attempt->playing->memory->counters.block_frames;
    bool same = now_s > 0 && now_s == attempt->block_s && attempt->block_frames < attempt->rate_hz;
    attempt->block_frames = (int64_t)frames + (same ? attempt->block_frames : 0);
    attempt->block_s = now_s;
    int64_t session_frames = attempt->block_frames * FRAME_RATE / attempt->rate_hz;
    if (session_frames > atomic_load_explicit(most, memory_order_relaxed))
        atomic_store_explicit(most, session_frames, memory_order_relaxed);
}

static int callback(const void *input, void *output, unsigned long frames,
                    const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags,
                    void *context)
{
    (void)input;
    struct attempt *attempt = context;
    const struct speaker_feed renderer = {pull, attempt->playing};
    if (atomic_load_explicit(&attempt->given_up, memory_order_acquire)) {
        memset(output, 0, frames * attempt->frame_size);
        return paContinue;
    }
    if (flags & paOutputUnderflow)
        atomic_fetch_add_explicit(&attempt->playing->memory->counters.device_underruns, 1,
                                  memory_order_relaxed);
    note_block(attempt, time->currentTime, frames);
    speaker_output_render(attempt->output, &renderer, output, frames);
    return paContinue;
}

// Map the player's memory; false unless a whole ring is in it.
static bool map_memory(struct playing *playing)
{
    struct stat info;
    if (fstat(WORKER_EXTRA, &info) != 0 ||
        (size_t)info.st_size < speaker_ring_offset() + ring_size(0, 0))
        return false;
    size_t size = (size_t)info.st_size;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_EXTRA, 0);
    if (memory == MAP_FAILED)
        return false;
    struct ring *ring = (struct ring *)(void *)(memory + speaker_ring_offset());
    playing->memory = (struct speaker_memory *)(void *)memory;
    playing->source = (struct master_source){ring, playing->memory->total_frames,
                                             &playing->memory->controls.later_frames};
    master_init(&playing->master);
    return ring->channels == MASTER_STEM_CHANNELS &&
           size == speaker_ring_offset() + ring_size(ring->channels, ring->capacity);
}

static PaError open_stream(PaStream **stream, const struct mode *mode, struct playing *playing)
{
    const PaStreamParameters output = {
        .device = mode->device,
        .channelCount = mode->channels,
        .sampleFormat = paFloat32,
        .suggestedLatency = mode->latency_s,
    };
    struct attempt *attempt = &playing->attempts[playing->attempt_count++];
    attempt->playing = playing;
    attempt->frame_size = (size_t)mode->channels * sizeof(float);
    attempt->rate_hz = mode->rate_hz;
    if (speaker_output_new(&attempt->output, mode->rate_hz, mode->channels, NULL) != STATUS_OK)
        return paInvalidSampleRate;
    PaError failure = Pa_OpenStream(stream, NULL, &output, mode->rate_hz,
                                    paFramesPerBufferUnspecified, paClipOff, callback, attempt);
    if (failure == paNoError)
        failure = Pa_StartStream(*stream);
    if (failure != paNoError)
        atomic_store_explicit(&attempt->given_up, 1, memory_order_release);
    return failure;
}

// At the session's rate if the device takes it, else at the device's own.
static PaError open_mode(PaStream **stream, struct mode *mode, struct playing *playing)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(mode->device);
    mode->rate_hz = FRAME_RATE;
    mode->channels = info->maxOutputChannels < 2 ? 1 : 2;
    PaError failure = open_stream(stream, mode, playing);
    if (failure != paInvalidSampleRate || info->defaultSampleRate == FRAME_RATE)
        return failure;
    mode->rate_hz = (int)info->defaultSampleRate;
    return open_stream(stream, mode, playing);
}

static void explain(struct error *error, const struct mode *mode, PaError failure)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(mode->device);
    if (failure == paInvalidSampleRate)
        error_set(error, STATUS_NO_DEVICE,
                  "%s does not even play at %d Hz, the rate that it prefers", info->name,
                  mode->rate_hz);
    else
        error_set(error, STATUS_NO_DEVICE, "cannot play on %s: %s", info->name,
                  Pa_GetErrorText(failure));
}

// Try the choices in turn, until one plays, in `mode`; else `error` is about the best.
static enum status open_device(PaStream **stream, const char *name, struct mode *mode,
                               struct playing *playing, struct error *error)
{
    PaDeviceIndex choices[SPEAKER_DEVICE_CHOICES];
    int count = speaker_device_choose(choices, name, error);
    for (int i = 0; i < count; i++) {
        mode->device = choices[i];
        PaError failure = open_mode(stream, mode, playing);
        if (failure == paNoError)
            return STATUS_OK;
        if (i == 0)
            explain(error, mode, failure);
    }
    return STATUS_NO_DEVICE;
}

// Some servers report nonsense (90,000 s: a negative number, under PipeWire's JACK).
static int32_t latency_frames(PaStream *stream)
{
    const PaStreamInfo *info = Pa_GetStreamInfo(stream);
    double latency_s = info ? info->outputLatency : 0;
    if (latency_s > latency_most_s)
        latency_s = latency_guess_s;
    return latency_s > 0 ? (int32_t)(latency_s * FRAME_RATE) : 0;
}

static enum status send_opened(PaStream *stream, const struct mode *mode,
                               const struct speaker_output *output)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(mode->device);
    struct speaker_opened opened = {
        .latency_frames = latency_frames(stream) + speaker_output_delay_frames(output),
        .rate_hz = mode->rate_hz,
        .channels = mode->channels,
    };
    strncpy(opened.name, info->name, sizeof opened.name - 1);
    strncpy(opened.api, Pa_GetHostApiInfo(info->hostApi)->name, sizeof opened.api - 1);
    return message_send(WORKER_SOCKET, SPEAKER_OPENED, &opened, sizeof opened, SEND_DEADLINE_MS,
                        NULL);
}

// Until the player has gone or the stream has ended by itself.
static void watch(PaStream *stream)
{
    struct pollfd socket = {.fd = WORKER_SOCKET, .events = POLLIN};
    while (poll(&socket, 1, WATCH_MS) == 0)
        if (Pa_IsStreamActive(stream) != 1)
            return;
}

static int fail(const struct error *error)
{
    message_send(WORKER_SOCKET, SPEAKER_FAILED, error, sizeof *error, SEND_DEADLINE_MS, NULL);
    return 1;
}

static int play(double latency_s, const char *name)
{
    static struct playing playing;
    struct error error = {.status = STATUS_OK};
    if (!map_memory(&playing)) {
        error_set(&error, STATUS_NO_DEVICE, "the speaker process got no memory to play from");
        return fail(&error);
    }
    PaStream *stream = NULL;
    struct mode mode = {.latency_s = latency_s};
    if (open_device(&stream, name, &mode, &playing, &error) != STATUS_OK)
        return fail(&error);
    const struct attempt *last = &playing.attempts[playing.attempt_count - 1];
    if (send_opened(stream, &mode, last->output) != STATUS_OK)
        return 1;
    watch(stream);
    return 0;
}

static int list(void)
{
    struct buffer lines = BUFFER_INIT;
    speaker_device_list(&lines);
    size_t size = lines.size < SPEAKER_LIST_SIZE ? lines.size : SPEAKER_LIST_SIZE;
    enum status status =
        message_send(WORKER_SOCKET, SPEAKER_DEVICES, lines.data, size, SEND_DEADLINE_MS, NULL);
    buffer_free(&lines);
    return status != STATUS_OK;
}

static int run(int argc, char **argv)
{
    PaError failure = PaJack_SetClientName("loosen");
    if (failure == paNoError)
        failure = Pa_Initialize();
    if (failure != paNoError) {
        struct error error = {.status = STATUS_OK};
        error_set(&error, STATUS_NO_DEVICE, "the audio system does not start: %s",
                  Pa_GetErrorText(failure));
        return fail(&error);
    }
    if (argc >= 4 && strcmp(argv[3], SPEAKER_LIST) == 0)
        return list();
    int64_t latency_ms = 0; // the least, where none is asked for
    if (argc >= 5)
        (void)number_whole(text_from(argv[4]), 0, INT_MAX, &latency_ms);
    return play((double)latency_ms / 1000, argc >= 6 ? argv[5] : NULL);
}

// Without exit handlers: those of audio libraries wait for their servers.
int speaker_worker(int argc, char **argv)
{
    _exit(run(argc, argv));
}
