// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a layout to where a re-fit goes on.
#include "layout_state.h"

// A breath that accompanies is whole, also where the touch was left in it.
static void let_breath_out(struct layout *l, const struct event *last)
{
    l->swell_end = last->start_frame + last->frames;
    if (last->as.breath.phase != BREATH_IN)
        return;
    struct event *out = &l->timeline->events[l->timeline->event_count++];
    *out = *last;
    out->start_frame = l->swell_end;
    out->frames = last->frames * 6 / 4;
    out->as.breath.phase = BREATH_OUT;
    out->as.breath.from = last->as.breath.to;
    out->as.breath.to = 0.0f;
    l->swell_end += out->frames;
}

enum { CUED_BREATHS = 2 };                    // after that the waves are known
#define CUED_AGAIN ((int64_t)30 * FRAME_RATE) // less free time is a word within the same breathing

void layout_begin_bout(struct layout *l, int64_t start)
{
    if (l->bout < 0 || start - l->breath_end >= CUED_AGAIN)
        l->cues = CUED_BREATHS;
    l->bout++;
    l->cycle = 0;
}

void layout_take_over(struct layout *l, const struct resume *resume)
{
    struct timeline *timeline = l->timeline;
    l->at = resume->at;
    l->breath_end = -1;
    const struct event *swell = NULL;
    for (size_t i = 0; i < resume->count; i++) {
        const struct event *event = &resume->events[i];
        timeline->events[timeline->event_count++] = *event;
        if (event->type == EVENT_SPEECH) {
            timeline->speech_frames += event->frames;
            l->filler.said += event->as.speech.line == &filler_line;
        }
        if (event->type == EVENT_SPEECH || event->type == EVENT_BREATH)
            filler_fill(&l->filler, NULL, event->start_frame, event->start_frame + event->frames);
        if (event->type == EVENT_SWELL)
            swell = event;
        if (event->type != EVENT_BREATH)
            continue;
        if (event->as.breath.bout != l->bout)
            layout_begin_bout(l, event->start_frame);
        const bool same =
            event->as.breath.bout == l->bout && event->as.breath.cycle == l->cycle - 1;
        l->reached = event->frames + (same ? l->reached : 0);
        l->cycle = event->as.breath.cycle + 1;
        l->breath_end = event->start_frame + event->frames;
        timeline->breath_count += event->as.breath.phase == BREATH_OUT;
        l->cues -= l->cues > 0 && event->as.breath.phase == BREATH_OUT;
    }
    if (swell)
        let_breath_out(l, swell);
}

struct event *layout_find_open(const struct layout *l, const struct node *node)
{
    for (size_t i = l->timeline->event_count; i-- > 0;) {
        struct event *event = &l->timeline->events[i];
        bool timed = event_is_timed(event);
        if (timed && event->as.contact.node == node && event->side == l->side &&
            event->start_frame + event->frames >= l->at)
            return event;
    }
    return NULL;
}

struct event *layout_find_section(const struct layout *l)
{
    for (size_t i = l->timeline->event_count; i-- > 0;)
        if (l->timeline->events[i].type == EVENT_SECTION)
            return &l->timeline->events[i];
    return NULL;
}

bool layout_keeps_company(const struct layout *layout)
{
    const struct resume *resume = layout->config->resume;
    return layout->timeline->session->plain || (resume && resume->filler);
}
