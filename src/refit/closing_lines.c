// SPDX-License-Identifier: GPL-3.0-or-later
// What has begun is copied, and the closing words are appended to it.
#include "closing_lines.h"

static const struct node closing_line = {.type = NODE_LINE};

// Copy what begins before from_frame; returns where the last of its words ends.
static int64_t copy_begun(struct timeline *closed, const struct timeline *timeline,
                          int64_t from_frame)
{
    int64_t end_frame = from_frame;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame >= from_frame)
            break;
        closed->events[closed->event_count++] = *event;
        if (event->type == EVENT_SPEECH && event->start_frame + event->frames > end_frame)
            end_frame = event->start_frame + event->frames;
    }
    return end_frame;
}

// `timeline` without events, and room for them.
static enum status begin(struct timeline *made, const struct timeline *timeline,
                         struct error *error)
{
    *made = *timeline;
    made->arena = ARENA_INIT;
    made->event_count = 0;
    made->plan_state = NULL;
    made->left_out = NULL;
    made->left_count = 0;
    made->events = arena_array(&made->arena, timeline->event_count + 1, sizeof *made->events);
    return made->events ? STATUS_OK : error_no_memory(error);
}

static void add_words(struct timeline *made, const struct closing_lines_config *config,
                      int64_t start_frame)
{
    made->events[made->event_count] = (struct event){
        .type = EVENT_SPEECH,
        .start_frame = start_frame,
        .frames = config->clip_frames,
        .section = made->event_count > 0 ? made->events[made->event_count - 1].section : 0,
        .as.speech = {&closing_line, config->utterance, LEVEL_MUST},
    };
    made->event_count++;
}

enum status closing_lines_build(struct timeline *closed, int64_t *last_frame,
                                const struct timeline *timeline,
                                const struct closing_lines_config *config, struct error *error)
{
    struct timeline made;
    enum status status = begin(&made, timeline, error);
    if (status != STATUS_OK)
        return status;
    int64_t start_frame =
        copy_begun(&made, timeline, config->from_frame) + CLOSING_LINES_GAP_FRAMES;
    *last_frame = start_frame + config->clip_frames;
    if (*last_frame + config->fade_frames > timeline->total_frames) {
        timeline_free(&made);
        return error_set(error, STATUS_NOT_FOUND, "the session is about to end by itself");
    }
    add_words(&made, config, start_frame);
    *closed = made;
    return STATUS_OK;
}

enum status closing_lines_build_unspoken(struct timeline *closed, const struct timeline *timeline,
                                         const struct closing_lines_config *config,
                                         struct error *error)
{
    struct timeline made;
    enum status status = begin(&made, timeline, error);
    if (status != STATUS_OK)
        return status;
    copy_begun(&made, timeline, config->from_frame);
    for (size_t i = 0; i < made.event_count; i++) {
        struct event *event = &made.events[i];
        if (event->start_frame + event->frames > config->from_frame)
            event->frames = config->from_frame - event->start_frame;
    }
    add_words(&made, config, config->from_frame + CLOSING_LINES_GAP_FRAMES);
    *closed = made;
    return STATUS_OK;
}
