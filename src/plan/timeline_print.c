// SPDX-License-Identifier: GPL-3.0-or-later
// The table. Rows: clock, what, text; text is wrapped to the width of a terminal.
#include "timeline_print.h"

#include "left_out_print.h"
#include "points_print.h"
#include "utterances.h"

enum { TEXT_COLUMN = 17 };

// ---- Rows ---------------------------------------------------------------------------------------

static void print_mark(struct table_page *page, int64_t frame, const char *what)
{
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, frame);
    table_page_spaces(page, clock.size < 7 ? 7 - clock.size : 0);
    buffer_add(page->out, buffer_text(&clock));
    page->column += clock.size;
    page->out->failed |= clock.failed;
    buffer_free(&clock);
    table_page_spaces(page, 2);
    table_page_plain(page, what);
}

static void begin_row(struct table_page *page, int64_t frame, const char *what)
{
    print_mark(page, frame, what);
    table_page_spaces(page, page->column < TEXT_COLUMN ? TEXT_COLUMN - page->column : 1);
}

// Text of our own around names from outside: built first, then wrapped.
static void print_built(struct table_page *page, struct buffer *built)
{
    page->out->failed |= built->failed;
    table_page_words(page, buffer_text(built), TEXT_COLUMN);
    buffer_free(built);
}

// Seconds with a decimal when it says something: "10 s", "8.4 s".
static void add_seconds(struct buffer *out, int64_t frames)
{
    int64_t tenths = (frames * 10 + FRAME_RATE / 2) / FRAME_RATE;
    if (tenths % 10)
        buffer_printf(out, "%d.%d s", (int)(tenths / 10), (int)(tenths % 10));
    else
        buffer_printf(out, "%d s", (int)(tenths / 10));
}

static void print_section(struct table_page *page, const struct timeline *timeline,
                          const struct event *event)
{
    table_page_end_line(page);
    begin_row(page, event->start_frame, "==");
    page->column = page->column > TEXT_COLUMN ? TEXT_COLUMN : page->column;
    table_page_words(page, timeline->session->sections[event->section].name, TEXT_COLUMN);
    buffer_add_c(page->out, "  (");
    duration_print_clock(page->out, event->frames);
    buffer_add_c(page->out, ")");
    table_page_end_line(page);
}

static const char *side_name(enum side side)
{
    return side == SIDE_LEFT ? "left " : side == SIDE_RIGHT ? "right " : "";
}

// The breaths that accompany it, if any.
static void add_accompanied(struct buffer *out, const struct timeline *timeline,
                            const struct event *timed)
{
    int breaths =
        timeline_accompanied(timeline, timed->start_frame, timed->start_frame + timed->frames);
    if (breaths > 0)
        buffer_printf(out, ", %d breath%s", breaths, breaths == 1 ? "" : "s");
}

static void print_contact(struct table_page *page, const struct timeline *timeline,
                          const struct event *event)
{
    const struct node *node = event->as.contact.node;
    struct buffer text = BUFFER_INIT;
    begin_row(page, event->start_frame, "touch");
    buffer_add_c(&text, side_name(event->side));
    buffer_add_visible(&text, node->as.contact.region);
    buffer_add_c(&text, " with ");
    buffer_add_visible(&text, node->as.contact.tool);
    if (node->as.contact.surface.size) {
        buffer_add_c(&text, " on ");
        buffer_add_visible(&text, node->as.contact.surface);
    }
    const int least = node->as.contact.pressure_least, most = node->as.contact.pressure_most;
    buffer_printf(&text, ", pressure %d", least);
    if (most != least)
        buffer_printf(&text, " to %d", most);
    buffer_add_c(&text, " of 10, ");
    add_seconds(&text, event->frames);
    add_accompanied(&text, timeline, event);
    print_built(page, &text);
    table_page_end_line(page);
}

static void print_move(struct table_page *page, const struct timeline *timeline,
                       const struct event *event)
{
    struct buffer text = BUFFER_INIT;
    begin_row(page, event->start_frame, "move");
    buffer_add_c(&text, side_name(event->side));
    buffer_add_visible(&text, event->as.contact.node->as.move.name);
    buffer_add_c(&text, ", ");
    add_seconds(&text, event->frames);
    add_accompanied(&text, timeline, event);
    print_built(page, &text);
    table_page_end_line(page);
}

// Whether two breaths stand in one row: of one bout, and of one pattern, however often the script
// writes @breathe.
static bool is_same_row(const struct event *a, const struct event *b)
{
    return a->as.breath.bout == b->as.breath.bout &&
           text_equal(a->as.breath.breathe->as.breathe.pattern.name,
                      b->as.breath.breathe->as.breathe.pattern.name);
}

// The breaths of one row from event `at` on: their number, and the first and last period.
struct paced {
    int breaths;
    int64_t first, last; // frames
};

static struct paced follow_breaths(const struct timeline *timeline, size_t at)
{
    const struct event *begin = &timeline->events[at];
    struct paced paced = {0, 0, 0};
    int cycle = -1;
    for (size_t i = at; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        if (!is_same_row(event, begin))
            break;
        if (event->as.breath.cycle != cycle) {
            cycle = event->as.breath.cycle;
            paced.breaths++;
            paced.last = 0;
        }
        paced.last += event->frames;
        if (paced.breaths == 1)
            paced.first = paced.last;
    }
    return paced;
}

static void print_breaths(struct table_page *page, const struct timeline *timeline, size_t at)
{
    const struct event *event = &timeline->events[at];
    struct paced paced = follow_breaths(timeline, at);
    struct buffer text = BUFFER_INIT;
    begin_row(page, event->start_frame, "breathe");
    buffer_add_visible(&text, event->as.breath.breathe->as.breathe.pattern.name);
    buffer_printf(&text, ", %d breath%s, ", paced.breaths, paced.breaths == 1 ? "" : "s");
    add_seconds(&text, paced.first);
    if (paced.last != paced.first) {
        buffer_add_c(&text, " to ");
        add_seconds(&text, paced.last);
    }
    print_built(page, &text);
    table_page_end_line(page);
}

static bool begins_bout(const struct timeline *timeline, size_t at)
{
    const struct event *event = &timeline->events[at];
    for (size_t i = at; i-- > 0;) {
        const struct event *before = &timeline->events[i];
        if (before->type == EVENT_BREATH)
            return !is_same_row(before, event);
    }
    return true;
}

static void print_speech(struct table_page *page, const struct event *event,
                         const struct utterances *utterances, const struct points *points)
{
    const struct node *line = event->as.speech.line;
    if (!line)
        return; // a cue word belongs to its breath
    begin_row(page, event->start_frame, "say");
    table_page_words(page, utterances->items[event->as.speech.utterance].shown, TEXT_COLUMN);
    table_page_end_line(page);
    if (points)
        points_print(page, line, points, TEXT_COLUMN);
}

static void print_event(struct table_page *page, const struct timeline *timeline,
                        const struct utterances *utterances, const struct points *points, size_t at)
{
    const struct event *event = &timeline->events[at];
    switch (event->type) {
    case EVENT_SECTION:
        print_section(page, timeline, event);
        return;
    case EVENT_SPEECH:
        print_speech(page, event, utterances, points);
        return;
    case EVENT_SWELL:
        return; // it belongs to its touch
    case EVENT_BREATH:
        if (begins_bout(timeline, at))
            print_breaths(page, timeline, at);
        return;
    case EVENT_CONTACT:
        print_contact(page, timeline, event);
        return;
    case EVENT_MOVE:
        print_move(page, timeline, event);
        return;
    case EVENT_SCENE:
        begin_row(page, event->start_frame, "scene");
        table_page_words(page, event->as.scene.name, TEXT_COLUMN);
        table_page_end_line(page);
        return;
    case EVENT_CHIME:
        print_mark(page, event->start_frame, "chime");
        table_page_end_line(page);
        return;
    }
}

// ---- The whole ----------------------------------------------------------------------------------

static void print_figures(struct table_page *page, const struct timeline *timeline)
{
    struct buffer text = BUFFER_INIT;
    int64_t total = timeline->total_frames > 0 ? timeline->total_frames : 1;
    int accompanied = timeline_accompanied(timeline, 0, timeline->total_frames);
    buffer_printf(&text, "Speech %d %% (",
                  (int)((timeline->speech_frames * 100 + total / 2) / total));
    duration_print_clock(&text, timeline->speech_frames);
    buffer_printf(&text, "), %d paced breath%s, ", timeline->breath_count,
                  timeline->breath_count == 1 ? "" : "s");
    if (accompanied > 0)
        buffer_printf(&text, "%d accompanied, ", accompanied);
    buffer_add_c(&text, "longest wait ");
    add_seconds(&text, timeline->longest_wait_frames);
    buffer_add_c(&text, " at ");
    duration_print_clock(&text, timeline->longest_wait_start);
    page->out->failed |= text.failed;
    table_page_words(page, buffer_text(&text), 0);
    buffer_free(&text);
    table_page_end_line(page);
}

void timeline_print_table(const struct timeline *timeline, const struct utterances *utterances,
                          const struct points *points, struct buffer *out)
{
    struct table_page page = {out, 0};
    table_page_words(&page, timeline->session->title, 0);
    buffer_add_c(out, ", ");
    duration_print_clock(out, timeline->total_frames);
    table_page_end_line(&page);
    for (size_t i = 0; i < timeline->event_count; i++)
        print_event(&page, timeline, utterances, points, i);
    print_mark(&page, timeline->total_frames - timeline->tail_frames, "fade");
    table_page_end_line(&page);
    print_mark(&page, timeline->total_frames, "end");
    table_page_end_line(&page);
    table_page_end_line(&page);
    left_out_print(&page, timeline, utterances);
    table_page_end_line(&page);
    print_figures(&page, timeline);
}
