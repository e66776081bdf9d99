// SPDX-License-Identifier: GPL-3.0-or-later
// The events are walked once; what is under way is known from those before.
#include "entry.h"

#include "filler.h"

#define WORD_BEFORE ((int64_t)30 * FRAME_RATE) // a line that is further back says something else

struct walk {
    const struct timeline *timeline;
    size_t next;
    int section;      // of the event before
    enum side side;   // likewise
    int64_t held_end; // of touch, movement and breath so far
    int bout;         // of the breath before; -1: none
    int64_t spoken;   // where the newest line began that can be entered; -1: none in the section
    int64_t said_end; // where it ended
};

static bool is_line(const struct event *event)
{
    return event->type == EVENT_SPEECH && event->as.speech.line &&
           event->as.speech.line != &filler_line && event->as.speech.level != LEVEL_PRESENCE;
}

static bool is_held(const struct event *event)
{
    return event_is_timed(event) || event->type == EVENT_BREATH;
}

static bool can_be_entered(const struct walk *walk, const struct event *event)
{
    if (event->start_frame < walk->held_end ||
        (event->side != SIDE_NONE && walk->side != SIDE_NONE))
        return false;
    if (event->type == EVENT_BREATH)
        return event->as.breath.bout != walk->bout;
    return is_line(event) || event_is_timed(event) || event->type == EVENT_CHIME;
}

static void note(struct walk *walk, const struct event *event, bool entered)
{
    const int64_t end = event->start_frame + event->frames;
    walk->side = event->side;
    if (is_held(event) && end > walk->held_end)
        walk->held_end = end;
    if (event->type == EVENT_BREATH)
        walk->bout = event->as.breath.bout;
    if (entered && event->type == EVENT_SPEECH) {
        walk->spoken = event->start_frame;
        walk->said_end = end;
    }
}

// The next place in order of time; false at the end.
static bool next_place(struct walk *walk, int64_t *frame)
{
    const struct timeline *timeline = walk->timeline;
    while (walk->next < timeline->event_count) {
        const struct event *event = &timeline->events[walk->next++];
        if (event->type == EVENT_SECTION || event->type == EVENT_SCENE ||
            event->type == EVENT_SWELL)
            continue;
        if (event->section != walk->section) {
            walk->section = event->section;
            walk->side = SIDE_NONE;
            walk->spoken = -1;
        }
        const bool entered = can_be_entered(walk, event);
        const bool said_before =
            walk->spoken >= 0 && event->start_frame - walk->said_end <= WORD_BEFORE;
        *frame = is_held(event) && said_before ? walk->spoken : event->start_frame;
        note(walk, event, entered);
        if (entered)
            return true;
    }
    return false;
}

static struct walk begin(const struct timeline *timeline)
{
    return (struct walk){.timeline = timeline, .section = -1, .bout = -1, .spoken = -1};
}

int64_t entry_at(const struct timeline *timeline, int64_t frame)
{
    struct walk walk = begin(timeline);
    int64_t found = 0, place;
    for (bool first = true; next_place(&walk, &place) && (first || place <= frame); first = false)
        found = place;
    return found;
}

int64_t entry_of_section(const struct timeline *timeline, int section)
{
    struct walk walk = begin(timeline);
    int64_t place = 0;
    while (next_place(&walk, &place) && walk.section < section)
        ;
    return place;
}

// The line of the script that an event comes from; 0: none, or one of a notice.
static int line_of(const struct event *event, struct text file)
{
    const struct node *node = NULL;
    if (event->type == EVENT_SPEECH)
        node = event->as.speech.line;
    else if (event->type == EVENT_BREATH)
        node = event->as.breath.breathe;
    else if (event_is_timed(event))
        node = event->as.contact.node;
    return node && text_equal(node->file, file) ? node->place.line : 0;
}

int64_t entry_of_line(const struct timeline *timeline, int line)
{
    int64_t found = -1;
    int nearest = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const int here = line_of(&timeline->events[i], timeline->session->file);
        if (here < line || (nearest > 0 && here >= nearest))
            continue;
        nearest = here;
        found = timeline->events[i].start_frame;
    }
    return found;
}
