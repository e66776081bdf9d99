// SPDX-License-Identifier: GPL-3.0-or-later
// One call joins the parts of the planner, and says why a length can't be had.
#include "plan.h"

#include "planner.h"

static enum status prepare(struct planner *planner, const struct session *session,
                           const struct plan_config *config, struct error *error)
{
    enum status status = planner_open(planner, session, config, error);
    THEN(status, planner_choose(planner, error));
    return status;
}

enum status plan_range(struct range *range, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error)
{
    struct planner planner = {.utterances = utterances, .clip_frames = clip_frames};
    enum status status = prepare(&planner, session, config, error);
    if (!status)
        *range = planner_range(&planner);
    arena_free(&planner.arena);
    return status;
}

static enum status refuse(const struct planner *planner, int64_t total_frames, struct error *error)
{
    struct range range = planner_range(planner);
    struct buffer text = BUFFER_INIT;
    buffer_add_c(&text, "this session takes ");
    duration_print_clock(&text, range.least + FRAME_RATE - 1);
    buffer_add_c(&text, " to ");
    duration_print_clock(&text, range.most);
    buffer_add_c(&text, ", not ");
    duration_print_clock(&text, total_frames);
    if (planner->outline.session->ending == ENDING_SLEEP)
        buffer_add_c(&text, "; its last section, a third of it or more, is left to sleep in");
    enum status status = text.failed ? error_no_memory(error)
                                     : error_set(error, STATUS_BAD_ARGUMENT, "%s", text.data);
    buffer_free(&text);
    return status;
}

enum status plan_build(struct timeline *timeline, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error)
{
    struct planner planner = {.utterances = utterances, .clip_frames = clip_frames};
    struct timeline made = {.arena = ARENA_INIT, .session = session, .ending = session->ending};
    enum status status = prepare(&planner, session, config, error);
    if (!status) {
        struct range range = planner_range(&planner);
        if (config->total_frames < range.least || config->total_frames > range.most)
            status = refuse(&planner, config->total_frames, error);
    }
    THEN(status, planner_lay_out(&planner, &made, config->total_frames, NULL, error));
    arena_free(&planner.arena);
    if (status)
        timeline_free(&made);
    else
        *timeline = made;
    return status;
}
