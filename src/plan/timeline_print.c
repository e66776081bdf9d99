// SPDX-License-Identifier: GPL-3.0-or-later
// The table. Rows: clock, what, text; text is wrapped to the width of a terminal.
#include "timeline_print.h"

#include "limits.h"
#include "utterances.h"
#include "wrap.h"

enum { WIDTH = 80, TEXT_COLUMN = 17 };

// ---- Wrapped text -------------------------------------------------------------------------------

struct page {
    struct buffer *out;
    size_t column;
};

static void add_spaces(struct page *page, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_byte(page->out, ' ');
    page->column += count;
}

static void add_plain(struct page *page, const char *string)
{
    buffer_add_c(page->out, string);
    page->column += text_length(text_from(string));
}

static void new_line(struct page *page)
{
    buffer_add_byte(page->out, '\n');
    page->column = 0;
}

// `indent`: where further lines begin.
static void add_wrapped(struct page *page, struct text view, size_t indent)
{
    wrap_words(page->out, &page->column, indent, WIDTH, view);
}

// Text of our own around names from outside: built first, then wrapped.
static void add_wrapped_buffer(struct page *page, struct buffer *built)
{
    page->out->failed |= built->failed;
    add_wrapped(page, buffer_text(built), TEXT_COLUMN);
    buffer_free(built);
}

// ---- Rows ---------------------------------------------------------------------------------------

static void print_mark(struct page *page, int64_t frame, const char *what)
{
    struct buffer clock = BUFFER_INIT;
    duration_print_clock(&clock, frame);
    add_spaces(page, clock.size < 7 ? 7 - clock.size : 0);
    buffer_add(page->out, buffer_text(&clock));
    page->column += clock.size;
    page->out->failed |= clock.failed;
    buffer_free(&clock);
    add_spaces(page, 2);
    add_plain(page, what);
}

static void begin_row(struct page *page, int64_t frame, const char *what)
{
    print_mark(page, frame, what);
    add_spaces(page, page->column < TEXT_COLUMN ? TEXT_COLUMN - page->column : 1);
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

static void print_section(struct page *page, const struct timeline *timeline,
                          const struct event *event)
{
    new_line(page);
    begin_row(page, event->start_frame, "==");
    page->column = page->column > TEXT_COLUMN ? TEXT_COLUMN : page->column;
    add_wrapped(page, timeline->session->sections[event->section].name, TEXT_COLUMN);
    buffer_add_c(page->out, "  (");
    duration_print_clock(page->out, event->frames);
    buffer_add_c(page->out, ")");
    new_line(page);
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

static void print_contact(struct page *page, const struct timeline *timeline,
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
    buffer_printf(&text, ", pressure %d to %d of 10, ", node->as.contact.pressure_least,
                  node->as.contact.pressure_most);
    add_seconds(&text, event->frames);
    add_accompanied(&text, timeline, event);
    add_wrapped_buffer(page, &text);
    new_line(page);
}

static void print_move(struct page *page, const struct timeline *timeline,
                       const struct event *event)
{
    struct buffer text = BUFFER_INIT;
    begin_row(page, event->start_frame, "move");
    buffer_add_c(&text, side_name(event->side));
    buffer_add_visible(&text, event->as.contact.node->as.move.name);
    buffer_add_c(&text, ", ");
    add_seconds(&text, event->frames);
    add_accompanied(&text, timeline, event);
    add_wrapped_buffer(page, &text);
    new_line(page);
}

// The breaths of one @breathe from event `at` on: their number, and the first and last period.
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
        if (event->as.breath.breathe != begin->as.breath.breathe ||
            event->as.breath.bout != begin->as.breath.bout)
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

static void print_breaths(struct page *page, const struct timeline *timeline, size_t at)
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
    add_wrapped_buffer(page, &text);
    new_line(page);
}

static bool begins_bout(const struct timeline *timeline, size_t at)
{
    const struct event *event = &timeline->events[at];
    for (size_t i = at; i-- > 0;) {
        const struct event *before = &timeline->events[i];
        if (before->type == EVENT_BREATH)
            return before->as.breath.breathe != event->as.breath.breathe ||
                   before->as.breath.bout != event->as.breath.bout;
    }
    return true;
}

static void print_event(struct page *page, const struct timeline *timeline,
                        const struct utterances *utterances, size_t at)
{
    const struct event *event = &timeline->events[at];
    switch (event->type) {
    case EVENT_SECTION:
        print_section(page, timeline, event);
        return;
    case EVENT_SPEECH:
        if (!event->as.speech.line)
            return; // a cue word belongs to its breath
        begin_row(page, event->start_frame, "say");
        add_wrapped(page, utterances->items[event->as.speech.utterance].shown, TEXT_COLUMN);
        new_line(page);
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
        add_wrapped(page, event->as.scene.name, TEXT_COLUMN);
        new_line(page);
        return;
    case EVENT_CHIME:
        print_mark(page, event->start_frame, "chime");
        new_line(page);
        return;
    }
}

// ---- What was left out, and figures -------------------------------------------------------------

static const char *reason_text(enum left_reason reason)
{
    switch (reason) {
    case LEFT_NO_ROOM:
        return "no room";
    case LEFT_CONTACT_BUDGET:
        return LIMIT_TEXT(LIMIT_SIDE_MINUTES) " min of pressure a side is the most";
    case LEFT_BLOCK_LIMIT:
        return "its block is at its limit";
    case LEFT_BOUT_LIMIT:
        return LIMIT_TEXT(LIMIT_BOUT_MINUTES) " min of paced breathing at a time is the most";
    case LEFT_SPACING:
        return "no rest is long enough";
    }
    return "";
}

// The words of a line as it would be said outside or on the first side.
static void add_line_text(struct buffer *text, const struct node *line,
                          const struct utterances *utterances)
{
    for (int side = 0; side < SIDE_COUNT; side++) {
        int utterance = utterances_find(utterances, line, (enum side)side);
        if (utterance == UTTERANCE_NONE)
            continue;
        buffer_add_byte(text, '"');
        buffer_add_visible(text, utterances->items[utterance].shown);
        buffer_add_byte(text, '"');
        return;
    }
}

static void add_left_text(struct buffer *text, const struct left_out *left,
                          const struct utterances *utterances)
{
    const struct node *node = left->node;
    switch (node->type) {
    case NODE_LINE:
        add_line_text(text, node, utterances);
        return;
    case NODE_BREATHE:
        buffer_printf(text, "%d more breath%s of ", left->count, left->count == 1 ? "" : "s");
        buffer_add_visible(text, node->as.breathe.pattern.name);
        return;
    case NODE_REPEAT:
        buffer_printf(text, "%d more round%s", left->count, left->count == 1 ? "" : "s");
        return;
    case NODE_CONTACT:
        buffer_add_c(text, "touch: ");
        buffer_add_visible(text, node->as.contact.region);
        return;
    case NODE_MOVE:
        buffer_add_c(text, "movement: ");
        buffer_add_visible(text, node->as.move.name);
        return;
    case NODE_SIDES:
        buffer_add_c(text, "both sides");
        for (const struct node *child = node->children; child; child = child->next)
            if (child->type == NODE_CONTACT || child->type == NODE_MOVE) {
                buffer_add_c(text, ": ");
                buffer_add_visible(text, child->type == NODE_CONTACT ? child->as.contact.region
                                                                     : child->as.move.name);
                return;
            }
        return;
    case NODE_NOTICE:
        buffer_add_c(text, "a notice");
        return;
    case NODE_CHIME:
        buffer_add_c(text, "a chime");
        return;
    case NODE_SCENE:
        buffer_add_c(text, "scene ");
        buffer_add_visible(text, node->as.scene.name);
        return;
    case NODE_REST:
    case NODE_PAUSE:
        return;
    }
}

static void print_left_entry(struct page *page, const struct left_out *left,
                             const struct utterances *utterances)
{
    struct buffer text = BUFFER_INIT;
    add_left_text(&text, left, utterances);
    buffer_printf(&text, " (%s)", reason_text(left->reason));
    add_spaces(page, 4);
    page->out->failed |= text.failed;
    add_wrapped(page, buffer_text(&text), 4);
    buffer_free(&text);
    new_line(page);
}

// Rests are only counted: they belong to the lines around them.
static void print_left_section(struct page *page, const struct timeline *timeline, int section,
                               const struct utterances *utterances)
{
    size_t entries = 0;
    size_t rests = 0;
    for (size_t i = 0; i < timeline->left_count; i++) {
        const struct left_out *left = &timeline->left_out[i];
        if (left->section != section)
            continue;
        if (entries++ == 0) {
            add_spaces(page, 2);
            add_wrapped(page, timeline->session->sections[section].name, 2);
            new_line(page);
        }
        if (left->node->type == NODE_REST)
            rests++;
        else
            print_left_entry(page, left, utterances);
    }
    if (rests == 0)
        return;
    buffer_printf(page->out, "    %d rest%s (no room)", (int)rests, rests == 1 ? "" : "s");
    new_line(page);
}

static void print_left_out(struct page *page, const struct timeline *timeline,
                           const struct utterances *utterances)
{
    add_plain(page, timeline->left_count ? "Left out" : "Nothing was left out.");
    new_line(page);
    for (size_t i = 0; i < timeline->session->section_count; i++)
        print_left_section(page, timeline, (int)i, utterances);
}

static void print_figures(struct page *page, const struct timeline *timeline)
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
    add_wrapped(page, buffer_text(&text), 0);
    buffer_free(&text);
    new_line(page);
}

void timeline_print_table(const struct timeline *timeline, const struct utterances *utterances,
                          struct buffer *out)
{
    struct page page = {out, 0};
    add_wrapped(&page, timeline->session->title, 0);
    buffer_add_c(out, ", ");
    duration_print_clock(out, timeline->total_frames);
    new_line(&page);
    for (size_t i = 0; i < timeline->event_count; i++)
        print_event(&page, timeline, utterances, i);
    print_mark(&page, timeline->total_frames - timeline->tail_frames, "fade");
    new_line(&page);
    print_mark(&page, timeline->total_frames, "end");
    new_line(&page);
    new_line(&page);
    print_left_out(&page, timeline, utterances);
    new_line(&page);
    print_figures(&page, timeline);
}
