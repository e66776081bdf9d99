// SPDX-License-Identifier: GPL-3.0-or-later
// Each side of the ring moves only its own index, and copies in at most two stretches.
#include "ring.h"

#include <string.h>

size_t ring_size(uint32_t channels, uint32_t capacity_frames)
{
    return sizeof(struct ring) + sizeof(float) * channels * (size_t)capacity_frames;
}

void ring_init(struct ring *ring, uint32_t channels, uint32_t capacity_frames, int64_t start_frame)
{
    atomic_init(&ring->written, start_frame);
    atomic_init(&ring->claimed, start_frame);
    atomic_init(&ring->consumed, start_frame);
    ring->channels = channels;
    ring->capacity = capacity_frames;
}

size_t ring_space(const struct ring *ring)
{
    int64_t consumed = atomic_load_explicit(&ring->consumed, memory_order_acquire);
    int64_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    return ring->capacity - (size_t)(written - consumed);
}

bool ring_take_back(struct ring *ring, int64_t frame)
{
    int64_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    if (frame >= written)
        return true;
    if (frame < atomic_load(&ring->claimed))
        return false;
    atomic_store(&ring->written, frame);
    if (frame >= atomic_load(&ring->claimed))
        return true;
    atomic_store(&ring->written, written); // the samples are still there
    return false;
}

size_t ring_available(const struct ring *ring)
{
    int64_t written = atomic_load(&ring->written);
    int64_t consumed = atomic_load_explicit(&ring->consumed, memory_order_relaxed);
    return written > consumed ? (size_t)(written - consumed) : 0;
}

// The stretch from `frame` to the end of the buffer or to `frames`, whichever comes first.
static size_t stretch(const struct ring *ring, int64_t frame, size_t frames, size_t *offset)
{
    size_t at = (size_t)(frame % ring->capacity);
    *offset = at * ring->channels;
    return frames < ring->capacity - at ? frames : ring->capacity - at;
}

size_t ring_write(struct ring *ring, const float *samples, size_t frames)
{
    size_t space = ring_space(ring);
    if (frames > space)
        frames = space;
    int64_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    size_t offset;
    size_t first = stretch(ring, written, frames, &offset);
    memcpy(ring->samples + offset, samples, sizeof(float) * first * ring->channels);
    memcpy(ring->samples, samples + first * ring->channels,
           sizeof(float) * (frames - first) * ring->channels);
    atomic_store_explicit(&ring->written, written + (int64_t)frames, memory_order_release);
    return frames;
}

size_t ring_read(struct ring *ring, float *samples, size_t frames)
{
    int64_t consumed = atomic_load_explicit(&ring->consumed, memory_order_relaxed);
    atomic_store(&ring->claimed, consumed + (int64_t)frames);
    size_t available = ring_available(ring);
    if (frames > available) {
        frames = available;
        atomic_store_explicit(&ring->claimed, consumed + (int64_t)frames, memory_order_release);
    }
    size_t offset;
    size_t first = stretch(ring, consumed, frames, &offset);
    memcpy(samples, ring->samples + offset, sizeof(float) * first * ring->channels);
    memcpy(samples + first * ring->channels, ring->samples,
           sizeof(float) * (frames - first) * ring->channels);
    atomic_store_explicit(&ring->consumed, consumed + (int64_t)frames, memory_order_release);
    return frames;
}
