// SPDX-License-Identifier: GPL-3.0-or-later
// Chapters, paragraphs and breaths are printed as elements with their times.
#include "page_contents.h"

#include "page_words.h"

void page_contents_seconds(struct buffer *out, int64_t frame)
{
    int64_t ms = ms_from_frames(frame);
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

// The index of the next event at or behind `index` that begins a bout, or event_count.
static size_t find_bout(const struct timeline *timeline, size_t index)
{
    int before = -1;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH || event->as.breath.bout == before)
            continue;
        before = event->as.breath.bout;
        if (i >= index)
            return i;
    }
    return timeline->event_count;
}

// The transcript under way.
struct transcript {
    const struct page_source *source;
    struct buffer *out;
    size_t chapter; // the next one to head
    size_t bout;    // event that begins the next one to tell
    bool open;      // a paragraph of speech is
};

static void close_paragraph(struct transcript *transcript)
{
    if (transcript->open)
        buffer_add_c(transcript->out, "</p>\n");
    transcript->open = false;
}

static void add_headings(struct transcript *transcript, int64_t frame)
{
    const struct tags *tags = transcript->source->tags;
    for (; transcript->chapter < tags->chapter_count &&
           tags->chapters[transcript->chapter].start_frame <= frame;
         transcript->chapter++) {
        close_paragraph(transcript);
        buffer_add_c(transcript->out, "<h3>");
        buffer_add_markup(transcript->out, tags->chapters[transcript->chapter].title);
        buffer_add_c(transcript->out, "</h3>\n");
    }
}

// All bouts that begin up to `frame`: how many breaths there are. Each single one is the circle's.
static void add_bouts(struct transcript *transcript, int64_t frame)
{
    const struct timeline *timeline = transcript->source->timeline;
    for (; transcript->bout < timeline->event_count &&
           timeline->events[transcript->bout].start_frame <= frame;
         transcript->bout = find_bout(timeline, transcript->bout + 1)) {
        const struct event *event = &timeline->events[transcript->bout];
        int breaths = event->as.breath.cycles;
        add_headings(transcript, event->start_frame);
        close_paragraph(transcript);
        buffer_add_c(transcript->out, "<p class=\"aside\">[");
        if (breaths != 1)
            buffer_printf(transcript->out, "%d ", breaths);
        page_words_add(transcript->out, transcript->source->tags->language,
                       breaths == 1 ? TEXT("one breath") : TEXT("breaths"));
        buffer_add_c(transcript->out, "]</p>\n");
    }
}

static void add_cue(struct transcript *transcript, const struct caption_cue *cue)
{
    bool speech = cue->type == CUE_SPEECH;
    struct buffer *out = transcript->out;
    if (!speech || !cue->continues)
        close_paragraph(transcript);
    if (transcript->open)
        buffer_add_byte(out, ' ');
    else
        buffer_add_c(out, speech ? "<p>" : "<p class=\"aside\">");
    transcript->open = true;
    buffer_add_c(out, "<span");
    add_span(out, cue->start_frame, cue->end_frame);
    buffer_add_c(out, speech ? ">" : ">[");
    buffer_add_markup(out, cue->text);
    buffer_add_c(out, speech ? "</span>" : "]</span>");
    if (!speech)
        close_paragraph(transcript);
}

void page_contents_transcript(const struct page_source *source, struct buffer *out)
{
    struct transcript transcript = {source, out, 0, find_bout(source->timeline, 0), false};
    for (size_t i = 0; i < source->captions->count; i++) {
        const struct caption_cue *cue = &source->captions->cues[i];
        if (cue->type == CUE_BREATH || cue->type == CUE_SWELL)
            continue;
        add_bouts(&transcript, cue->start_frame);
        add_headings(&transcript, cue->start_frame);
        add_cue(&transcript, cue);
    }
    add_bouts(&transcript, source->timeline->total_frames);
    close_paragraph(&transcript);
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
        const bool accompanies = event->type == EVENT_SWELL;
        const float depth = accompanies ? (float)TIMELINE_SWELL_DEPTH : 1;
        if (event->type != EVENT_BREATH && !accompanies)
            continue;
        buffer_add_c(out, separator);
        separator = ",";
        page_contents_seconds(out, event->start_frame);
        buffer_add_byte(out, ' ');
        page_contents_seconds(out, event->start_frame + event->frames);
        add_swell(out, depth * event->as.breath.from);
        add_swell(out, depth * event->as.breath.to);
        buffer_add_c(out, accompanies ? " 1" : "");
    }
}
