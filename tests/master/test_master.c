// SPDX-License-Identifier: GPL-3.0-or-later
// The mix, its ramps and its faults, without a device. A constant stem of a known height shows the
// gain that a listener gets in every frame.
#include "master.h"

#include "random.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LATENCY = LIMITER_DELAY_FRAMES, RATE = 48000 };

// The steepest that the fade may be: smoothstep is 1.5 times as steep as the straight line.
static const float fault_slope = 1.5f / FADE_FAULT_FRAMES * 1.01f;

struct desk {
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
};

static struct desk *desk_new(void)
{
    struct desk *desk = malloc(sizeof *desk);
    assert_non_null(desk);
    master_init(&desk->master);
    master_controls_init(&desk->controls);
    master_counters_init(&desk->counters);
    return desk;
}

static void process(struct desk *desk, const float *stems, float *stereo, size_t frames)
{
    master_process(&desk->master, &desk->controls, &desk->counters, stems, stereo, frames);
}

// Feed `frames` frames of the same value in every channel of one stem; the left output goes to
// `left`.
static void renderer(struct desk *desk, int stem, float value, float *left, size_t frames)
{
    for (size_t f = 0; f < frames; f++) {
        float stems[MASTER_STEM_CHANNELS] = {0};
        float stereo[2];
        stems[2 * stem] = stems[2 * stem + 1] = value;
        process(desk, stems, stereo, 1);
        assert_true(stereo[0] == stereo[1]);
        left[f] = stereo[0];
    }
}

static float steepest(const float *values, size_t count)
{
    float most = 0;
    for (size_t i = 1; i < count; i++)
        most = fmaxf(most, fabsf(values[i] - values[i - 1]));
    return most;
}

// ---- master_process -----------------------------------------------------------------------------

static void start_is_a_ramp(void **state)
{
    (void)state;
    static float left[LATENCY + MASTER_RISE_FRAMES + 100];
    const size_t count = sizeof left / sizeof left[0];
    struct desk *desk = desk_new();
    renderer(desk, 0, 0.25f, left, count);
    for (size_t f = 0; f < LATENCY; f++)
        assert_true(left[f] == 0.0f);
    for (size_t f = LATENCY; f < LATENCY + MASTER_RISE_FRAMES - 1; f++)
        assert_true(left[f] <= left[f + 1]);
    assert_true(left[LATENCY + RATE / 5] < 0.25f); // not yet there after 200 ms
    assert_true(left[count - 1] == 0.25f);
    assert_true(steepest(left, count) <= 0.25f * 1.5f / MASTER_RISE_FRAMES * 1.01f);
    free(desk);
}

static void fill_random(float *stems, size_t frames, uint64_t seed)
{
    for (size_t i = 0; i < frames * MASTER_STEM_CHANNELS; i++)
        stems[i] = (float)(random_unit(random_at(seed, i)) - 0.5) * (i < frames ? 0.2f : 1.5f);
}

// Loud enough for the limiter, with bad samples in two places.
static void block_sizes_make_no_difference(void **state)
{
    (void)state;
    enum { FRAMES = 60000 };
    static const size_t blocks[] = {1, 7, 64, 512, 4096};
    float *stems = malloc(FRAMES * MASTER_STEM_CHANNELS * sizeof *stems);
    float *first = malloc(FRAMES * 2 * sizeof *first);
    float *other = malloc(FRAMES * 2 * sizeof *other);
    assert_true(stems && first && other);
    fill_random(stems, FRAMES, 3);
    stems[20001 * MASTER_STEM_CHANNELS + 3] = NAN;
    stems[20055 * MASTER_STEM_CHANNELS + 5] = INFINITY;
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct desk *desk = desk_new();
        for (size_t done = 0; done < FRAMES; done += blocks[i]) {
            size_t frames = FRAMES - done < blocks[i] ? FRAMES - done : blocks[i];
            process(desk, stems + done * MASTER_STEM_CHANNELS, (i ? other : first) + 2 * done,
                    frames);
        }
        assert_true(desk->counters.limited_blocks > 0);
        assert_int_equal(desk->counters.bad_frames, 2);
        if (i > 0)
            assert_memory_equal(first, other, FRAMES * 2 * sizeof *first);
        free(desk);
    }
    free(stems);
    free(first);
    free(other);
}

// Once started, and with nothing to limit, the output is the plain sum of the stems.
static void mix_is_the_sum(void **state)
{
    (void)state;
    enum { FRAMES = 40000 };
    static float stems[FRAMES * MASTER_STEM_CHANNELS];
    static float stereo[FRAMES * 2];
    for (size_t i = 0; i < FRAMES * MASTER_STEM_CHANNELS; i++)
        stems[i] = (float)(random_unit(random_at(4, i)) - 0.5) * 0.4f;
    struct desk *desk = desk_new();
    process(desk, stems, stereo, FRAMES);
    for (size_t f = LATENCY + MASTER_RISE_FRAMES; f < FRAMES; f++) {
        const float *from = stems + (f - LATENCY) * MASTER_STEM_CHANNELS;
        assert_true(stereo[2 * f] == from[0] + from[2] + from[4]);
        assert_true(stereo[2 * f + 1] == from[1] + from[3] + from[5]);
    }
    free(desk);
}

static void levels_are_ramped(void **state)
{
    (void)state;
    enum { FRAMES = 60000 };
    static const struct {
        float db, gain;
    } cases[] = {{-6, 0.501187f}, {12, 3.981072f},   {40, 3.981072f}, {-59, 0.001122f},
                 {-60, 0},        {-INFINITY, 0.0f}, {NAN, 0},        {0, 1}};
    static float left[FRAMES];
    struct desk *desk = desk_new();
    renderer(desk, 1, 0.125f, left, FRAMES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        float before = left[FRAMES - 1];
        atomic_store(&desk->controls.stem_db[1], cases[i].db);
        renderer(desk, 1, 0.125f, left, FRAMES);
        assert_true(left[LATENCY - 1] == before);
        const int ramp = left[FRAMES - 1] > before ? MASTER_RISE_FRAMES : MASTER_LEVEL_FRAMES;
        assert_true(steepest(left, FRAMES) <= 0.125f / (float)ramp * 1.01f);
        assert_true(fabsf(left[FRAMES - 1] - 0.125f * cases[i].gain) < 1e-6f);
    }
    assert_true(left[FRAMES - 1] == 0.125f);
    free(desk);
}

// What was set before the first frame holds from the first frame on: nothing muted is heard.
static void first_levels_need_no_ramp(void **state)
{
    (void)state;
    static float left[LATENCY + MASTER_RISE_FRAMES];
    struct desk *desk = desk_new();
    atomic_store(&desk->controls.stem_db[0], -60.0f);
    renderer(desk, 0, 0.5f, left, LATENCY + MASTER_RISE_FRAMES);
    for (size_t f = 0; f < LATENCY + MASTER_RISE_FRAMES; f++)
        assert_true(left[f] == 0.0f);
    free(desk);
}

static void bad_samples_are_faded_away(void **state)
{
    (void)state;
    enum { FRAMES = 40000, BAD = 20000 };
    static const struct {
        float value;
        size_t frames;
    } bad[] = {{NAN, 3000}, {INFINITY, 1}, {-INFINITY, 300}, {1e38f, 600}, {-97.0f, 1}};
    static float left[FRAMES];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        size_t after = BAD + bad[i].frames;
        struct desk *desk = desk_new();
        renderer(desk, 0, 0.5f, left, BAD);
        renderer(desk, 2, bad[i].value, left + BAD, bad[i].frames);
        renderer(desk, 0, 0.5f, left + after, FRAMES - after);
        assert_true(left[BAD - 1] == 0.5f);
        for (size_t f = BAD + LATENCY; f < after + LATENCY; f++)
            assert_true(left[f] == 0.0f);
        assert_true(left[FRAMES - 1] == 0.5f);
        assert_true(steepest(left, FRAMES) <= 0.5f * fault_slope);
        assert_int_equal(desk->counters.bad_frames, bad[i].frames);
        free(desk);
    }
}

// ---- master_callback ----------------------------------------------------------------------------

struct stage {
    struct desk *desk;
    struct ring *ring;
    struct master_source source;
    int64_t made; // frames of stems made so far
};

static struct stage stage_new(uint32_t ring_frames, int64_t total_frames)
{
    struct stage stage = {.desk = desk_new()};
    stage.ring = malloc(ring_size(MASTER_STEM_CHANNELS, ring_frames));
    assert_non_null(stage.ring);
    ring_init(stage.ring, MASTER_STEM_CHANNELS, ring_frames, 0);
    stage.source = (struct master_source){.ring = stage.ring, .total_frames = total_frames};
    atomic_store(&stage.desk->controls.started, 1);
    return stage;
}

static void stage_free(struct stage *stage)
{
    free(stage->ring);
    free(stage->desk);
}

// A slow ramp of known height: frame f of the session is worth 0.1 + f * 2^-24, in one stem.
static float worth(int64_t frame)
{
    return 0.125f + (float)frame * 0x1p-24f;
}

static void supply(struct stage *stage, size_t frames)
{
    for (; frames > 0 && stage->made < stage->source.total_frames; frames--) {
        float stems[MASTER_STEM_CHANNELS] = {worth(stage->made), worth(stage->made)};
        if (ring_write(stage->ring, stems, 1) == 0)
            return;
        stage->made++;
    }
}

// Play `frames` frames in blocks of `block`, supplying the ring when `fed`.
static void play(struct stage *stage, bool fed, float *left, size_t frames, size_t block)
{
    float stereo[2 * 1024];
    for (size_t done = 0; done < frames; done += block) {
        size_t now = frames - done < block ? frames - done : block;
        if (fed)
            supply(stage, SIZE_MAX);
        master_callback(&stage->desk->master, &stage->source, &stage->desk->controls,
                        &stage->desk->counters, stereo, now);
        for (size_t f = 0; f < now; f++)
            left[done + f] = stereo[2 * f];
    }
}

// Whether the sound at left[at..at+count) is the session from `frame` on, at full gain.
static bool is_session(const float *left, size_t at, int64_t frame, size_t count)
{
    for (size_t f = 0; f < count; f++)
        if (left[at + f] != worth(frame + (int64_t)f))
            return false;
    return true;
}

static void nothing_is_taken_before_the_start(void **state)
{
    (void)state;
    static float left[20000];
    struct stage stage = stage_new(9600, 100000);
    struct master_counters *counters = &stage.desk->counters;
    atomic_store(&stage.desk->controls.started, 0);
    play(&stage, true, left, 20000, 512);
    assert_int_equal(counters->consumed_frames, 0);
    assert_int_equal(counters->played_frames, 20000);
    atomic_store(&stage.desk->controls.started, 1);
    play(&stage, true, left, 20000, 512);
    assert_int_equal(counters->consumed_frames, 20000);
    assert_int_equal(counters->underruns, 0);
    assert_true(is_session(left, LATENCY + MASTER_RISE_FRAMES, MASTER_RISE_FRAMES, 1000));
    stage_free(&stage);
}

// A device that takes long blocks must not run the ring empty with its first.
static void start_waits_for_a_block_and_more(void **state)
{
    (void)state;
    static float left[2048];
    struct stage stage = stage_new(48000, 100000);
    struct master_counters *counters = &stage.desk->counters;
    supply(&stage, MASTER_REFILL_FRAMES + 1023);
    play(&stage, false, left, 1024, 1024);
    assert_int_equal(counters->consumed_frames, 0);
    supply(&stage, 1);
    play(&stage, false, left, 1024, 1024);
    assert_int_equal(counters->consumed_frames, 1024);
    stage_free(&stage);
}

// The same samples live, in any block size, as from master_process.
static void callback_is_process_on_the_ring(void **state)
{
    (void)state;
    enum { TOTAL = 30000, FRAMES = TOTAL + LATENCY };
    static const size_t blocks[] = {1, 7, 64, 512, 1000};
    static float stems[FRAMES * MASTER_STEM_CHANNELS];
    static float wanted[2 * FRAMES];
    static float left[FRAMES];
    for (int64_t f = 0; f < TOTAL; f++)
        stems[f * MASTER_STEM_CHANNELS] = stems[f * MASTER_STEM_CHANNELS + 1] = worth(f);
    struct desk *desk = desk_new();
    process(desk, stems, wanted, FRAMES);
    free(desk);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct stage stage = stage_new(9600, TOTAL);
        play(&stage, true, left, FRAMES, blocks[i]);
        for (size_t f = 0; f < FRAMES; f++)
            assert_true(left[f] == wanted[2 * f]);
        assert_int_equal(stage.desk->counters.consumed_frames, TOTAL);
        assert_int_equal(stage.desk->counters.underruns, 0);
        assert_int_equal(stage.desk->counters.tail_frames, LATENCY);
        stage_free(&stage);
    }
}

static void pause_fades_and_holds_the_position(void **state)
{
    (void)state;
    enum { BEFORE = 20000, PAUSED = 10000, AFTER = 20000 };
    static float left[BEFORE + PAUSED + AFTER];
    static const size_t blocks[] = {1, 100, 1024};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct stage stage = stage_new(9600, 1000000);
        struct desk *desk = stage.desk;
        play(&stage, true, left, BEFORE, blocks[i]);
        atomic_store(&desk->controls.paused, 1);
        play(&stage, true, left + BEFORE, PAUSED, blocks[i]);
        assert_int_equal(desk->counters.consumed_frames, BEFORE + MASTER_PAUSE_FRAMES);
        assert_int_equal(desk->counters.played_frames, BEFORE + PAUSED);
        assert_int_equal(desk->counters.silent, 1);
        for (size_t f = BEFORE + MASTER_PAUSE_FRAMES; f < BEFORE + PAUSED; f++)
            assert_true(left[f] == 0.0f);
        atomic_store(&desk->controls.paused, 0);
        play(&stage, true, left + BEFORE + PAUSED, AFTER, blocks[i]);
        assert_int_equal(desk->counters.silent, 0);
        assert_true(steepest(left, BEFORE + PAUSED + AFTER) <=
                    worth(50000) * 1.5f / MASTER_PAUSE_FRAMES * 1.01f);
        // Not a frame was lost: the session goes on where the fade had reached silence.
        size_t at = BEFORE + PAUSED + MASTER_RISE_FRAMES;
        assert_true(is_session(left, at, (int64_t)at - LATENCY - PAUSED + MASTER_PAUSE_FRAMES,
                               BEFORE + PAUSED + AFTER - at));
        stage_free(&stage);
    }
}

// Where what follows is not ready: a pause that begins early enough, and goes on by itself.
static void hold_pauses_before_the_frame(void **state)
{
    (void)state;
    enum { HOLD = 30000, BEFORE = 40000, AFTER = 20000 };
    static float left[BEFORE + AFTER];
    static const size_t blocks[] = {1, 100, 333, 1024};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct stage stage = stage_new(9600, 1000000);
        struct desk *desk = stage.desk;
        atomic_store(&desk->controls.hold_frame, HOLD);
        play(&stage, true, left, BEFORE, blocks[i]);
        int64_t held = desk->counters.consumed_frames;
        assert_in_range(held, HOLD - 10, HOLD);
        assert_int_equal(desk->counters.silent, 1);
        assert_true(left[HOLD - MASTER_PAUSE_FRAMES - 1] == // full until the fade
                    worth(HOLD - MASTER_PAUSE_FRAMES - 1 - LATENCY));
        for (size_t f = HOLD; f < BEFORE; f++)
            assert_true(left[f] == 0.0f);
        atomic_store(&desk->controls.hold_frame, INT64_MAX);
        play(&stage, true, left + BEFORE, AFTER, blocks[i]);
        assert_int_equal(desk->counters.underruns, 0);
        assert_int_equal(desk->counters.consumed_frames, held + AFTER);
        assert_true(steepest(left, BEFORE + AFTER) <=
                    worth(50000) * 1.5f / MASTER_PAUSE_FRAMES * 1.01f);
        size_t at = BEFORE + MASTER_RISE_FRAMES;
        assert_true(
            is_session(left, at, held + MASTER_RISE_FRAMES - LATENCY, AFTER - MASTER_RISE_FRAMES));
        stage_free(&stage);
    }
}

// A long closing fade that would run beyond what is ready ends as a pause does, not as a fault.
static void hold_ends_a_closing_fade(void **state)
{
    (void)state;
    enum { HOLD = 30000, BEFORE = 20000, AFTER = 20000, FADE = 8 * RATE };
    static float left[BEFORE + AFTER];
    static const size_t blocks[] = {1, 100, 333, 1024};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct stage stage = stage_new(9600, 1000000);
        struct desk *desk = stage.desk;
        play(&stage, true, left, BEFORE, blocks[i]);
        atomic_store(&desk->controls.hold_frame, HOLD);
        atomic_store(&desk->controls.close_frames, FADE);
        atomic_store(&desk->controls.close, 1);
        play(&stage, true, left + BEFORE, AFTER, blocks[i]);
        assert_in_range(desk->counters.consumed_frames, HOLD - 1000, HOLD);
        assert_int_equal(desk->counters.underruns, 0);
        assert_int_equal(desk->counters.silent, 1);
        assert_true(desk->counters.tail_frames >= BEFORE + AFTER - HOLD);
        assert_true(left[HOLD - MASTER_PAUSE_FRAMES - 1] > 0.0f);
        for (size_t f = HOLD; f < BEFORE + AFTER; f++)
            assert_true(left[f] == 0.0f);
        assert_true(steepest(left, BEFORE + AFTER) <=
                    worth(50000) * 1.5f / MASTER_PAUSE_FRAMES * 1.01f);
        stage_free(&stage);
    }
}

static void underrun_fades_waits_and_goes_on(void **state)
{
    (void)state;
    enum { RING = 9600, STARVED = 20000, BEFORE = 20000, AFTER = 20000 };
    static float left[BEFORE + STARVED + AFTER];
    static const size_t blocks[] = {1, 100, 1024};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct stage stage = stage_new(RING, 1000000);
        struct master_counters *counters = &stage.desk->counters;
        play(&stage, true, left, BEFORE, blocks[i]);
        play(&stage, false, left + BEFORE, STARVED, blocks[i]);
        int64_t empty = stage.made; // the first frame that came too late
        assert_int_equal(counters->consumed_frames, empty);
        assert_int_equal(counters->underruns, 1);
        size_t silent = (size_t)empty + LATENCY;
        for (size_t f = silent; f < BEFORE + STARVED; f++)
            assert_true(left[f] == 0.0f);
        assert_true(left[silent - LATENCY - 1] == worth(empty - LATENCY - 1)); // full until then

        supply(&stage, MASTER_REFILL_FRAMES - 1); // too little to go on with
        play(&stage, false, left + BEFORE + STARVED - 1000, 1000, blocks[i]);
        assert_int_equal(counters->consumed_frames, empty);
        play(&stage, true, left + BEFORE + STARVED, AFTER, blocks[i]);
        assert_int_equal(counters->underruns, 1);
        assert_true(steepest(left, BEFORE + STARVED + AFTER) <= worth(50000) * fault_slope);
        for (size_t f = BEFORE + STARVED; f <= BEFORE + STARVED + LATENCY; f++)
            assert_true(left[f] < 1e-6f); // the rise begins with the first frame
        size_t at = LATENCY + MASTER_RISE_FRAMES;
        assert_true(
            is_session(left + BEFORE + STARVED, at, empty + MASTER_RISE_FRAMES, AFTER - at));
        stage_free(&stage);
    }
}

// The ring is filled again while the fade is still under way: nothing is taken until it has ended.
static void short_underrun_loses_nothing(void **state)
{
    (void)state;
    enum { BEFORE = 20000, LATE = 100, AFTER = 20000 };
    static float left[BEFORE + AFTER];
    struct stage stage = stage_new(9600, 1000000);
    play(&stage, true, left, BEFORE, 1);
    size_t empty = (size_t)stage.made;
    play(&stage, false, left + BEFORE, empty + LATE - BEFORE, 1);
    play(&stage, true, left + empty + LATE, BEFORE + AFTER - empty - LATE, 1);
    assert_int_equal(stage.desk->counters.underruns, 1);
    assert_int_equal(stage.desk->counters.consumed_frames, BEFORE + AFTER - FADE_FAULT_FRAMES);
    assert_true(steepest(left, BEFORE + AFTER) <= worth(50000) * fault_slope);
    play(&stage, true, left, AFTER, 1);
    int64_t first = BEFORE + AFTER - FADE_FAULT_FRAMES - LATENCY;
    assert_true(is_session(left, MASTER_RISE_FRAMES, first + MASTER_RISE_FRAMES,
                           AFTER - MASTER_RISE_FRAMES));
    stage_free(&stage);
}

static void close_fades_and_stays_silent(void **state)
{
    (void)state;
    enum { BEFORE = 20000, FADE = 9000, AFTER = 20000 };
    static float left[BEFORE + AFTER];
    struct stage stage = stage_new(9600, 1000000);
    struct desk *desk = stage.desk;
    play(&stage, true, left, BEFORE, 333);
    atomic_store(&desk->controls.close_frames, FADE);
    atomic_store(&desk->controls.close, 1);
    play(&stage, true, left + BEFORE, AFTER, 333);
    assert_true(left[BEFORE + FADE / 2] > 0.0f);
    for (size_t f = BEFORE + FADE; f < BEFORE + AFTER; f++)
        assert_true(left[f] == 0.0f);
    assert_true(steepest(left, BEFORE + AFTER) <= worth(50000) * 1.5f / FADE * 1.01f);
    assert_int_equal(desk->counters.silent, 1);
    assert_int_equal(desk->counters.consumed_frames, BEFORE + FADE);
    assert_int_equal(desk->counters.tail_frames, AFTER - FADE);
    // However short it is asked to be, it is a fade.
    master_init(&desk->master);
    atomic_store(&desk->controls.close, 0);
    play(&stage, true, left, BEFORE, 333);
    atomic_store(&desk->controls.close_frames, -5);
    atomic_store(&desk->controls.close, 1);
    play(&stage, true, left + BEFORE, AFTER, 333);
    assert_true(left[BEFORE + AFTER - 1] == 0.0f);
    assert_true(steepest(left, BEFORE + AFTER) <= worth(90000) * fault_slope);
    stage_free(&stage);
}

// ---- Ears ---------------------------------------------------------------------------------------

static float bad_value(uint64_t bits)
{
    static const float values[] = {NAN, INFINITY, -INFINITY, 1e38f, -1e38f, 1e-40f, 3e4f, 15.9f};
    return values[bits % 8];
}

// One block of one kind: mostly sound of up to +24 dB, constants, and now and then something bad.
static void fill_block(float *stems, size_t frames, uint64_t bits, bool bad)
{
    float height = (bits & 4) ? 15.85f : 0.3f;
    for (size_t i = 0; i < frames * MASTER_STEM_CHANNELS; i++) {
        uint64_t more = random_at(bits, i);
        float noise = (float)random_unit(more) * 2 - 1;
        stems[i] = height * ((bits & 3) == 3 ? 1 : noise);
        if (bad && more % 50 == 0)
            stems[i] = bad_value(more >> 32);
    }
}

static void turn_controls(struct master_controls *controls, uint64_t bits)
{
    if (bits % 16 == 0)
        atomic_store(&controls->stem_db[bits / 16 % 3], (float)(bits / 64 % 90) - 70);
    if (bits % 512 == 1)
        atomic_store(&controls->stem_db[0], NAN);
    if (bits % 64 == 2)
        atomic_store(&controls->paused, (int)(bits / 64 % 4 == 0));
}

struct gains {
    int32_t fade;
    float stems[MASTER_STEMS];
    int64_t faults; // bad frames and underruns
    int64_t since;  // frames of the blocks since the last of them
    int64_t within; // and with the block that had it
};

// No gain moved faster than its ramp in a block of `frames`; 10 ms after a fault it was silent, and
// rose no faster than a start does. A fresh master's levels need no ramp.
static void follow_gains(struct gains *gains, const struct desk *desk, size_t frames, bool fresh)
{
    const struct master *master = &desk->master;
    const int64_t rise = fade_step(MASTER_RISE_FRAMES), count = (int64_t)frames;
    const int64_t faults = desk->counters.bad_frames + desk->counters.underruns;
    assert_true(master->fade.position - gains->fade <= rise * count);
    assert_true(gains->fade - master->fade.position <= fade_step(FADE_FAULT_FRAMES) * count);
    gains->fade = master->fade.position;
    for (int stem = 0; stem < MASTER_STEMS; stem++) {
        float change = master->gain[stem] - gains->stems[stem];
        assert_true(fresh || change <= 1.01f * (float)frames / MASTER_RISE_FRAMES);
        assert_true(fresh || -change <= 1.01f * (float)frames / MASTER_LEVEL_FRAMES);
        gains->stems[stem] = master->gain[stem];
    }
    bool faulty = faults != gains->faults;
    gains->faults = faults;
    gains->since = faulty ? 0 : gains->since + count;
    gains->within = faulty ? count : gains->within + count;
    if (faults > 0 && gains->since >= FADE_FAULT_FRAMES)
        assert_true(master->fade.position <= rise * (gains->within - FADE_FAULT_FRAMES));
}

// Blocks of random size and kind, levels and pauses at random, the ring now and then empty: every
// sample is finite and below -1 dBFS, no gain jumps, and something is heard in between.
static void ears_are_safe(void **state)
{
    const uint64_t blocks = *(const uint64_t *)*state;
    enum { MOST = 512 };
    static float stems[MOST * MASTER_STEM_CHANNELS];
    static float stereo[2 * MOST];
    struct stage stage = stage_new(4 * MOST, INT64_MAX);
    struct desk *desk = stage.desk;
    uint64_t heard = 0, played = 0;
    float highest = 0;
    struct gains gains = {.stems = {1, 1, 1}};
    for (uint64_t block = 0; block < blocks; block++) {
        uint64_t bits = random_at(99, block);
        bool bad = block % 300 < 5, starved = block % 1000 > 990;
        size_t frames = 1 + (size_t)(bits >> 40) % MOST;
        while (!starved && ring_space(stage.ring) >= frames) {
            fill_block(stems, frames, bits, bad);
            ring_write(stage.ring, stems, frames);
        }
        turn_controls(&desk->controls, bits >> 20);
        const bool fresh = desk->master.fresh;
        master_callback(&desk->master, &stage.source, &desk->controls, &desk->counters, stereo,
                        frames);
        follow_gains(&gains, desk, frames, fresh);
        for (size_t i = 0; i < 2 * frames; i++) {
            if (!(fabsf(stereo[i]) <= MASTER_PEAK))
                fail_msg("block %llu: %g", (unsigned long long)block, (double)stereo[i]);
            highest = fmaxf(highest, fabsf(stereo[i]));
            heard += fabsf(stereo[i]) > 0.01f;
        }
        played += frames;
    }
    print_message("%llu blocks: highest %.4f, audible %.0f %%, %lld bad frames, %lld underruns\n",
                  (unsigned long long)blocks, (double)highest,
                  50.0 * (double)heard / (double)played, (long long)desk->counters.bad_frames,
                  (long long)desk->counters.underruns);
    assert_true(heard > played / 2);
    assert_true(highest > 0.7f);
    assert_true(desk->counters.bad_frames > 1000);
    assert_true(desk->counters.underruns > 10);
    assert_true(desk->counters.limited_blocks > 1000);
    stage_free(&stage);
}

// test_master [BLOCKS]: how many blocks of noise and faults the ears' test takes; ./dev nightly
// takes 10^7.
int main(int count, char **args)
{
    uint64_t blocks = count > 1 ? strtoull(args[1], NULL, 10) : EARS_BLOCKS;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_is_a_ramp),
        cmocka_unit_test(block_sizes_make_no_difference),
        cmocka_unit_test(mix_is_the_sum),
        cmocka_unit_test(levels_are_ramped),
        cmocka_unit_test(first_levels_need_no_ramp),
        cmocka_unit_test(bad_samples_are_faded_away),
        cmocka_unit_test(nothing_is_taken_before_the_start),
        cmocka_unit_test(start_waits_for_a_block_and_more),
        cmocka_unit_test(callback_is_process_on_the_ring),
        cmocka_unit_test(pause_fades_and_holds_the_position),
        cmocka_unit_test(hold_pauses_before_the_frame),
        cmocka_unit_test(hold_ends_a_closing_fade),
        cmocka_unit_test(underrun_fades_waits_and_goes_on),
        cmocka_unit_test(short_underrun_loses_nothing),
        cmocka_unit_test(close_fades_and_stays_silent),
        cmocka_unit_test_prestate(ears_are_safe, &blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
