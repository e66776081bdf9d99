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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_thread),
        cmocka_unit_test(test_two_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
