// SPDX-License-Identifier: GPL-3.0-or-later
// Values of choices and places of boxes are written in the outline's order, and read in the same.
#include "plan_state.h"

#include "resume.h"

#include <string.h>

static void write_boxes(struct plan_state *state, const struct box *box)
{
    for (const struct box *child = box->first; child; child = child->next) {
        memcpy(state->boxes[child->index].stay, child->stay, sizeof child->stay);
        write_boxes(state, child);
    }
}

enum status plan_state_write(struct timeline *timeline, const struct outline *outline,
                             const struct resume *resume, struct error *error)
{
    struct arena *arena = &timeline->arena;
    struct plan_state *state = arena_alloc(arena, sizeof *state);
    const int64_t passed = resume ? resume->passed : 0;
    const int64_t whole = timeline->total_frames + passed;
    const int64_t chosen = resume ? resume->chosen : 0;
    if (!state)
        return error_no_memory(error);
    *state = (struct plan_state){
        .settled = resume ? resume->settled : 0,
        .chosen_frames = chosen > whole ? chosen : whole,
        .passed_frames = passed,
        .values = arena_array(arena, outline->unit_count + 1, sizeof *state->values),
        .unit_count = outline->unit_count,
        .boxes = arena_array(arena, outline->box_count + 1, sizeof *state->boxes),
        .box_count = outline->box_count,
        .sections = arena_array(arena, outline->section_count, sizeof *state->sections),
        .section_count = outline->section_count,
    };
    if (!state->values || !state->boxes || !state->sections)
        return error_no_memory(error);
    for (size_t i = 0; i < outline->unit_count; i++)
        state->values[i] = outline->units[i].value;
    for (size_t i = 0; i < outline->section_count; i++) {
        state->sections[i] = outline->sections[i].stay[0];
        write_boxes(state, &outline->sections[i]);
    }
    timeline->plan_state = state;
    return STATUS_OK;
}

static void read_boxes(const struct plan_state *state, struct box *box)
{
    for (struct box *child = box->first; child; child = child->next) {
        memcpy(child->stay, state->boxes[child->index].stay, sizeof child->stay);
        read_boxes(state, child);
    }
}

enum status plan_state_read(const struct plan_state *state, const struct outline *outline,
                            struct error *error)
{
    if (!state || state->unit_count != outline->unit_count ||
        state->box_count != outline->box_count)
        return error_set(error, STATUS_BAD_ARGUMENT, "this timeline cannot be fitted again");
    for (size_t i = 0; i < outline->unit_count; i++)
        outline_set(outline, &outline->units[i], state->values[i]);
    for (size_t i = 0; i < outline->section_count; i++) {
        outline->sections[i].stay[0] = state->sections[i];
        read_boxes(state, &outline->sections[i]);
    }
    return STATUS_OK;
}

static void shift(struct stay *stay, int64_t passed)
{
    if (stay->placed)
        stay->start -= passed;
}

const struct plan_state *plan_state_shift(const struct plan_state *state, struct arena *arena,
                                          int64_t passed, int64_t settled)
{
    struct plan_state *shifted = arena_alloc(arena, sizeof *shifted);
    int *values = arena_array(arena, state->unit_count + 1, sizeof *values);
    struct plan_state_box *boxes = arena_array(arena, state->box_count + 1, sizeof *boxes);
    struct stay *sections = arena_array(arena, state->section_count, sizeof *sections);
    if (!shifted || !values || !boxes || !sections)
        return NULL;
    memcpy(values, state->values, state->unit_count * sizeof *values);
    memcpy(boxes, state->boxes, state->box_count * sizeof *boxes);
    memcpy(sections, state->sections, state->section_count * sizeof *sections);
    for (size_t i = 0; i < state->box_count; i++)
        for (int pass = 0; pass < PASS_COUNT; pass++)
            shift(&boxes[i].stay[pass], passed);
    for (size_t i = 0; i < state->section_count; i++)
        shift(&sections[i], passed);
    *shifted = *state;
    shifted->settled = settled;
    shifted->passed_frames = state->passed_frames + passed;
    shifted->values = values;
    shifted->boxes = boxes;
    shifted->sections = sections;
    return shifted;
}
