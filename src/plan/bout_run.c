// SPDX-License-Identifier: GPL-3.0-or-later
// Hears an outline from its start, and finds where bouts of paced breathing come close to each
// other.
#include "bout_run.h"

#include "breath.h"
#include "session_limits.h"

struct search {
    struct outline *outline;
    struct bout_stretch *stretches;
    size_t stretch_count;
    struct bout_run *runs;
    size_t run_count;
    struct box **rests; // shared by the runs
    size_t rest_count;
    size_t rest_mark;    // rests passed since the last bout begin here
    int64_t free_frames; // since the last bout
    size_t section;      // where we are
    size_t bout_section; // where the last bout was
    size_t bout_count;   // heard
};

static void hear_bout(struct search *s, struct box *box, int pass)
{
    bool close = s->stretch_count > 0 && s->free_frames < BREATH_FREE_FRAMES;
    bool separable = close && s->rest_count > s->rest_mark && s->bout_section == s->section;
    s->rest_count = s->rest_mark + separable; // one rest is enough to part two bouts
    if (!close)
        s->runs[s->run_count++] = (struct bout_run){.rests = s->rests + s->rest_count};
    struct bout_run *run = &s->runs[s->run_count - 1];
    run->rest_count += separable;
    run->spans = run->spans || (close && s->bout_section != s->section);
    if (!close || separable)
        s->stretches[s->stretch_count++].run = run;
    box->stretch[pass] = &s->stretches[s->stretch_count - 1];
    box->stretch[pass]->frames += box->own[pass].least;
    run->frames += box->own[pass].least;
    s->rest_mark = s->rest_count;
    s->bout_section = s->section;
    s->bout_count++;
    s->free_frames = 0;
}

static bool can_widen(const struct search *s, const struct box *box)
{
    bool in_section = box->parent == &s->outline->sections[s->section];
    bool fresh = box->stay[0].spent == 0 && !box->stay[0].over;
    return box->type == BOX_REST && in_section && fresh &&
           box->node->as.rest.frames.most >= BREATH_FREE_FRAMES;
}

// Hear one pass of a box at its least. What is switched off gives no free time yet, but its bouts
// count.
static void hear(struct search *s, struct box *box, int pass, bool on)
{
    on = on && box->on;
    if (box->type == BOX_BREATH) {
        hear_bout(s, box, pass);
        return;
    }
    const bool touch = box->type == BOX_TIMED;
    const int64_t free_before = s->free_frames;
    const size_t bouts = s->bout_count;
    if (can_widen(s, box))
        s->rests[s->rest_count++] = box;
    if (on && !touch)
        s->free_frames += box->own[pass].least;
    for (int turn = 0; turn < (box->type == BOX_SIDES ? PASS_COUNT : 1); turn++)
        for (struct box *child = box->first; child; child = child->next)
            hear(s, child, box->type == BOX_SIDES ? turn : pass, on);
    if (on && touch && bouts == s->bout_count) // as long as it is, whatever is said in it
        s->free_frames = free_before + box->own[pass].least;
}

enum status bout_run_find(struct outline *outline, struct error *error)
{
    struct search found = {.outline = outline};
    struct search *s = &found;
    size_t heard = 0;
    for (size_t i = 0; i < outline->unit_count; i++)
        if (outline->units[i].type == UNIT_BREATHS)
            heard += PASS_COUNT * outline->units[i].box_count;
    s->stretches = arena_array(outline->arena, heard + 1, sizeof *s->stretches);
    s->runs = arena_array(outline->arena, heard + 1, sizeof *s->runs);
    s->rests = arena_array(outline->arena, outline->box_count + 1, sizeof(struct box *));
    if (!s->stretches || !s->runs || !s->rests)
        return error_no_memory(error);
    for (s->section = 0; s->section < outline->section_count; s->section++)
        hear(s, &outline->sections[s->section], 0, true);
    return STATUS_OK;
}

void bout_run_count(const struct unit *unit, int64_t frames, int sign)
{
    for (size_t i = 0; i < unit->box_count; i++) {
        for (int pass = 0; pass < (unit->boxes[i]->paired ? PASS_COUNT : 1); pass++) {
            struct bout_stretch *stretch = unit->boxes[i]->stretch[pass];
            stretch->frames += sign * frames;
            stretch->run->frames += sign * frames;
        }
    }
}

bool bout_run_is_long(const struct unit *unit, struct bout_run **to_widen)
{
    *to_widen = NULL;
    for (size_t i = 0; i < unit->box_count; i++) {
        for (int pass = 0; pass < (unit->boxes[i]->paired ? PASS_COUNT : 1); pass++) {
            const struct bout_stretch *stretch = unit->boxes[i]->stretch[pass];
            bool over = stretch->run->frames > BREATH_BOUT_MOST;
            if (stretch->frames > BREATH_BOUT_MOST || (over && stretch->run->spans))
                return true;
            if (over && stretch->run->wide < BOUT_WIDE)
                *to_widen = stretch->run;
        }
    }
    return false;
}

bool bout_run_can_widen(const struct bout_run *run, const struct box *section)
{
    for (size_t i = 0; i < run->rest_count; i++)
        if (!run->rests[i]->on || run->rests[i]->parent != section)
            return false;
    return run->rest_count > 0;
}
