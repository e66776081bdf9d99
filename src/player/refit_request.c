// SPDX-License-Identifier: GPL-3.0-or-later
// A change is fitted from a frame not yet rendered, and handed to the engine.
#include "refit_request.h"

#include "interrupt.h"
#include "plan_refit.h"
#include <stdlib.h>
#include <time.h>

enum {
    FILL_TRIES = 100, // until the ring holds enough ...
    FILL_NAP_MS = 5,  // ... looked at this often
    SWAP_TRIES = 3,   // when the device was faster than the planner
};

// The frame of a change, once it was rendered: the engine goes back to it, never forward. -1: it
// does not get that far, for the device is gone or the session ends.
static int64_t choose_frame(const struct refit_request *course)
{
    const struct timespec nap = {.tv_nsec = FILL_NAP_MS * 1000000L};
    for (int i = 0; i < FILL_TRIES && !interrupt_signal(); i++) {
        renderer_hold(course->renderer);
        int64_t frame = renderer_next_frame(course->renderer);
        bool rendered = frame <= course->renderer->rendered_frames;
        renderer_release(course->renderer);
        if (rendered)
            return frame;
        nanosleep(&nap, NULL);
    }
    return -1;
}

enum plan_end refit_request_end(const struct settings *settings)
{
    if (settings->run.strict_end)
        return PLAN_END_STRICT;
    return settings->run.flex ? PLAN_END_LATER : PLAN_END_KEPT;
}

static enum status refit(const struct refit_request *course, enum plan_request request,
                         int64_t frame, struct timeline *made, struct error *error)
{
    struct pipeline *pipeline = course->pipeline;
    int64_t *clip_frames = speech_clip_frames(&pipeline->speech);
    if (!clip_frames)
        return error_no_memory(error);
    const struct plan_config plan = planning_config(pipeline->settings, pipeline->total_frames);
    const struct plan_refit_config config = {
        .present = &pipeline->timeline,
        .utterances = &pipeline->utterances,
        .clip_frames = clip_frames,
        .plan = &plan,
        .request = request,
        .now_frame = frame,
        .end = refit_request_end(pipeline->settings),
    };
    enum status status = plan_refit(made, &config, error);
    free(clip_frames);
    return status;
}

// Let feed and pipeline follow `made`, which is theirs on STATUS_OK.
static enum status take(const struct refit_request *course, struct timeline *made, int64_t frame,
                        struct error *error)
{
    struct pipeline *pipeline = course->pipeline;
    struct timeline before = pipeline->timeline;
    pipeline->timeline = *made;
    renderer_hold(course->renderer);
    enum status status = renderer_change(course->renderer, &pipeline->timeline,
                                         &pipeline->speech.bank, frame, error);
    renderer_release(course->renderer);
    if (status != STATUS_OK)
        pipeline->timeline = before;
    pipeline->total_frames = pipeline->timeline.total_frames;
    timeline_free(status == STATUS_OK ? &before : made);
    return status;
}

enum status refit_request_make(const struct refit_request *course, enum plan_request request,
                               int64_t *frame, struct error *error)
{
    if (!course->pipeline->timeline.plan_state)
        return error_set(error, STATUS_BAD_ARGUMENT, "There is nothing to change yet.");
    enum status status = STATUS_TIMEOUT;
    for (int i = 0; i < SWAP_TRIES && status == STATUS_TIMEOUT; i++) {
        struct timeline made;
        *frame = choose_frame(course);
        if (*frame < 0)
            return error_set(error, STATUS_BAD_ARGUMENT, "That cannot be done now.");
        status = refit(course, request, *frame, &made, error);
        THEN(status, take(course, &made, *frame, error));
    }
    if (status == STATUS_TIMEOUT)
        return error_set(error, STATUS_BAD_ARGUMENT, "This computer is too busy for that now.");
    return status;
}
