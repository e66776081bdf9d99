// SPDX-License-Identifier: GPL-3.0-or-later
// A sink that counts what it gets, and fails when it is told to.
#include "render.h"

#include "timeline.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { CALLS_MAX = 4 };

struct counter {
    size_t wanted[CALLS_MAX]; // by each call; the last is 0
    size_t taken[CALLS_MAX];
    size_t most; // as the loop said
    int wants, takes;
    int fail_want, fail_take; // the call that fails, from 1 on; 0: none
};

struct fixture {
    struct session session;
    struct timeline lead;
    struct engine *engine;
};

static enum status want(void *context, size_t most, size_t *frames, struct error *error)
{
    struct counter *counter = context;
    assert_true(counter->wants < CALLS_MAX);
    counter->most = most;
    *frames = counter->wanted[counter->wants++];
    return counter->wants == counter->fail_want ? error_set(error, STATUS_IO, "want") : STATUS_OK;
}

static enum status take(void *context, const float *stems, size_t frames, struct error *error)
{
    struct counter *counter = context;
    assert_int_equal(counter->wants, counter->takes + 1); // by turns
    for (size_t i = 0; i < frames * STEM_CHANNELS; i++)
        assert_true(stems[i] == 0);
    counter->taken[counter->takes++] = frames;
    return counter->takes == counter->fail_take ? error_set(error, STATUS_IO, "take") : STATUS_OK;
}

static int open_engine(void **state)
{
    static struct fixture f;
    static const struct clip_bank no_clips = {.count = 0};
    const struct engine_config config = {.seed = 1};
    f.session = (struct session){.title = TEXT("Nothing")};
    timeline_init_lead(&f.lead, &f.session, (int64_t)60 * FRAME_RATE);
    assert_int_equal(engine_new(&f.engine, &config, NULL), STATUS_OK);
    assert_int_equal(engine_set_timeline(f.engine, &f.lead, &no_clips, NULL), STATUS_OK);
    *state = &f;
    return 0;
}

static int close_engine(void **state)
{
    struct fixture *f = *state;
    engine_free(f->engine);
    timeline_free(&f->lead);
    return 0;
}

static enum status run(void **state, struct counter *counter, struct error *error)
{
    const struct fixture *f = *state;
    const struct render_sink sink = {want, take, counter};
    return render_run(f->engine, &sink, error);
}

static void test_the_sink_gets_what_it_wants(void **state)
{
    struct counter counter = {.wanted = {RENDER_BLOCK_FRAMES, 1, 1000, 0}};
    assert_int_equal(run(state, &counter, NULL), STATUS_OK);
    assert_int_equal(counter.most, RENDER_BLOCK_FRAMES);
    assert_int_equal(counter.takes, 3);
    assert_memory_equal(counter.taken, counter.wanted, sizeof counter.taken);
}

static void test_a_sink_may_want_nothing(void **state)
{
    struct counter counter = {.wanted = {0}};
    assert_int_equal(run(state, &counter, NULL), STATUS_OK);
    assert_int_equal(counter.takes, 0);
}

static void test_a_failure_ends_it(void **state)
{
    struct error error;
    struct counter full = {.wanted = {10, 10, 10, 0}, .fail_take = 2};
    assert_int_equal(run(state, &full, &error), STATUS_IO);
    assert_string_equal(error.text, "take");
    assert_int_equal(full.wants, 2);
    struct counter interrupted = {.wanted = {10, 10, 10, 0}, .fail_want = 2};
    assert_int_equal(run(state, &interrupted, &error), STATUS_IO);
    assert_string_equal(error.text, "want");
    assert_int_equal(interrupted.takes, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sink_gets_what_it_wants),
        cmocka_unit_test(test_a_sink_may_want_nothing),
        cmocka_unit_test(test_a_failure_ends_it),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
