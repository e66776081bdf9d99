// SPDX-License-Identifier: GPL-3.0-or-later
// Outline, choices, fit and layout run one after another; what found no place is explained.
#include "planner.h"

#include "glue.h"
#include "outline_build.h"
#include "plan_state.h"
#include "presence.h"

enum status planner_open(struct planner *planner, const struct session *session,
                         const struct plan_config *config, struct error *error)
{
    if (!(config->breaths_per_minute >= PLAN_BREATHS_LEAST &&
          config->breaths_per_minute <= PLAN_BREATHS_MOST))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "the breath rate lies between " LIMIT_TEXT(
                             LIMIT_PACE_LEAST) " and " LIMIT_TEXT(LIMIT_PACE_MOST));
    if (session->section_count == 0)
        return error_set(error, STATUS_BAD_INPUT, "the session has no section");
    return outline_build(&planner->outline, &planner->arena, session, planner->utterances,
                         planner->clip_frames, config, error);
}

enum status planner_choose(struct planner *planner, struct error *error)
{
    enum status status = choice_build(&planner->choice, &planner->outline, error);
    THEN(status, fit_init(&planner->fit, &planner->choice, error));
    return status;
}

struct range planner_range(const struct planner *planner)
{
    const struct fit *fit = &planner->fit;
    int64_t most = fit->most < DURATION_MAX ? fit->most : DURATION_MAX;
    return (struct range){fit->least, most > fit->least ? most : fit->least};
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
                                  unit->most - unit->value, unit->type == UNIT_TOUCH};
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
                list[count] = (struct left_out){line, section, LEFT_SPACING, 1, false};
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

// Where longer rests on one side would ask for more time on the other than the section has, what is
// left is quiet at its end instead.
static void open_rests(const struct choice *choice, size_t section, int64_t frames)
{
    const int parts = choice->chains[section].rests;
    choice_set_rests(choice, section, parts, true);
    if (box_span(&choice->outline->sections[section]).natural > frames)
        choice_set_rests(choice, section, parts, false);
}

// States, lengths of all boxes, presence lines.
static enum status solve(struct planner *planner, int64_t *frames, int64_t total_frames,
                         const struct resume *resume, struct error *error)
{
    size_t count = planner->outline.section_count;
    struct fit_section *sections = arena_array(&planner->arena, count, sizeof *sections);
    if (!sections)
        return error_no_memory(error);
    const int64_t night = resume ? resume->night : 0;
    enum status status = resume ? STATUS_OK
                                : presence_choose(&planner->fit, planner->utterances,
                                                  planner->clip_frames, total_frames, error);
    if (status)
        return status;
    fit_solve(&planner->fit, total_frames - night, sections);
    sections[count - 1].frames += night;
    for (size_t i = 0; i < count; i++) {
        choice_show(&planner->choice, i, sections[i].steps);
        struct box *box = &planner->outline.sections[i];
        if (sections[i].frames > box_span(box).most)
            open_rests(&planner->choice, i, sections[i].frames);
        int64_t most = box_span(box).most;
        frames[i] = sections[i].frames;
        glue_spread(box, frames[i] < most ? frames[i] : most);
    }
    if (resume)
        presence_refit(&planner->outline, planner->utterances, planner->clip_frames, total_frames);
    return STATUS_OK;
}

enum status planner_lay_out(struct planner *planner, struct timeline *timeline,
                            int64_t total_frames, const struct resume *resume, struct error *error)
{
    int64_t *frames = arena_array(&planner->arena, planner->outline.section_count, sizeof *frames);
    if (!frames)
        return error_no_memory(error);
    const struct layout_config config = {&planner->outline, planner->utterances,
                                         planner->clip_frames, frames, resume};
    enum status status = solve(planner, frames, total_frames, resume, error);
    THEN(status, layout_build(timeline, &config, error));
    THEN(status, explain(timeline, &planner->outline, error));
    THEN(status, plan_state_write(timeline, &planner->outline, resume, error));
    return status;
}
