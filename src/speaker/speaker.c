// SPDX-License-Identifier: GPL-3.0-or-later
// The player's side of the speaker: it starts the worker and shares a ring with it.
// Linux: memfd_create, file seals.
#define _GNU_SOURCE
#include "speaker.h"
#include "clock.h"
#include "speaker_link.h"

#include "duration.h"
#include "speaker_spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    STILL_DEADLINE_MS = 2500,  // without a frame given to the device
    UNWATCHED_MS = 1000,       // between two looks: we were stopped ourselves, so look again first
    MESSAGE_DEADLINE_MS = 100, // for the rest of a message that has begun to arrive
    SERVER_MS = 50,            // held by a sound server beyond the latency that it tells
    TAIL_MS = 300,             // of silence beyond the device's latency before it is stopped
    LATENCY_MOST = 2 * FRAME_RATE,
};

static const double default_latency_s = 0.5;
static const double default_ring_s = 2.0;

struct speaker {
    struct worker worker;
    pid_t left; // a worker that was killed and does not end: it may still use the memory; 0: none
    int memory_fd; // -1: none
    size_t memory_size;
    struct speaker_memory *memory; // mapped; NULL: none
    struct ring *ring;             // inside `memory`
    char *device;                  // owned; NULL: the default
    int latency_ms;                // asked for
    bool opened;                   // by the present worker
    struct speaker_opened info;    // of the last worker that opened
    int64_t start_frame;           // of the present worker
    int64_t begun_ms;              // when the present worker was started
    int64_t looked_ms;             // when speaker_alive last looked
    int64_t moved_ms;              // when it last saw a frame played
    int64_t played_frames;         // as it saw then
};

// ---- Shared memory ------------------------------------------------------------------------------

// A worker that went wrong must not be able to shrink the memory under the player.
static enum status create_memory(struct speaker *speaker, uint32_t ring_frames, struct error *error)
{
    speaker->memory_size = speaker_ring_offset() + ring_size(MASTER_STEM_CHANNELS, ring_frames);
    speaker->memory_fd = memfd_create("loosen speaker", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (speaker->memory_fd < 0)
        return error_set(error, STATUS_IO, "cannot share memory: %s", strerror(errno));
    if (ftruncate(speaker->memory_fd, (off_t)speaker->memory_size) != 0 ||
        fcntl(speaker->memory_fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0)
        return error_set(error, STATUS_IO, "cannot share memory: %s", strerror(errno));
    void *memory =
        mmap(NULL, speaker->memory_size, PROT_READ | PROT_WRITE, MAP_SHARED, speaker->memory_fd, 0);
    if (memory == MAP_FAILED)
        return error_set(error, STATUS_NO_MEMORY, "cannot share memory: %s", strerror(errno));
    speaker->memory = memory;
    speaker->ring = (struct ring *)(void *)((char *)memory + speaker_ring_offset());
    return STATUS_OK;
}

static void init_memory(struct speaker *speaker, const struct speaker_config *config,
                        uint32_t ring_frames)
{
    master_controls_init(&speaker->memory->controls);
    master_counters_init(&speaker->memory->counters);
    atomic_store(&speaker->memory->counters.consumed_frames, config->start_frame);
    speaker->memory->total_frames = config->total_frames;
    ring_init(speaker->ring, MASTER_STEM_CHANNELS, ring_frames, config->start_frame);
}

// ---- The worker ---------------------------------------------------------------------------------

static enum status start_worker(struct speaker *speaker, struct error *error)
{
    char latency[16];
    snprintf(latency, sizeof latency, "%d", speaker->latency_ms);
    const char *args[] = {SPEAKER_PLAY, latency, speaker->device, NULL};
    speaker->opened = false;
    speaker->begun_ms = clock_ms();
    speaker->looked_ms = speaker->begun_ms;
    return speaker_spawn(&speaker->worker, args, speaker->memory_fd, error);
}

// False while a worker may still use the memory.
static bool stop_worker(struct speaker *speaker)
{
    pid_t left = worker_kill(&speaker->worker);
    if (left)
        speaker->left = left;
    else if (speaker->left && worker_is_gone(speaker->left))
        speaker->left = 0;
    return speaker->left == 0;
}

static enum status accept_opened(struct speaker *speaker, const struct speaker_opened *info)
{
    speaker->info = *info;
    speaker->info.name[SPEAKER_NAME_SIZE - 1] = '\0';
    speaker->info.api[SPEAKER_NAME_SIZE - 1] = '\0';
    if (speaker->info.latency_frames < 0)
        speaker->info.latency_frames = 0;
    if (speaker->info.latency_frames > LATENCY_MOST)
        speaker->info.latency_frames = LATENCY_MOST;
    speaker->opened = true;
    speaker->moved_ms = clock_ms();
    speaker->played_frames = atomic_load(&speaker->memory->counters.played_frames);
    return STATUS_OK;
}

// What a worker says when it gives up: no farther than its text is it believed.
static enum status accept_failed(const struct error *failure, struct error *error)
{
    return error_set(error, STATUS_NO_DEVICE, "%.*s", (int)sizeof failure->text - 1, failure->text);
}

// One message of the worker. Anything but SPEAKER_OPENED means that it is of no more use.
static enum status hear(struct speaker *speaker, int deadline_ms, struct error *error)
{
    union {
        struct speaker_opened opened;
        struct error failure;
    } message;
    uint32_t type = 0;
    size_t size = 0;
    enum status status = message_receive(speaker->worker.socket, &type, &message, sizeof message,
                                         &size, deadline_ms, NULL);
    if (status == STATUS_OK && type == SPEAKER_OPENED && size == sizeof message.opened)
        return accept_opened(speaker, &message.opened);
    if (status == STATUS_OK && type == SPEAKER_FAILED && size == sizeof message.failure)
        return accept_failed(&message.failure, error);
    return error_set(error, STATUS_NO_DEVICE,
                     status == STATUS_TIMEOUT ? "the audio system does not answer"
                                              : "the audio system failed");
}

// ---- The player's side --------------------------------------------------------------------------

static enum status open_all(struct speaker *speaker, const struct speaker_config *config,
                            struct error *error)
{
    double latency_s = config->latency_s > 0 ? config->latency_s : default_latency_s;
    double ring_s = config->ring_s > 0 ? config->ring_s : default_ring_s;
    uint32_t ring_frames = (uint32_t)(ring_s * FRAME_RATE);
    speaker->latency_ms = (int)(latency_s * 1000);
    speaker->start_frame = config->start_frame;
    if (config->device) {
        speaker->device = strdup(config->device);
        if (!speaker->device)
            return error_no_memory(error);
    }
    enum status status = create_memory(speaker, ring_frames, error);
    if (status != STATUS_OK)
        return status;
    init_memory(speaker, config, ring_frames);
    return start_worker(speaker, error);
}

enum status speaker_open(struct speaker **speaker, const struct speaker_config *config,
                         struct error *error)
{
    struct speaker *made = calloc(1, sizeof *made);
    if (!made)
        return error_no_memory(error);
    made->memory_fd = -1;
    made->worker = WORKER_INIT;
    enum status status = open_all(made, config, error);
    if (status == STATUS_OK)
        *speaker = made;
    else
        speaker_close(made);
    return status;
}

bool speaker_is_open(const struct speaker *speaker)
{
    return speaker->opened;
}

struct speaker_memory *speaker_memory(struct speaker *speaker)
{
    return speaker->memory;
}

struct ring *speaker_ring(struct speaker *speaker)
{
    return speaker->ring;
}

const char *speaker_device_name(const struct speaker *speaker)
{
    return speaker->info.name;
}

const char *speaker_device_api(const struct speaker *speaker)
{
    return speaker->info.api;
}

int speaker_device_rate_hz(const struct speaker *speaker)
{
    return speaker->info.rate_hz;
}

int speaker_device_channels(const struct speaker *speaker)
{
    return speaker->info.channels;
}

int speaker_latency_frames(const struct speaker *speaker)
{
    return speaker->info.latency_frames;
}

void speaker_set_total(struct speaker *speaker, int64_t total_frames)
{
    atomic_store(&speaker->memory->controls.later_frames,
                 total_frames - speaker->memory->total_frames);
}

int64_t speaker_total(const struct speaker *speaker)
{
    return speaker->memory->total_frames + atomic_load(&speaker->memory->controls.later_frames);
}

void speaker_start(struct speaker *speaker)
{
    atomic_store_explicit(&speaker->memory->controls.started, 1, memory_order_release);
}

static bool has_message(const struct worker *worker, int wait_ms)
{
    struct pollfd one = {.fd = worker->socket, .events = POLLIN};
    return poll(&one, 1, wait_ms) > 0;
}

enum status speaker_wait(struct speaker *speaker, int wait_ms, struct error *error)
{
    if (speaker->opened)
        return STATUS_OK;
    if (has_message(&speaker->worker, wait_ms))
        return hear(speaker, MESSAGE_DEADLINE_MS, error);
    if (clock_ms() - speaker->begun_ms < SPEAKER_OPEN_MS)
        return error_set(error, STATUS_TIMEOUT, "the audio system has not answered yet");
    return error_set(error, STATUS_NO_DEVICE, "the audio system does not answer");
}

static bool is_moving(struct speaker *speaker, int64_t now_ms)
{
    int64_t played = atomic_load(&speaker->memory->counters.played_frames);
    if (played != speaker->played_frames) {
        speaker->played_frames = played;
        speaker->moved_ms = now_ms;
    }
    return now_ms - speaker->moved_ms < STILL_DEADLINE_MS;
}

static bool is_well(struct speaker *speaker)
{
    if (speaker->worker.pid <= 0)
        return false;
    if (has_message(&speaker->worker, 0) && hear(speaker, MESSAGE_DEADLINE_MS, NULL) != STATUS_OK)
        return false;
    int64_t now_ms = clock_ms();
    int64_t unwatched_ms = now_ms - speaker->looked_ms;
    speaker->looked_ms = now_ms;
    if (unwatched_ms > UNWATCHED_MS) {
        speaker->begun_ms += unwatched_ms;
        speaker->moved_ms += unwatched_ms;
    }
    return speaker->opened ? is_moving(speaker, now_ms)
                           : now_ms - speaker->begun_ms < SPEAKER_OPEN_MS;
}

bool speaker_alive(struct speaker *speaker)
{
    bool well = is_well(speaker);
    if (!well)
        stop_worker(speaker);
    return well;
}

int64_t speaker_unheard_frames(const struct speaker *speaker)
{
    return speaker->info.latency_frames + master_latency_frames() +
           atomic_load(&speaker->memory->counters.block_frames) + frames_from_ms(SERVER_MS);
}

enum status speaker_respawn(struct speaker *speaker, struct error *error)
{
    if (!stop_worker(speaker))
        return STATUS_OK; // later
    struct master_counters *counters = &speaker->memory->counters;
    int64_t unheard = speaker->opened ? speaker_unheard_frames(speaker) : 0;
    int64_t frame = atomic_load(&speaker->ring->consumed) - unheard;
    if (frame > speaker->start_frame)
        speaker->start_frame = frame;
    ring_init(speaker->ring, MASTER_STEM_CHANNELS, speaker->ring->capacity, speaker->start_frame);
    atomic_store(&counters->consumed_frames, speaker->start_frame);
    atomic_store(&counters->tail_frames, 0);
    return start_worker(speaker, error);
}

bool speaker_finished(const struct speaker *speaker)
{
    int64_t inside = master_latency_frames() + speaker->info.latency_frames;
    return atomic_load(&speaker->memory->counters.tail_frames) >= inside + frames_from_ms(TAIL_MS);
}

void speaker_close(struct speaker *speaker)
{
    if (!speaker)
        return;
    worker_kill(&speaker->worker);
    if (speaker->memory)
        munmap(speaker->memory, speaker->memory_size);
    if (speaker->memory_fd >= 0)
        close(speaker->memory_fd);
    free(speaker->device);
    free(speaker);
}
