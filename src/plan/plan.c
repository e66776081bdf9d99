// session -> outline (boxes and choices) -> chains of states -> fit (state and length of every
// section) -> glue (length of every box) -> layout (events).
#include "plan.h"

#include "glue.h"
#include "layout.h"
#include "presence.h"

struct planner {
    struct arena arena; // of everything here
    struct outline outline;
    struct choice choice;
    struct fit fit;
};

static enum status prepare(struct planner *planner, const struct session *session,
                           const struct utterances *utterances, const int64_t *clip_frames,
                           const struct plan_config *config, struct error *error)
{
    if (!(config->breaths_per_minute >= PLAN_BREATHS_LEAST &&
          config->breaths_per_minute <= PLAN_BREATHS_MOST))
        return error_set(error, STATUS_BAD_ARGUMENT, "the breath rate lies between 4.5 and 8");
    if (session->section_count == 0)
        return error_set(error, STATUS_BAD_INPUT, "the session has no section");
    enum status status = outline_build(&planner->outline, &planner->arena, session, utterances,
                                       clip_frames, config, error);
    if (!status)
        status = choice_build(&planner->choice, &planner->outline, error);
    if (!status)
        status = fit_init(&planner->fit, &planner->choice, error);
    return status;
}

static struct range range_of(const struct fit *fit)
{
    int64_t most = fit->most < DURATION_MAX ? fit->most : DURATION_MAX;
    return (struct range){fit->least, most > fit->least ? most : fit->least};
}

enum status plan_range(struct range *range, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error)
{
    struct planner planner = {.arena = ARENA_INIT};
    enum status status = prepare(&planner, session, utterances, clip_frames, config, error);
    if (!status)
        *range = range_of(&planner.fit);
    arena_free(&planner.arena);
    return status;
}

static enum status refuse(const struct planner *planner, int64_t total_frames, struct error *error)
{
    struct range range = range_of(&planner->fit);
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

// What is not there: choices below their most, and presence lines without a place.
static size_t list_left_out(const struct outline *outline, struct left_out *list)
{
    size_t count = 0;
    for (size_t i = 0; i < outline->unit_count; i++) {
        const struct unit *unit = &outline->units[i];
        if (unit->value >= unit->most || unit->node->type == NODE_PAUSE || !outline_stands(unit))
            continue;
        if (unit->type != UNIT_SHOW && !unit->boxes[0]->on)
            continue;
        bool barred = unit->barred && unit->value == unit->top;
        if (list)
            list[count] =
                (struct left_out){unit->node, unit->section, barred ? unit->reason : LEFT_NO_ROOM,
                                  unit->most - unit->value};
        count++;
    }
    return count;
}

static size_t list_unplaced(const struct box *box, int section, struct left_out *list)
{
    size_t count = 0;
    for (const struct box *child = box->first; child; child = child->next) {
        if (!child->on)
            continue;
        count += list_unplaced(child, section, list ? list + count : NULL);
        int index = 0;
        const struct node *line = child->type == BOX_REST ? child->node->children : NULL;
        for (; line; line = line->next) {
            if (line->type != NODE_LINE || index++ < child->presence)
                continue;
            if (list)
                list[count] = (struct left_out){line, section, LEFT_SPACING, 1};
            count++;
        }
    }
    return count;
}

static enum status explain(struct timeline *timeline, const struct outline *outline,
                           struct error *error)
{
    size_t count = list_left_out(outline, NULL);
    for (size_t i = 0; i < outline->section_count; i++)
        count += list_unplaced(&outline->sections[i], (int)i, NULL);
    timeline->left_out = arena_array(&timeline->arena, count + 1, sizeof *timeline->left_out);
    if (!timeline->left_out)
        return error_no_memory(error);
    size_t at = list_left_out(outline, timeline->left_out);
    for (size_t i = 0; i < outline->section_count; i++)
        at += list_unplaced(&outline->sections[i], (int)i, timeline->left_out + at);
    timeline->left_count = count;
    return STATUS_OK;
}

static enum status lay_out(struct timeline *timeline, struct planner *planner,
                           const struct utterances *utterances, const int64_t *clip_frames,
                           int64_t total_frames, struct error *error)
{
    size_t count = planner->outline.section_count;
    struct fit_section *sections = arena_array(&planner->arena, count, sizeof *sections);
    int64_t *frames = arena_array(&planner->arena, count, sizeof *frames);
    if (!sections || !frames)
        return error_no_memory(error);
    enum status status =
        presence_choose(&planner->fit, utterances, clip_frames, total_frames, error);
    if (status)
        return status;
    fit_solve(&planner->fit, total_frames, sections);
    for (size_t i = 0; i < count; i++) {
        choice_show(&planner->choice, i, sections[i].steps);
        struct box *box = &planner->outline.sections[i];
        int64_t most = box_span(box).most;
        frames[i] = sections[i].frames;
        glue_spread(box, frames[i] < most ? frames[i] : most);
    }
    const struct layout_config config = {&planner->outline, utterances, clip_frames, frames};
    status = layout_build(timeline, &config, error);
    if (!status)
        status = explain(timeline, &planner->outline, error);
    return status;
}

enum status plan_build(struct timeline *timeline, const struct session *session,
                       const struct utterances *utterances, const int64_t *clip_frames,
                       const struct plan_config *config, struct error *error)
{
    struct planner planner = {.arena = ARENA_INIT};
    struct timeline made = {.arena = ARENA_INIT, .session = session, .ending = session->ending};
    enum status status = prepare(&planner, session, utterances, clip_frames, config, error);
    struct range range = {0, 0};
    if (!status) {
        range = range_of(&planner.fit);
        if (config->total_frames < range.least || config->total_frames > range.most)
            status = refuse(&planner, config->total_frames, error);
    }
    if (!status)
        status = lay_out(&made, &planner, utterances, clip_frames, config->total_frames, error);
    arena_free(&planner.arena);
    if (status)
        timeline_free(&made);
    else
        *timeline = made;
    return status;
}
