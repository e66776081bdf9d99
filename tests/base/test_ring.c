// SPDX-License-Identifier: GPL-3.0-or-later
#include "ring.h"

#include "random.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct ring *new_ring(uint32_t channels, uint32_t capacity, int64_t start)
{
    struct ring *ring = malloc(ring_size(channels, capacity));
    assert_non_null(ring);
    ring_init(ring, channels, capacity, start);
    return ring;
}

static void test_one_thread(void **state)
{
    (void)state;
    struct ring *ring = new_ring(2, 4, 1000);
    const float in[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    float out[10] = {0};
    assert_int_equal(ring_space(ring), 4);
    assert_int_equal(ring_available(ring), 0);
    assert_int_equal(ring_read(ring, out, 3), 0);
    assert_int_equal(ring_write(ring, in, 3), 3);
    assert_int_equal(ring_space(ring), 1);
    assert_int_equal(ring_write(ring, in + 6, 2), 1); // only one frame fits
    assert_int_equal(ring_write(ring, in, 1), 0);
    assert_int_equal(ring_available(ring), 4);
    assert_int_equal(ring_read(ring, out, 2), 2);
    assert_int_equal(out[3], 4);
    assert_int_equal(ring_write(ring, in + 8, 1), 1); // wraps
    assert_int_equal(ring_read(ring, out, 5), 3);
    assert_int_equal(out[0], 5);
    assert_int_equal(out[3], 8);
    assert_int_equal(out[4], 9);
    assert_int_equal(out[5], 10);
    assert_int_equal(ring->written, 1005);
    assert_int_equal(ring->consumed, 1005);
    free(ring);
}

// Frames numbered from 0, in blocks of random size, through rings of awkward capacities: the
// consumer sees each once and in order.
enum { CHANNELS = 6, BLOCK_MAX = 97, FRAMES = 400000 };

struct stream {
    struct ring *ring;
    int64_t first; // frame number at the start
    int64_t bad;   // first frame that was wrong, or -1
};

// Exact in a float, and different in every channel.
static float sample_at(int64_t frame, int channel)
{
    return (float)(frame % 1000003) * 8 + (float)channel;
}

static void *produce(void *context)
{
    struct stream *stream = context;
    float block[BLOCK_MAX * CHANNELS];
    uint64_t counter = 0;
    for (int64_t frame = stream->first; frame < stream->first + FRAMES;) {
        size_t want = 1 + (size_t)(random_at(1, counter++) % BLOCK_MAX);
        if ((int64_t)want > stream->first + FRAMES - frame)
            want = (size_t)(stream->first + FRAMES - frame);
        for (size_t i = 0; i < want; i++)
            for (int c = 0; c < CHANNELS; c++)
                block[i * CHANNELS + (size_t)c] = sample_at(frame + (int64_t)i, c);
        size_t taken = ring_write(stream->ring, block, want);
        if (taken == 0)
            sched_yield();
        frame += (int64_t)taken;
    }
    return NULL;
}

static void *consume(void *context)
{
    struct stream *stream = context;
    float block[BLOCK_MAX * CHANNELS];
    uint64_t counter = 0;
    for (int64_t frame = stream->first; frame < stream->first + FRAMES;) {
        size_t want = 1 + (size_t)(random_at(2, counter++) % BLOCK_MAX);
        size_t got = ring_read(stream->ring, block, want);
        if (got == 0)
            sched_yield();
        for (size_t i = 0; i < got; i++, frame++)
            for (int c = 0; c < CHANNELS; c++)
                if (block[i * CHANNELS + (size_t)c] != sample_at(frame, c) && stream->bad < 0)
                    stream->bad = frame;
    }
    return NULL;
}

static void run_threads(uint32_t capacity, int64_t start)
{
    struct stream stream = {new_ring(CHANNELS, capacity, start), start, -1};
    pthread_t producer, consumer;
    assert_int_equal(pthread_create(&producer, NULL, produce, &stream), 0);
    assert_int_equal(pthread_create(&consumer, NULL, consume, &stream), 0);
    assert_int_equal(pthread_join(producer, NULL), 0);
    assert_int_equal(pthread_join(consumer, NULL), 0);
    assert_int_equal(stream.bad, -1);
    assert_int_equal(ring_available(stream.ring), 0);
    assert_int_equal(stream.ring->consumed, start + FRAMES);
    free(stream.ring);
}

static void test_two_threads(void **state)
{
    (void)state;
    run_threads(1, 0);
    run_threads(7, 5);
    run_threads(64, 0);
    run_threads(1000, INT64_C(1) << 40); // far beyond 32 bits
}

static void test_take_back(void **state)
{
    (void)state;
    struct ring *ring = new_ring(1, 8, 100);
    const float first[] = {0, 1, 2, 3, 4, 5, 6, 7}, second[] = {20, 30, 40, 50, 60};
    float out[8] = {0};
    assert_int_equal(ring_write(ring, first, 8), 8);
    assert_true(ring_take_back(ring, 109)); // not there yet: nothing to do
    assert_true(ring_take_back(ring, 108));
    assert_int_equal(ring_available(ring), 8);
    assert_int_equal(ring_read(ring, out, 2), 2);
    assert_false(ring_take_back(ring, 101)); // was read
    assert_int_equal(ring_available(ring), 6);
    assert_true(ring_take_back(ring, 103));
    assert_int_equal(ring_available(ring), 1);
    assert_int_equal(ring_space(ring), 7);
    assert_int_equal(ring_write(ring, second, 5), 5);
    assert_int_equal(ring_read(ring, out, 8), 6);
    const float wanted[] = {2, 20, 30, 40, 50, 60};
    assert_memory_equal(out, wanted, sizeof wanted);
    assert_int_equal(ring_read(ring, out, 8), 0); // claims no more than there is
    assert_int_equal(ring_write(ring, first, 8), 8);
    assert_true(ring_take_back(ring, 108)); // all of it
    assert_int_equal(ring_available(ring), 0);
    free(ring);
}

// A producer that takes back what it wrote, again and again and sometimes too late, and writes the
// next version of it. The consumer sees each frame once, whole, and none from where the producer
// took back on in the version from before.
enum { VERSION_FRAMES = 200000, VERSIONS = 16384 };

struct edition {
    struct ring *ring;
    int64_t from[VERSIONS]; // frame at which each version begins
    int versions;
    int seen[VERSION_FRAMES + BLOCK_MAX]; // version of each frame
    bool torn;                            // a frame was none of any version
};

static void write_version(struct ring *ring, int64_t frame, int version)
{
    float block[BLOCK_MAX * CHANNELS];
    for (size_t i = 0; i < BLOCK_MAX; i++)
        for (int c = 0; c < CHANNELS; c++)
            block[i * CHANNELS + (size_t)c] =
                (float)((frame + (int64_t)i) % 1009 * VERSIONS + version);
    ring_write(ring, block, BLOCK_MAX);
}

static void *produce_versions(void *context)
{
    struct edition *edition = context;
    struct ring *ring = edition->ring;
    for (uint64_t counter = 0; atomic_load(&ring->written) < VERSION_FRAMES; counter++) {
        if (ring_space(ring) < BLOCK_MAX)
            sched_yield();
        write_version(ring, atomic_load(&ring->written), edition->versions);
        int64_t frame = atomic_load(&ring->consumed) + (int64_t)(random_at(4, counter) % 150);
        if (edition->versions + 1 < VERSIONS && frame < atomic_load(&ring->written) &&
            ring_take_back(ring, frame))
            edition->from[++edition->versions] = frame;
    }
    return NULL;
}

static void *consume_versions(void *context)
{
    struct edition *edition = context;
    float block[BLOCK_MAX * CHANNELS];
    uint64_t counter = 0;
    for (int64_t frame = 0; frame < VERSION_FRAMES;) {
        size_t want = 1 + (size_t)(random_at(2, counter++) % BLOCK_MAX);
        size_t got = ring_read(edition->ring, block, want);
        if (got == 0)
            sched_yield();
        for (size_t i = 0; i < got; i++, frame++) {
            const float *one = block + i * CHANNELS;
            edition->seen[frame] = (int)one[0] % VERSIONS;
            edition->torn = edition->torn || (int64_t)one[0] / VERSIONS != frame % 1009;
            for (int c = 1; c < CHANNELS; c++)
                edition->torn = edition->torn || one[c] != one[0];
        }
    }
    return NULL;
}

static void test_take_back_threads(void **state)
{
    (void)state;
    struct edition *edition = calloc(1, sizeof *edition);
    assert_non_null(edition);
    edition->ring = new_ring(CHANNELS, 1000, 0);
    pthread_t producer, consumer;
    assert_int_equal(pthread_create(&producer, NULL, produce_versions, edition), 0);
    assert_int_equal(pthread_create(&consumer, NULL, consume_versions, edition), 0);
    assert_int_equal(pthread_join(producer, NULL), 0);
    assert_int_equal(pthread_join(consumer, NULL), 0);
    assert_false(edition->torn);
    assert_true(edition->versions > 100);
    for (int version = 1; version <= edition->versions; version++)
        for (int64_t f = edition->from[version]; f < VERSION_FRAMES && edition->seen[f] < version;
             f++)
            fail_msg("frame %lld is of version %d, not %d", (long long)f, edition->seen[f],
                     version);
    free(edition->ring);
    free(edition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_take_back),
        cmocka_unit_test(test_take_back_threads),
        cmocka_unit_test(test_one_thread),
        cmocka_unit_test(test_two_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
