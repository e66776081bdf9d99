// SPDX-License-Identifier: GPL-3.0-or-later
// The stages of a pipeline, up to where a voice would be needed.
#include "pipeline.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct settings defaults = {
    .what = {.language = "en", .breaths = PLAN_BREATHS_DEFAULT, .seed = 1}, .form = {.bits = 16}};

static int find_data(void **state)
{
    (void)state;
    return setenv("LOOSEN_DATA", LOOSEN_SOURCE_DIR, 1);
}

static void test_stages_are_reached_one_by_one(void **state)
{
    (void)state;
    struct pipeline pipeline;
    struct error error;
    assert_int_equal(pipeline_open(&pipeline, &defaults, "after-sitting", &error), STATUS_OK);
    assert_int_equal(pipeline.stages, PIPELINE_OPENED);
    assert_true(pipeline.utterances.count > 0);
    assert_int_equal(pipeline.lead.total_frames, pipeline.total_frames);
    assert_int_equal(pipeline_load_scenes(&pipeline, &error), STATUS_OK);
    assert_int_equal(pipeline_load_scenes(&pipeline, &error), STATUS_OK);
    assert_int_equal(pipeline.stages, PIPELINE_OPENED | PIPELINE_SCENES);
    assert_int_equal(pipeline_start_engine(&pipeline, &error), STATUS_OK);
    assert_int_equal(pipeline.stages, PIPELINE_OPENED | PIPELINE_SCENES | PIPELINE_ENGINE);
    assert_false(pipeline_voice_is_ready(&pipeline));
    pipeline_close(&pipeline);
    assert_int_equal(pipeline.stages, 0);
}

static void test_a_scene_alone_waits_for_no_voice(void **state)
{
    (void)state;
    struct pipeline pipeline;
    struct error error;
    struct settings settings = defaults;
    settings.what.scene_only = "shore";
    assert_int_equal(pipeline_open(&pipeline, &settings, NULL, &error), STATUS_OK);
    assert_int_equal(pipeline.total_frames, (int64_t)30 * 60 * FRAME_RATE);
    assert_int_equal(pipeline_start_engine(&pipeline, &error), STATUS_OK);
    assert_int_equal(pipeline_start_voice(&pipeline, SPEECH_CLIPS_ALL, &error), STATUS_OK);
    assert_true(pipeline_voice_is_ready(&pipeline));
    assert_int_equal(pipeline_wait_voice(&pipeline, &error), STATUS_OK);
    assert_int_equal(pipeline_plan(&pipeline, &error), STATUS_OK);
    assert_true(pipeline.stages & PIPELINE_PLANNED);
    assert_int_equal(pipeline.timeline.event_count, 0);
    assert_true(pipeline.timeline.tail_frames > pipeline.lead.tail_frames);
    pipeline_close(&pipeline);
}

static void assert_refused(const char *session, int seconds, enum status status, const char *part)
{
    struct pipeline pipeline;
    struct error error;
    struct settings settings = defaults;
    settings.what.length.first_frames = (int64_t)seconds * FRAME_RATE;
    assert_int_equal(pipeline_open(&pipeline, &settings, session, &error), status);
    if (!strstr(error.text, part))
        fail_msg("\"%s\" does not name \"%s\"", error.text, part);
    assert_int_equal(pipeline.stages, 0);
    pipeline_close(&pipeline);
}

static void test_what_cannot_be_opened_is_named(void **state)
{
    (void)state;
    assert_refused("wall-ball", 86400, STATUS_BAD_ARGUMENT, "wall-ball runs from ");
    assert_refused("wall-ball", 300, STATUS_BAD_ARGUMENT, "for that length there is: ");
    assert_refused("wall-bal", 600, STATUS_NOT_FOUND, "did you mean \"wall-ball\"?");
}

static void plan_at_once(struct pipeline *pipeline)
{
    (void)pipeline_plan(pipeline, NULL);
}

static void wait_for_nobody(struct pipeline *pipeline)
{
    (void)pipeline_wait_voice(pipeline, NULL);
}

static void start_two_engines(struct pipeline *pipeline)
{
    (void)pipeline_start_engine(pipeline, NULL);
    (void)pipeline_start_engine(pipeline, NULL);
}

static void follow_without_a_plan(struct pipeline *pipeline)
{
    (void)pipeline_start_engine(pipeline, NULL);
    (void)pipeline_follow(pipeline, &pipeline->lead, NULL);
}

// Whether `call` on an opened pipeline fails an assertion, in a process of its own.
static bool is_caught(void (*call)(struct pipeline *pipeline))
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct pipeline pipeline;
        const struct rlimit no_core = {0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        signal(SIGABRT, SIG_DFL);
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        if (pipeline_open(&pipeline, &defaults, "after-sitting", NULL) == STATUS_OK)
            call(&pipeline);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void test_calls_out_of_order_are_caught(void **state)
{
    (void)state;
    assert_true(is_caught(plan_at_once));
    assert_true(is_caught(wait_for_nobody));
    assert_true(is_caught(start_two_engines));
    assert_true(is_caught(follow_without_a_plan));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stages_are_reached_one_by_one),
        cmocka_unit_test(test_a_scene_alone_waits_for_no_voice),
        cmocka_unit_test(test_what_cannot_be_opened_is_named),
        cmocka_unit_test(test_calls_out_of_order_are_caught),
    };
    return cmocka_run_group_tests(tests, find_data, NULL);
}
