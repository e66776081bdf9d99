// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the outline of a session together, checks that every length can hold it, and sets its
// choices.
#include "outline_build.h"

#include "breath.h"
#include "expand.h"
#include "session_limits.h"
#include "utterances.h"

// Units are at most two a node: a @repeat or @breathe that may be left out.
static size_t count_nodes(const struct node *first)
{
    size_t count = 0;
    for (const struct node *node = first; node; node = node->next)
        count += 1 + count_nodes(node->children);
    return count;
}

// The first timed block whose contents are longer than it may be, or NULL.
static const struct box *find_too_long(const struct box *box)
{
    for (const struct box *child = box->first; child; child = child->next) {
        const struct box *found = child->on ? find_too_long(child) : NULL;
        if (found)
            return found;
    }
    return box->type == BOX_TIMED && box->outer.too_long ? box : NULL;
}

// The least number of breaths in which a touch can hold what must be said in it.
static void fit_touches(const struct outline *outline)
{
    for (struct unit *unit = outline->units; unit < outline->units + outline->unit_count; unit++) {
        for (size_t i = 0; unit->type == UNIT_TOUCH && i < unit->box_count; i++)
            while (unit->boxes[i]->outer.too_long && unit->value < unit->most)
                outline_set(outline, unit, unit->value + 1);
        unit->least = unit->value;
        unit->top = unit->value;
        unit->natural = unit->natural > unit->least ? unit->natural : unit->least;
    }
}

static enum status check_must(const struct outline *outline, struct error *error)
{
    int64_t events = 0;
    for (size_t i = 0; i < outline->section_count; i++) {
        const struct box *section = &outline->sections[i];
        events += 1 + section->inner.events;
        const struct box *found = section->inner.too_long ? find_too_long(section) : NULL;
        if (found)
            return error_set_at(error, STATUS_BAD_INPUT, NULL, found->node->place.line,
                                found->node->place.column,
                                "what must be said in this block takes %d s, longer than it may be",
                                (int)(found->outer.joint.least / FRAME_RATE) + 1);
    }
    if (events > SESSION_EVENTS_MAX)
        return error_set(error, STATUS_BAD_INPUT, "the script makes more than %d events",
                         SESSION_EVENTS_MAX);
    return STATUS_OK;
}

enum status outline_build(struct outline *outline, struct arena *arena,
                          const struct session *session, const struct utterances *utterances,
                          const int64_t *clip_frames, const struct plan_config *config,
                          struct error *error)
{
    *outline = (struct outline){.arena = arena,
                                .session = session,
                                .rate = config->breaths_per_minute,
                                .pace = breath_pace(config->breaths_per_minute),
                                .section_count = session->section_count};
    size_t nodes = 0;
    for (size_t i = 0; i < session->section_count; i++)
        nodes += count_nodes(session->sections[i].first);
    outline->units = arena_array(arena, 2 * nodes + 1, sizeof *outline->units);
    outline->sections = arena_array(arena, session->section_count, sizeof *outline->sections);
    outline->rest_ends = arena_array(arena, session->section_count, sizeof *outline->rest_ends);
    if (!outline->units || !outline->sections || !outline->rest_ends)
        return error_no_memory(error);
    struct expansion x = {.outline = outline,
                          .utterances = utterances,
                          .clip_frames = clip_frames,
                          .natural_breath = config->natural_breath,
                          .error = error};
    for (size_t i = 0; i < session->section_count; i++) {
        enum status status = expand_section(&x, i);
        if (status)
            return status;
        outline->rest_ends[i] = outline->rest_count;
    }
    fit_touches(outline);
    return check_must(outline, error);
}
