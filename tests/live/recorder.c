// SPDX-License-Identifier: GPL-3.0-or-later
// A JACK client that writes everything a player sends to the loudspeaker into a file: interleaved
// stereo float, no header, from the moment this client runs until SIGTERM. Usage: recorder FILE
// [mono]. With "mono" it is a loudspeaker of one channel, which is written to both.
//
// It connects itself to the first two output ports of every client other than the server's own and
// itself, as soon as they exist. Exit code 0: complete; 3: the server was late once, so that a
// period may be missing through no fault of the player's; 1: frames were lost here.
#include <errno.h>
#include <jack/jack.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHANNELS = 2, QUEUE_FRAMES = 1 << 19, POLL_MS = 2 };

struct recorder {
    jack_client_t *client;
    jack_port_t *ports[CHANNELS];
    int channels; // of the ports
    float *queue; // QUEUE_FRAMES frames
    _Atomic size_t queued;
    _Atomic size_t written;
    _Atomic bool lost;
    _Atomic bool late;
    FILE *file;
};

static int process(jack_nframes_t frames, void *context)
{
    struct recorder *recorder = context;
    const float *left = jack_port_get_buffer(recorder->ports[0], frames);
    const float *right = jack_port_get_buffer(recorder->ports[recorder->channels - 1], frames);
    size_t queued = atomic_load(&recorder->queued);
    if (queued + frames - atomic_load(&recorder->written) > QUEUE_FRAMES) {
        atomic_store(&recorder->lost, true);
        return 0;
    }
    for (jack_nframes_t f = 0; f < frames; f++) {
        float *to = recorder->queue + CHANNELS * ((queued + f) % QUEUE_FRAMES);
        to[0] = left[f];
        to[1] = right[f];
    }
    atomic_store(&recorder->queued, queued + frames);
    return 0;
}

static int on_xrun(void *context)
{
    struct recorder *recorder = context;
    atomic_store(&recorder->late, true);
    return 0;
}

static bool drain(struct recorder *recorder)
{
    size_t queued = atomic_load(&recorder->queued);
    for (size_t f = atomic_load(&recorder->written); f < queued; f++) {
        const float *from = recorder->queue + CHANNELS * (f % QUEUE_FRAMES);
        if (fwrite(from, sizeof(float), CHANNELS, recorder->file) != CHANNELS)
            return false;
    }
    atomic_store(&recorder->written, queued);
    return true;
}

static void connect_players(struct recorder *recorder)
{
    const char **ports =
        jack_get_ports(recorder->client, NULL, JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput);
    int found = 0;
    for (size_t i = 0; ports && ports[i] && found < recorder->channels; i++) {
        if (strncmp(ports[i], "system:", 7) == 0)
            continue;
        jack_port_t *port = recorder->ports[found++];
        if (!jack_port_connected_to(port, ports[i]))
            jack_connect(recorder->client, ports[i], jack_port_name(port));
    }
    if (ports)
        jack_free(ports);
}

// Like a sound card: players take a port's latency of 0 for a loop of infinite length.
static void on_latency(jack_latency_callback_mode_t mode, void *context)
{
    struct recorder *recorder = context;
    jack_nframes_t frames = 2 * jack_get_buffer_size(recorder->client);
    jack_latency_range_t range = {frames, frames};
    for (int i = 0; i < recorder->channels && mode == JackPlaybackLatency; i++)
        jack_port_set_latency_range(recorder->ports[i], mode, &range);
}

static bool open_client(struct recorder *recorder)
{
    recorder->client = jack_client_open("recorder", JackNoStartServer, NULL);
    if (!recorder->client)
        return false;
    static const char *const names[CHANNELS] = {"in_1", "in_2"};
    for (int i = 0; i < recorder->channels; i++) {
        recorder->ports[i] = jack_port_register(recorder->client, names[i], JACK_DEFAULT_AUDIO_TYPE,
                                                JackPortIsInput, 0);
        if (!recorder->ports[i])
            return false;
    }
    return jack_set_process_callback(recorder->client, process, recorder) == 0 &&
           jack_set_xrun_callback(recorder->client, on_xrun, recorder) == 0 &&
           jack_set_latency_callback(recorder->client, on_latency, recorder) == 0 &&
           jack_activate(recorder->client) == 0;
}

// Until SIGTERM or SIGINT, which are blocked: JACK's own calls do not like to be interrupted.
static bool record(struct recorder *recorder, const sigset_t *ends)
{
    const struct timespec nap = {.tv_nsec = POLL_MS * 1000000};
    do {
        connect_players(recorder);
        if (!drain(recorder))
            return false;
    } while (sigtimedwait(ends, NULL, &nap) < 0);
    return drain(recorder);
}

int main(int argc, char **argv)
{
    static struct recorder recorder;
    bool mono = argc == 3 && strcmp(argv[2], "mono") == 0;
    if (argc != 2 && !mono)
        return 2;
    recorder.channels = mono ? 1 : CHANNELS;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    recorder.queue = calloc(QUEUE_FRAMES, CHANNELS * sizeof(float));
    recorder.file = fopen(argv[1], "wb");
    if (!recorder.queue || !recorder.file) {
        fprintf(stderr, "recorder: cannot write %s: %s\n", argv[1], strerror(errno));
        return 1;
    }
    bool good = open_client(&recorder) && record(&recorder, &ends);
    good = fclose(recorder.file) == 0 && good && !atomic_load(&recorder.lost);
    if (!good)
        fprintf(stderr, "recorder: the recording is not complete\n");
    return !good ? 1 : atomic_load(&recorder.late) ? 3 : 0;
}
