// SPDX-License-Identifier: GPL-3.0-or-later
// One thread fills the ring; the main thread holds it still to change what is to come.
#include "renderer.h"

#include "clock.h"
#include "duration.h"
#include <time.h>

enum {
    RENDER_BLOCK = 1024, // frames
    NAP_MS = 5,          // while the ring is full
    AHEAD_MS = 500,      // what the device may take before another timeline is there
};

// Fill the ring as far as it goes; true when something was done.
static bool render_some(struct renderer *feed)
{
    float stems[RENDER_BLOCK * STEM_CHANNELS];
    pthread_mutex_lock(&feed->lock);
    if (feed->seek)
        checkpoints_return(&feed->trail, feed->rendered_frames);
    feed->seek = false;
    struct ring *ring = speaker_ring(feed->speaker);
    int64_t left = feed->limit_frames - feed->rendered_frames;
    size_t frames = left < RENDER_BLOCK ? (size_t)left : RENDER_BLOCK;
    bool ready = left > 0 && ring_space(ring) >= frames;
    if (ready) {
        checkpoints_keep(&feed->trail);
        engine_render(feed->engine, stems, frames);
        ring_write(ring, stems, frames);
        feed->rendered_frames += (int64_t)frames;
    }
    pthread_mutex_unlock(&feed->lock);
    return ready;
}

static void note_first(struct renderer *feed)
{
    const struct ring *ring = speaker_ring(feed->speaker);
    if (!atomic_load(&feed->first_ms) && atomic_load(&ring->consumed) > 0)
        atomic_store(&feed->first_ms, clock_ms());
}

static void *feed_main(void *context)
{
    const struct timespec nap = {.tv_nsec = NAP_MS * 1000000L};
    struct renderer *feed = context;
    while (!atomic_load(&feed->stop)) {
        if (!render_some(feed))
            nanosleep(&nap, NULL);
        note_first(feed);
    }
    return NULL;
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
    while (render_some(feed))
        ;
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
