#include "page_contents.h"

#include "page_words.h"

#define LINGER_FRAMES FRAME_RATE // a line is still shown for so long after it was said

void page_contents_seconds(struct buffer *out, int64_t frame)
{
    int64_t ms = (frame + FRAMES_PER_MS / 2) / FRAMES_PER_MS;
    buffer_printf(out, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
}

static void add_span(struct buffer *out, int64_t start_frame, int64_t end_frame)
{
    buffer_add_c(out, " data-start=\"");
    page_contents_seconds(out, start_frame);
    buffer_add_c(out, "\" data-end=\"");
    page_contents_seconds(out, end_frame);
    buffer_add_byte(out, '"');
}

void page_contents_chapters(const struct page_source *source, struct buffer *out)
{
    for (size_t i = 0; i < source->tags->chapter_count; i++) {
        const struct chapter *chapter = &source->tags->chapters[i];
        buffer_add_c(out, "<li><button type=\"button\"");
        add_span(out, chapter->start_frame, chapter->end_frame);
        buffer_add_byte(out, '>');
        buffer_add_markup(out, chapter->title);
        buffer_add_c(out, " <span>");
        duration_print_clock(out, chapter->start_frame);
        buffer_add_c(out, "</span></button></li>\n");
    }
}

// The words "in" and "out" of a bout are the circle's.
static bool is_line(const struct event *event)
{
    return event->type == EVENT_SPEECH && event->as.speech.line;
}

static bool begins_bout(const struct timeline *timeline, size_t index)
{
    const struct event *event = &timeline->events[index];
    if (event->type != EVENT_BREATH)
        return false;
    while (index-- > 0)
        if (timeline->events[index].type == EVENT_BREATH)
            return timeline->events[index].as.breath.bout != event->as.breath.bout;
    return true;
}

static int64_t end_of_bout(const struct timeline *timeline, size_t index)
{
    int bout = timeline->events[index].as.breath.bout;
    int64_t end = 0;
    for (; index < timeline->event_count; index++) {
        const struct event *event = &timeline->events[index];
        if (event->type == EVENT_BREATH && event->as.breath.bout == bout)
            end = event->start_frame + event->frames;
    }
    return end;
}

// `end_frame`, or where the next entry of the transcript begins when that is earlier.
static int64_t until_next(const struct timeline *timeline, size_t index, int64_t end_frame)
{
    while (++index < timeline->event_count && timeline->events[index].start_frame < end_frame)
        if (is_line(&timeline->events[index]) || begins_bout(timeline, index))
            return timeline->events[index].start_frame;
    return end_frame;
}

static void add_line(const struct page_source *source, size_t index, struct buffer *out)
{
    const struct event *event = &source->timeline->events[index];
    int64_t end = event->start_frame + event->frames + LINGER_FRAMES;
    buffer_add_c(out, "<p");
    add_span(out, event->start_frame, until_next(source->timeline, index, end));
    buffer_add_byte(out, '>');
    buffer_add_markup(out, source->utterances->items[event->as.speech.utterance].shown);
    buffer_add_c(out, "</p>\n");
}

static void add_bout(const struct page_source *source, size_t index, struct buffer *out)
{
    const struct event *event = &source->timeline->events[index];
    int64_t end = end_of_bout(source->timeline, index);
    int breaths = event->as.breath.cycles;
    buffer_add_c(out, "<p class=\"aside\"");
    add_span(out, event->start_frame, until_next(source->timeline, index, end));
    buffer_add_c(out, ">[");
    if (breaths != 1)
        buffer_printf(out, "%d ", breaths);
    page_words_add(out, source->tags->language,
                   breaths == 1 ? TEXT("one breath") : TEXT("breaths"));
    buffer_add_c(out, "]</p>\n");
}

// The headings of all chapters that have begun; returns the first that has not.
static size_t add_headings(const struct tags *tags, size_t next, int64_t frame, struct buffer *out)
{
    for (; next < tags->chapter_count && tags->chapters[next].start_frame <= frame; next++) {
        buffer_add_c(out, "<h3>");
        buffer_add_markup(out, tags->chapters[next].title);
        buffer_add_c(out, "</h3>\n");
    }
    return next;
}

void page_contents_transcript(const struct page_source *source, struct buffer *out)
{
    const struct timeline *timeline = source->timeline;
    size_t chapter = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        bool line = is_line(&timeline->events[i]);
        if (!line && !begins_bout(timeline, i))
            continue;
        chapter = add_headings(source->tags, chapter, timeline->events[i].start_frame, out);
        if (line)
            add_line(source, i, out);
        else
            add_bout(source, i, out);
    }
}

static void add_swell(struct buffer *out, float swell)
{
    int thousandths = (int)(swell * 1000 + 0.5F);
    buffer_printf(out, " %d.%03d", thousandths / 1000, thousandths % 1000);
}

void page_contents_breaths(const struct page_source *source, struct buffer *out)
{
    const char *separator = "";
    for (size_t i = 0; i < source->timeline->event_count; i++) {
        const struct event *event = &source->timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        buffer_add_c(out, separator);
        separator = ",";
        page_contents_seconds(out, event->start_frame);
        buffer_add_byte(out, ' ');
        page_contents_seconds(out, event->start_frame + event->frames);
        add_swell(out, event->as.breath.from);
        add_swell(out, event->as.breath.to);
    }
}
