// SPDX-License-Identifier: GPL-3.0-or-later
// The ring is a sink: one thread keeps it filled, and the main thread holds that one to change what
// is to come.
#include "renderer.h"

#include "clock.h"
#include "duration.h"
#include "render.h"
#include <time.h>

enum {
    BLOCK_FRAMES = 1024, // short enough that whoever holds the renderer waits for little
    NAP_MS = 5,          // while the ring is full
    AHEAD_MS = 500,      // what the device may take before another timeline is there
};

// Frames of the next block, which the ring has room for; then the lock is held until they are
// taken. 0: there is nothing to do now.
static size_t begin_block(struct renderer *renderer)
{
    pthread_mutex_lock(&renderer->lock);
    if (renderer->seek)
        checkpoints_return(&renderer->checkpoints, renderer->rendered_frames);
    renderer->seek = false;
    const int64_t left = renderer->limit_frames - renderer->rendered_frames;
    const int64_t frames = left < BLOCK_FRAMES ? left : BLOCK_FRAMES;
    if (frames > 0 && ring_space(speaker_ring(renderer->speaker)) >= (size_t)frames) {
        checkpoints_keep(&renderer->checkpoints);
        return (size_t)frames;
    }
    pthread_mutex_unlock(&renderer->lock);
    return 0;
}

static enum status end_block(void *context, const float *stems, size_t frames, struct error *error)
{
    struct renderer *renderer = context;
    (void)error;
    ring_write(speaker_ring(renderer->speaker), stems, frames);
    renderer->rendered_frames += (int64_t)frames;
    pthread_mutex_unlock(&renderer->lock);
    return STATUS_OK;
}

static void note_first(struct renderer *renderer)
{
    const struct ring *ring = speaker_ring(renderer->speaker);
    if (!atomic_load(&renderer->first_ms) && atomic_load(&ring->consumed) > 0)
        atomic_store(&renderer->first_ms, clock_ms());
}

// The thread's sink waits for room in the ring, until it is to stop.
static enum status wait_for_room(void *context, size_t most, size_t *frames, struct error *error)
{
    const struct timespec nap = {.tv_nsec = NAP_MS * 1000000L};
    struct renderer *renderer = context;
    (void)most, (void)error;
    for (*frames = 0; !atomic_load(&renderer->stop) && *frames == 0;) {
        note_first(renderer);
        *frames = begin_block(renderer);
        if (*frames == 0)
            nanosleep(&nap, NULL);
    }
    return STATUS_OK;
}

static void *feed_main(void *context)
{
    struct renderer *renderer = context;
    const struct render_sink ring = {wait_for_room, end_block, renderer};
    (void)render_run(renderer->engine, &ring, NULL); // the ring takes all
    return NULL;
}

// Before there is a thread, the ring is filled as far as it goes.
static enum status find_room(void *context, size_t most, size_t *frames, struct error *error)
{
    (void)most, (void)error;
    *frames = begin_block(context);
    return STATUS_OK;
}

// Where nothing follows yet, the device pauses gently instead of running dry.
void renderer_extend(struct renderer *renderer, int64_t limit_frames)
{
    struct speaker *speaker = renderer->speaker;
    renderer->limit_frames = limit_frames;
    atomic_store(&speaker_memory(speaker)->controls.hold_frame,
                 limit_frames < speaker_total(speaker) ? limit_frames : INT64_MAX);
}

enum status renderer_init(struct renderer *renderer, struct engine *engine, struct speaker *speaker,
                          int64_t limit_frames, struct error *error)
{
    *renderer = (struct renderer){.engine = engine, .speaker = speaker};
    renderer_extend(renderer, limit_frames);
    pthread_mutex_init(&renderer->lock, NULL);
    return checkpoints_init(&renderer->checkpoints, engine, error);
}

enum status renderer_start(struct renderer *renderer, struct error *error)
{
    const struct render_sink ring = {find_room, end_block, renderer};
    enum status status = render_run(renderer->engine, &ring, error);
    if (status != STATUS_OK)
        return status;
    // What cannot go on is not begun.
    if (pthread_create(&renderer->thread, NULL, feed_main, renderer) != 0)
        return error_set(error, STATUS_NO_MEMORY, "cannot start a thread");
    renderer->running = true;
    speaker_start(renderer->speaker);
    return STATUS_OK;
}

void renderer_hold(struct renderer *renderer)
{
    pthread_mutex_lock(&renderer->lock);
}

void renderer_release(struct renderer *renderer)
{
    pthread_mutex_unlock(&renderer->lock);
}

void renderer_resume(struct renderer *renderer)
{
    renderer->rendered_frames = atomic_load(&speaker_ring(renderer->speaker)->written);
    renderer->seek = true;
}

int64_t renderer_next_frame(const struct renderer *renderer)
{
    int64_t frame = atomic_load(&speaker_ring(renderer->speaker)->consumed) +
                    atomic_load(&speaker_memory(renderer->speaker)->counters.block_frames) +
                    frames_from_ms(AHEAD_MS) + SCENE_QUANTUM - 1;
    return frame - frame % SCENE_QUANTUM;
}

enum status renderer_change(struct renderer *renderer, const struct timeline *timeline,
                            const struct clip_bank *bank, int64_t frame, struct error *error)
{
    if (renderer->seek || !ring_take_back(speaker_ring(renderer->speaker), frame))
        return error_set(error, STATUS_TIMEOUT, "too late");
    checkpoints_return(&renderer->checkpoints, frame);
    renderer->rendered_frames = frame;
    enum status status = engine_set_timeline(renderer->engine, timeline, bank, error);
    if (status != STATUS_OK)
        return status; // the engine goes on with what it had
    checkpoints_mark(&renderer->checkpoints);
    renderer->limit_frames = timeline->total_frames;
    speaker_set_total(renderer->speaker, timeline->total_frames);
    return STATUS_OK;
}

void renderer_stop(struct renderer *renderer)
{
    atomic_store(&renderer->stop, true);
    if (renderer->running)
        pthread_join(renderer->thread, NULL);
    renderer->running = false;
    pthread_mutex_destroy(&renderer->lock);
    checkpoints_deinit(&renderer->checkpoints);
}
