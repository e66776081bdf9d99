// SPDX-License-Identifier: GPL-3.0-or-later
// Events move to the front by what was passed over; so do the places that a re-fit knows.
#include "excerpt.h"

#include "figures.h"
#include "plan_state.h"

#define NOTICE_GAP ((int64_t)3 * FRAME_RATE) // between its lines at most, and behind it

struct cut {
    const struct timeline *whole;
    struct timeline *made;
    int64_t frame;  // of the whole, where it is entered
    int64_t entry;  // of the excerpt, likewise
    int64_t passed; // what the whole is ahead of the excerpt, frames
    int section;    // that is entered
};

static int64_t end_of(const struct event *event)
{
    return event->start_frame + event->frames;
}

static struct event *add(struct cut *cut, const struct event *event, int64_t start)
{
    struct event *added = &cut->made->events[cut->made->event_count++];
    *added = *event;
    added->start_frame = start;
    return added;
}

static bool breathes_after(const struct timeline *timeline, int64_t frame)
{
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].type == EVENT_BREATH && timeline->events[i].start_frame >= frame)
            return true;
    return false;
}

// A line of a notice; or, where a breath is to be led, one that says how light it may be.
static bool must_be_heard(const struct event *event, const struct session *session, bool breathes)
{
    const struct node *line = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
    if (!line || event->as.speech.level != LEVEL_MUST || line->file.size == 0)
        return false;
    if (!text_equal(line->file, session->file))
        return true;
    for (size_t i = 0; i < line->tag_count && breathes; i++)
        if (text_equal(line->tags[i], TEXT("E11")))
            return true;
    return false;
}

// What nobody may miss is said in front, at most NOTICE_GAP apart.
static void add_front(struct cut *cut)
{
    const bool breathes = breathes_after(cut->whole, cut->frame);
    int64_t before = -1; // end of the last in the whole
    for (size_t i = 0; i < cut->whole->event_count; i++) {
        const struct event *event = &cut->whole->events[i];
        if (event->start_frame >= cut->frame)
            break;
        if (!must_be_heard(event, cut->whole->session, breathes))
            continue;
        int64_t gap = before < 0 ? 0 : event->start_frame - before;
        struct event *added = add(cut, event, cut->entry + (gap < NOTICE_GAP ? gap : NOTICE_GAP));
        added->section = cut->section;
        added->side = SIDE_NONE;
        cut->entry = end_of(added);
        before = end_of(event);
    }
    if (before >= 0)
        cut->entry += NOTICE_GAP;
}

// The scene that the script has where it is entered.
static void add_scene(struct cut *cut)
{
    const struct event *scene = NULL;
    for (size_t i = 0; i < cut->whole->event_count; i++) {
        const struct event *event = &cut->whole->events[i];
        if (event->type == EVENT_SCENE && event->start_frame < cut->frame)
            scene = event;
    }
    if (scene && !text_equal(scene->as.scene.name, cut->whole->session->scene))
        add(cut, scene, TIMELINE_LEAD_FRAMES)->section = cut->section;
}

static void add_rest(struct cut *cut)
{
    int bout = -1; // the first that is left
    for (size_t i = 0; i < cut->whole->event_count; i++) {
        const struct event *event = &cut->whole->events[i];
        const bool spans = event->type == EVENT_SECTION || event_is_timed(event);
        if (event->start_frame < cut->frame && (!spans || end_of(event) <= cut->frame))
            continue;
        const int64_t first = event->type == EVENT_SECTION ? 0 : cut->entry;
        const bool under_way = event->start_frame <= cut->frame && event->type == EVENT_SECTION;
        const int64_t start =
            event->start_frame < cut->frame || under_way ? first : event->start_frame - cut->passed;
        struct event *added = add(cut, event, start);
        added->frames = end_of(event) - cut->passed - start;
        if (event->type != EVENT_BREATH)
            continue;
        bout = bout < 0 ? event->as.breath.bout : bout;
        added->as.breath.bout -= bout;
    }
}

// The section that `frame` lies in.
static int section_at(const struct timeline *timeline, int64_t frame)
{
    int section = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].type == EVENT_SECTION && timeline->events[i].start_frame <= frame)
            section = timeline->events[i].section;
    return section;
}

static enum status copy_state(struct cut *cut, struct error *error)
{
    if (!cut->whole->plan_state)
        return STATUS_OK;
    cut->made->plan_state =
        plan_state_shift(cut->whole->plan_state, &cut->made->arena, cut->passed, cut->entry);
    return cut->made->plan_state ? STATUS_OK : error_no_memory(error);
}

static enum status copy_left_out(struct cut *cut, struct error *error)
{
    struct timeline *made = cut->made;
    made->left_out = arena_array(&made->arena, cut->whole->left_count + 1, sizeof *made->left_out);
    if (!made->left_out)
        return error_no_memory(error);
    for (size_t i = 0; i < cut->whole->left_count; i++)
        if (cut->whole->left_out[i].section >= cut->section)
            made->left_out[made->left_count++] = cut->whole->left_out[i];
    return STATUS_OK;
}

static void find_figures(struct timeline *made)
{
    for (size_t i = 0; i < made->event_count; i++) {
        const struct event *event = &made->events[i];
        if (event->type == EVENT_SPEECH)
            made->speech_frames += event->frames;
        made->breath_count +=
            event->type == EVENT_BREATH && event->as.breath.phase == BREATH_OUT ? 1 : 0;
    }
    if (made->ending == ENDING_SLEEP)
        made->tail_frames = figures_sleep_tail(made->total_frames);
    figures_sort(made);
    figures_find_wait(made);
}

enum status excerpt_build(struct timeline *excerpt, const struct timeline *whole, int64_t frame,
                          bool heard, struct error *error)
{
    *excerpt = (struct timeline){.session = whole->session,
                                 .ending = whole->ending,
                                 .lead_frames = whole->lead_frames,
                                 .tail_frames = whole->tail_frames};
    struct cut cut = {.whole = whole,
                      .made = excerpt,
                      .frame = frame,
                      .entry = TIMELINE_LEAD_FRAMES,
                      .section = section_at(whole, frame)};
    excerpt->events = arena_array(&excerpt->arena, whole->event_count + 1, sizeof *excerpt->events);
    if (!excerpt->events)
        return error_no_memory(error);
    if (!heard)
        add_front(&cut);
    add_scene(&cut);
    cut.passed = frame - cut.entry;
    add_rest(&cut);
    excerpt->total_frames = whole->total_frames - cut.passed;
    find_figures(excerpt);
    enum status status = copy_state(&cut, error);
    THEN(status, copy_left_out(&cut, error));
    if (status != STATUS_OK)
        timeline_free(excerpt);
    return status;
}
