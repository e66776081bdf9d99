// SPDX-License-Identifier: GPL-3.0-or-later
// The line that was begun last is where the new script goes on.
#include "script_look.h"

#include "clock.h"

enum { LOOK_MS = 500 };

static int line_at(const struct timeline *timeline, int64_t frame)
{
    int line = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->start_frame > frame)
            break;
        const struct node *node = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
        if (node && text_equal(node->file, timeline->session->file) && node->place.line > 0)
            line = node->place.line;
    }
    return line;
}

static void tell(struct display *display, int64_t frame, enum status status,
                 const struct error *error)
{
    struct buffer note = BUFFER_INIT;
    if (status == STATUS_OK) {
        buffer_add_c(&note, "The script was saved: on from here.");
    } else {
        if (error->line > 0)
            buffer_printf(&note, "Line %d: ", error->line);
        buffer_add_visible(&note, text_from(error->text)); // with what the script holds
        buffer_add_c(&note, ". The old script goes on.");
    }
    if (!note.failed)
        display_note(display, frame, note.data);
    buffer_free(&note);
}

bool script_look(struct script_look *look, const struct pipeline *pipeline,
                 const struct timeline *timeline, int64_t heard_frame, struct display *display)
{
    struct error error;
    const int64_t now_ms = clock_ms();
    if (!look->watch || now_ms < look->due_ms || !(pipeline->stages & PIPELINE_PLANNED))
        return false;
    look->due_ms = now_ms + LOOK_MS;
    if (!script_watch_saved(look->watch))
        return false;
    const int line = line_at(timeline, heard_frame);
    enum status status = script_watch_read(look->watch, pipeline, line, &error);
    tell(display, heard_frame, status, &error);
    return status == STATUS_OK;
}
