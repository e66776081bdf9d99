// SPDX-License-Identifier: GPL-3.0-or-later
// Title, notice and chapters are taken from a timeline.
#include "session_tags.h"

#include "notice_lines.h"

// Whether the event is a reason for its section to be a chapter.
static bool happens(const struct event *event)
{
    return event->type == EVENT_SPEECH || event->type == EVENT_BREATH || event_is_timed(event);
}

static bool is_empty(const struct timeline *timeline, int section)
{
    for (size_t i = 0; i < timeline->event_count; i++)
        if (timeline->events[i].section == section && happens(&timeline->events[i]))
            return false;
    return true;
}

static enum status add_chapters(struct tags *tags, struct arena *arena,
                                const struct timeline *timeline, struct error *error)
{
    const struct session *session = timeline->session;
    struct chapter *chapters = arena_array(arena, session->section_count + 1, sizeof *chapters);
    if (!chapters)
        return error_no_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < timeline->event_count && count < TAGS_CHAPTERS_MAX; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_SECTION || is_empty(timeline, event->section))
            continue;
        int64_t start = count ? event->start_frame : 0;
        if (count)
            chapters[count - 1].end_frame = start;
        chapters[count++] =
            (struct chapter){start, timeline->total_frames, session->sections[event->section].name};
    }
    tags->chapters = chapters;
    tags->chapter_count = count;
    return STATUS_OK;
}

static void add_notice_line(void *context, struct text shown)
{
    struct buffer *notice = context;
    if (notice->size)
        buffer_add_byte(notice, '\n');
    buffer_add(notice, shown);
}

// Copy the buffer's text into the arena.
static enum status keep(struct arena *arena, const struct buffer *buffer, struct text *kept,
                        struct error *error)
{
    *kept = arena_copy(arena, buffer_text(buffer));
    return buffer->failed || !kept->data ? error_no_memory(error) : STATUS_OK;
}

enum status session_tags_build(struct tags *tags, struct arena *arena,
                               const struct timeline *timeline, const struct utterances *utterances,
                               struct error *error)
{
    const struct session *session = timeline->session;
    *tags = (struct tags){.title = session->title,
                          .language = session->language,
                          .comment = session->summary,
                          .software = TEXT("loosen " LOOSEN_VERSION),
                          .total_frames = timeline->total_frames};
    struct buffer id = BUFFER_INIT;
    struct buffer length = BUFFER_INIT;
    struct buffer notice = BUFFER_INIT;
    buffer_add_visible(&id, session->id); // a file's name may be anything
    duration_print_clock(&length, timeline->total_frames);
    notice_lines_visit(session, utterances, add_notice_line, &notice);
    enum status status = keep(arena, &id, &tags->session, error);
    THEN(status, keep(arena, &length, &tags->length, error));
    THEN(status, keep(arena, &notice, &tags->notice, error));
    THEN(status, add_chapters(tags, arena, timeline, error));
    buffer_free(&id);
    buffer_free(&length);
    buffer_free(&notice);
    return status;
}
