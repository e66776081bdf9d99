// SPDX-License-Identifier: GPL-3.0-or-later
// The ring between two processes, as between player and speaker: every frame arrives once, in
// order.
#define _DEFAULT_SOURCE // MAP_ANONYMOUS
#include "ring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { CHANNELS = 6, CAPACITY = 1000, TOTAL = 500000, BLOCK = 333 };

// Exact in a float, different in neighbouring frames and channels.
static float sample_of(int64_t frame, int channel)
{
    return (float)(frame % 1000003 * CHANNELS + channel);
}

static void produce(struct ring *ring)
{
    float block[BLOCK * CHANNELS];
    for (int64_t written = 0; written < TOTAL;) {
        size_t frames = 1 + (size_t)(written * 7 % BLOCK);
        if ((int64_t)frames > TOTAL - written)
            frames = (size_t)(TOTAL - written);
        for (size_t i = 0; i < frames * CHANNELS; i++)
            block[i] = sample_of(written + (int64_t)(i / CHANNELS), (int)(i % CHANNELS));
        written += (int64_t)ring_write(ring, block, frames);
    }
}

static bool take_all(struct ring *ring, int64_t *taken)
{
    float block[BLOCK * CHANNELS];
    time_t deadline = time(NULL) + 60;
    for (*taken = 0; *taken < TOTAL && time(NULL) < deadline;) {
        size_t frames = ring_read(ring, block, 1 + (size_t)(*taken * 5 % BLOCK));
        for (size_t i = 0; i < frames * CHANNELS; i++)
            if (block[i] != sample_of(*taken + (int64_t)(i / CHANNELS), (int)(i % CHANNELS)))
                return false;
        *taken += (int64_t)frames;
    }
    return true;
}

static void frames_arrive_once_and_in_order(void **state)
{
    (void)state;
    void *memory = mmap(NULL, ring_size(CHANNELS, CAPACITY), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    struct ring *ring = memory;
    ring_init(ring, CHANNELS, CAPACITY, 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        alarm(60);
        produce(ring);
        _exit(0);
    }
    int64_t taken;
    assert_true(take_all(ring, &taken));
    assert_int_equal(taken, TOTAL);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(ring_available(ring), 0);
    munmap(memory, ring_size(CHANNELS, CAPACITY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(frames_arrive_once_and_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
