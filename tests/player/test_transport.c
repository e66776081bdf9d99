// SPDX-License-Identifier: GPL-3.0-or-later
// The transport over a speaker that is only a block of memory.
#include "transport.h"

#include "clock.h"
#include "duration.h"
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

static struct speaker_memory memory;
static int latency_frames;
static bool finished;

// The transport asks a speaker for no more than these.
struct speaker_memory *speaker_memory(struct speaker *speaker)
{
    (void)speaker;
    return &memory;
}

int speaker_latency_frames(const struct speaker *speaker)
{
    (void)speaker;
    return latency_frames;
}

bool speaker_finished(const struct speaker *speaker)
{
    (void)speaker;
    return finished;
}

static int begin(void **state)
{
    static struct transport transport;
    master_controls_init(&memory.controls);
    master_counters_init(&memory.counters);
    latency_frames = 480;
    finished = false;
    transport_init(&transport, NULL);
    *state = &transport;
    return 0;
}

static void sleep_ms(int ms)
{
    const struct timespec time = {0, ms * 1000000L};
    nanosleep(&time, NULL);
}

static void test_what_is_heard_comes_behind_what_was_taken(void **state)
{
    struct transport *transport = *state;
    const int64_t behind = latency_frames + master_latency_frames();
    assert_int_equal(transport_listen(transport), 0);
    atomic_store(&memory.counters.consumed_frames, 4800);
    const int64_t at_once = transport_listen(transport);
    assert_true(at_once < 4800 - behind); // of a block the first frames are heard first
    sleep_ms(110);
    assert_int_equal(transport_listen(transport), 4800 - behind);
    assert_int_equal(transport->heard_frames, 4800 - behind);
}

static void test_it_never_goes_back(void **state)
{
    struct transport *transport = *state;
    atomic_store(&memory.counters.consumed_frames, 4800);
    (void)transport_listen(transport);
    sleep_ms(110);
    const int64_t heard = transport_listen(transport);
    assert_true(heard > 0);
    latency_frames = 4000; // another device
    assert_int_equal(transport_listen(transport), heard);
    atomic_store(&memory.counters.consumed_frames, 2000);
    assert_int_equal(transport_listen(transport), heard);
}

static void test_in_the_end_nothing_is_held_back(void **state)
{
    struct transport *transport = *state;
    atomic_store(&memory.counters.consumed_frames, 48000);
    finished = true;
    assert_int_equal(transport_listen(transport), 48000);
}

static void test_pause_and_close_are_told_to_the_master(void **state)
{
    struct transport *transport = *state;
    assert_ptr_equal(transport_controls(transport), &memory.controls);
    assert_false(transport_is_paused(transport));
    transport_set_paused(transport, true);
    assert_true(transport_is_paused(transport));
    assert_int_equal(atomic_load(&memory.controls.paused), 1);
    transport_set_paused(transport, false);
    assert_false(transport_is_paused(transport));
    assert_false(transport_is_closing(transport));
    transport_close(transport, 8000);
    assert_true(transport_is_closing(transport));
    assert_int_equal(atomic_load(&memory.controls.close_frames), frames_from_ms(8000));
    transport_close(transport, 10);
    assert_int_equal(atomic_load(&memory.controls.close_frames), frames_from_ms(10));
}

static void test_settling_waits_for_silence_and_for_what_the_device_holds(void **state)
{
    struct transport *transport = *state;
    latency_frames = FRAME_RATE / 10;
    atomic_store(&memory.counters.silent, 1);
    int64_t begun_ms = clock_ms();
    transport_settle(transport);
    const int64_t silent_ms = clock_ms() - begun_ms;
    assert_true(silent_ms >= 100);
    latency_frames = 0;
    atomic_store(&memory.counters.silent, 0);
    begun_ms = clock_ms();
    transport_fade_out(transport); // a device that never comes to silence
    assert_true(clock_ms() - begun_ms >= 600);
    assert_true(transport_is_closing(transport));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_is_heard_comes_behind_what_was_taken, begin),
        cmocka_unit_test_setup(test_it_never_goes_back, begin),
        cmocka_unit_test_setup(test_in_the_end_nothing_is_held_back, begin),
        cmocka_unit_test_setup(test_pause_and_close_are_told_to_the_master, begin),
        cmocka_unit_test_setup(test_settling_waits_for_silence_and_for_what_the_device_holds,
                               begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
