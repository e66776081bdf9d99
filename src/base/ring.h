// SPDX-License-Identifier: GPL-3.0-or-later
// A lock-free ring of audio frames from one producer to one consumer, usable across processes.
//
// Lamport's single-producer single-consumer queue with C11 acquire/release order: each side owns
// one index and publishes it after the samples. Indices count frames for ever and never wrap
// (2^63 frames are six million years), so they are also the session's clock.
//
// The producer may take back what it wrote (ring_take_back). The consumer therefore claims frames
// before it looks how many there are, and the producer lowers `written` before it looks what is
// claimed; all four accesses are sequentially consistent, so that at least one of the two sees the
// other.
#ifndef LOOSEN_RING_H
#define LOOSEN_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Lives in memory that both sides map; plain data, no pointers.
struct ring {
    _Atomic int64_t written;  // frames published by the producer
    _Atomic int64_t claimed;  // the consumer may be reading up to here
    _Atomic int64_t consumed; // frames ever released by the consumer
    uint32_t channels;        // floats a frame
    uint32_t capacity;        // frames
    float samples[];          // capacity * channels, frame f at index f % capacity
};

// Bytes that a ring needs.
size_t ring_size(uint32_t channels, uint32_t capacity_frames);

// Set up memory of ring_size bytes, empty, with both counters at `start_frame`.
void ring_init(struct ring *ring, uint32_t channels, uint32_t capacity_frames, int64_t start_frame);

// RT, producer only: frames that can be written now.
size_t ring_space(const struct ring *ring);
// RT, producer only: copy up to `frames` interleaved frames in; returns how many were taken.
size_t ring_write(struct ring *ring, const float *samples, size_t frames);
// RT, producer only: take back all that lies from `frame` on; ring_write goes on there. False, and
// nothing has changed, when the consumer may be reading it already or has read it. To be used with
// a distance from `consumed` that the consumer does not cover meanwhile: a call that comes too late
// can let the consumer find the ring empty for a moment. Frames not yet written are no fault.
bool ring_take_back(struct ring *ring, int64_t frame);

// RT, consumer only: frames that can be read now; fewer when the producer takes some back.
size_t ring_available(const struct ring *ring);
// RT, consumer only: copy up to `frames` out and release them; returns how many.
size_t ring_read(struct ring *ring, float *samples, size_t frames);

#endif
