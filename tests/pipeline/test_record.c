// SPDX-License-Identifier: GPL-3.0-or-later
// What is written of the master's log, and read again.
#include "record.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct desk {
    struct master_source source;
    struct master_controls controls;
    struct master_counters counters;
};

static struct desk *desk_new(void)
{
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    desk->source.ring = calloc(1, ring_size(MASTER_STEM_CHANNELS, 9600));
    assert_non_null(desk->source.ring);
    desk->source.total_frames = 1000000;
    master_controls_init(&desk->controls);
    master_counters_init(&desk->counters);
    return desk;
}

// A device begins at `frame`: one callback of a master of its own.
static void begin_device(struct desk *desk, struct master *master, int64_t frame)
{
    float stereo[2 * 64];
    ring_init(desk->source.ring, MASTER_STEM_CHANNELS, 9600, frame);
    master_init(master);
    master_callback(master, &desk->source, &desk->controls, &desk->counters, stereo, 64);
}

static void assert_level(const struct record_change *change, int64_t frame, int stem, double db)
{
    assert_int_equal(change->type, RECORD_LEVEL);
    assert_int_equal(change->frame, frame);
    assert_int_equal(change->stem, stem);
    assert_true(fabs(change->value - db) < 1e-6);
}

// The scene is set at 9000, the device is lost, the cue is set back to 0 dB meanwhile, and another
// device begins at 8000.
static void levels_keep_their_order_over_a_loss(void **state)
{
    (void)state;
    char path[] = "/tmp/loosen-recorder-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    assert_int_equal(unlink(path), 0);
    const struct arguments arguments = {.words = {"wall-ball"}, .count = 1};
    struct recorder recorder;
    struct error error = {.status = STATUS_OK};
    struct master master;
    struct desk *desk = desk_new();
    assert_int_equal(recorder_open(&recorder, path, &arguments, PLAN_END_KEPT, &error), STATUS_OK);
    atomic_store(&desk->controls.stem_db[0], -3.0f);
    atomic_store(&desk->controls.stem_db[2], 2.0f);
    begin_device(desk, &master, 0);
    recorder_follow(&recorder, &desk->counters.log);
    atomic_store(&desk->controls.stem_db[1], -2.0f);
    float stereo[2 * 64];
    ring_init(desk->source.ring, MASTER_STEM_CHANNELS, 9600, 9000);
    master_callback(&master, &desk->source, &desk->controls, &desk->counters, stereo, 64);
    atomic_store(&desk->controls.stem_db[2], 0.0f);
    begin_device(desk, &master, 8000);
    recorder_follow(&recorder, &desk->counters.log);
    assert_int_equal(recorder_close(&recorder, &error), STATUS_OK);

    struct record record;
    assert_int_equal(record_load(&record, path, &error), STATUS_OK);
    assert_int_equal(record.change_count, 4);
    assert_level(&record.changes[0], 0, 0, -3);
    assert_level(&record.changes[1], 0, 2, 2);
    assert_level(&record.changes[2], 9000, 1, -2);
    assert_level(&record.changes[3], 9000, 2, 0);
    record_free(&record);
    assert_int_equal(unlink(path), 0);
    free(desk->source.ring);
    free(desk);
}

// What a session says of its end is part of its record.
static void the_end_is_recorded(void **state)
{
    (void)state;
    const struct arguments arguments = {.words = {"wall-ball"}, .count = 1};
    for (enum plan_end end = PLAN_END_KEPT; end <= PLAN_END_STRICT; end++) {
        char path[] = "/tmp/loosen-recorder-XXXXXX";
        struct recorder recorder;
        struct record record;
        struct error error;
        int file = mkstemp(path);
        assert_true(file >= 0);
        assert_int_equal(close(file), 0);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(recorder_open(&recorder, path, &arguments, end, &error), STATUS_OK);
        assert_int_equal(recorder_close(&recorder, &error), STATUS_OK);
        assert_int_equal(record_load(&record, path, &error), STATUS_OK);
        assert_int_equal(record.end, end);
        assert_int_equal(record.word_count, 1);
        record_free(&record);
        assert_int_equal(unlink(path), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(levels_keep_their_order_over_a_loss),
                                       cmocka_unit_test(the_end_is_recorded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
