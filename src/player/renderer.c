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
static size_t begin_block(struct renderer *feed)
{
    pthread_mutex_lock(&feed->lock);
    if (feed->seek)
        checkpoints_return(&feed->trail, feed->rendered_frames);
    feed->seek = false;
    const int64_t left = feed->limit_frames - feed->rendered_frames;
    const int64_t frames = left < BLOCK_FRAMES ? left : BLOCK_FRAMES;
    if (frames > 0 && ring_space(speaker_ring(feed->speaker)) >= (size_t)frames) {
        checkpoints_keep(&feed->trail);
        return (size_t)frames;
    }
    pthread_mutex_unlock(&feed->lock);
    return 0;
}

static enum status end_block(void *context, const float *stems, size_t frames, struct error *error)
{
    struct renderer *feed = context;
    (void)error;
    ring_write(speaker_ring(feed->speaker), stems, frames);
    feed->rendered_frames += (int64_t)frames;
    pthread_mutex_unlock(&feed->lock);
    return STATUS_OK;
}

static void note_first(struct renderer *feed)
{
    const struct ring *ring = speaker_ring(feed->speaker);
    if (!atomic_load(&feed->first_ms) && atomic_load(&ring->consumed) > 0)
        atomic_store(&feed->first_ms, clock_ms());
}

// The thread's sink waits for room in the ring, until it is to stop.
static enum status wait_for_room(void *context, size_t most, size_t *frames, struct error *error)
{
    const struct timespec nap = {.tv_nsec = NAP_MS * 1000000L};
    struct renderer *feed = context;
    (void)most, (void)error;
    for (*frames = 0; !atomic_load(&feed->stop) && *frames == 0;) {
        note_first(feed);
        *frames = begin_block(feed);
        if (*frames == 0)
            nanosleep(&nap, NULL);
    }
    return STATUS_OK;
}

static void *feed_main(void *context)
{
    struct renderer *feed = context;
    const struct render_sink ring = {wait_for_room, end_block, feed};
    (void)render_run(feed->engine, &ring, NULL); // the ring takes all
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
void renderer_extend(struct renderer *feed, int64_t limit_frames)
{
    struct speaker_memory *memory = speaker_memory(feed->speaker);
    feed->limit_frames = limit_frames;
    atomic_store(&memory->controls.hold_frame,
                 limit_frames < memory->total_frames ? limit_frames : INT64_MAX);
}

enum status renderer_init(struct renderer *feed, struct engine *engine, struct speaker *speaker,
                          int64_t limit_frames, struct error *error)
{
    *feed = (struct renderer){.engine = engine, .speaker = speaker};
    renderer_extend(feed, limit_frames);
    pthread_mutex_init(&feed->lock, NULL);
    return checkpoints_init(&feed->trail, engine, error);
}

enum status renderer_start(struct renderer *feed, struct error *error)
{
    const struct render_sink ring = {find_room, end_block, feed};
    enum status status = render_run(feed->engine, &ring, error);
    if (status != STATUS_OK)
        return status;
    // What cannot go on is not begun.
    if (pthread_create(&feed->thread, NULL, feed_main, feed) != 0)
        return error_set(error, STATUS_NO_MEMORY, "cannot start a thread");
    feed->running = true;
    speaker_start(feed->speaker);
    return STATUS_OK;
}

void renderer_hold(struct renderer *feed)
{
    pthread_mutex_lock(&feed->lock);
}

void renderer_release(struct renderer *feed)
{
    pthread_mutex_unlock(&feed->lock);
}

void renderer_resume(struct renderer *feed)
{
    feed->rendered_frames = atomic_load(&speaker_ring(feed->speaker)->written);
    feed->seek = true;
}

int64_t renderer_next_frame(const struct renderer *feed)
{
    int64_t frame = atomic_load(&speaker_ring(feed->speaker)->consumed) +
                    atomic_load(&speaker_memory(feed->speaker)->counters.block_frames) +
                    frames_from_ms(AHEAD_MS) + SCENE_QUANTUM - 1;
    return frame - frame % SCENE_QUANTUM;
}

enum status renderer_change(struct renderer *feed, const struct timeline *timeline,
                            const struct clip_bank *bank, int64_t frame, struct error *error)
{
    if (feed->seek || !ring_take_back(speaker_ring(feed->speaker), frame))
        return error_set(error, STATUS_TIMEOUT, "too late");
    checkpoints_return(&feed->trail, frame);
    feed->rendered_frames = frame;
    enum status status = engine_set_timeline(feed->engine, timeline, bank, error);
    if (status != STATUS_OK)
        return status; // the engine goes on with what it had
    checkpoints_mark(&feed->trail);
    feed->limit_frames = timeline->total_frames;
    speaker_set_total(feed->speaker, timeline->total_frames);
    return STATUS_OK;
}

void renderer_stop(struct renderer *feed)
{
    atomic_store(&feed->stop, true);
    if (feed->running)
        pthread_join(feed->thread, NULL);
    feed->running = false;
    pthread_mutex_destroy(&feed->lock);
    checkpoints_deinit(&feed->trail);
}
