// SPDX-License-Identifier: GPL-3.0-or-later
// Events that have begun since the last call become lines.
#include "narration.h"

#include "notice_lines.h"
#include "utterances.h"

void narration_add_clock(struct buffer *out, int64_t frame)
{
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, frame);
    buffer_printf(out, "%7s  ", clock.failed ? "" : clock.data);
    buffer_free(&clock);
}

static void tell_section(const struct event *event, const struct session *session,
                         struct buffer *out)
{
    narration_add_clock(out, event->start_frame);
    buffer_add_visible(out, session->sections[event->section].name);
    buffer_add_byte(out, '\n');
}

static void tell_speech(const struct event *event, const struct utterances *utterances,
                        struct buffer *out)
{
    // The words "in" and "out" of a bout follow the wave; a line each would be noise.
    if (!event->as.speech.line)
        return;
    narration_add_clock(out, event->start_frame);
    buffer_add_c(out, "  ");
    buffer_add_visible(out, utterances->items[event->as.speech.utterance].shown);
    buffer_add_byte(out, '\n');
}

static void tell_breath(const struct event *event, struct buffer *out)
{
    if (event->as.breath.cycle != 0 || event->as.breath.phase != BREATH_IN)
        return;
    narration_add_clock(out, event->start_frame);
    buffer_printf(out, "  [%d %s with the wave]\n", event->as.breath.cycles,
                  event->as.breath.cycles == 1 ? "breath" : "breaths");
}

// Once after each bout: a line for every touch would be noise, too.
static void tell_swell(const struct timeline *timeline, size_t at, struct buffer *out)
{
    size_t i = at;
    while (i > 0 && timeline->events[i - 1].type != EVENT_BREATH)
        if (timeline->events[--i].type == EVENT_SWELL)
            return;
    if (i == 0)
        return;
    narration_add_clock(out, timeline->events[at].start_frame);
    buffer_add_c(out, "  [the sound goes on with the breath]\n");
}

void narration_tell(struct narration *narration, const struct timeline *timeline,
                    const struct utterances *utterances, int64_t frame, struct buffer *out)
{
    while (narration->next_event < timeline->event_count) {
        const struct event *event = &timeline->events[narration->next_event];
        if (event->start_frame > frame)
            return;
        if (event->type == EVENT_SECTION)
            tell_section(event, timeline->session, out);
        else if (event->type == EVENT_SPEECH)
            tell_speech(event, utterances, out);
        else if (event->type == EVENT_BREATH)
            tell_breath(event, out);
        else if (event->type == EVENT_SWELL)
            tell_swell(timeline, narration->next_event, out);
        narration->next_event++;
    }
}

static void add_line(void *out, struct text shown)
{
    buffer_add_c(out, "  ");
    buffer_add_visible(out, shown);
    buffer_add_byte(out, '\n');
}

void narration_notice(const struct session *session, const struct utterances *utterances,
                      struct buffer *out)
{
    notice_lines_visit(session, utterances, add_line, out);
}
