// SPDX-License-Identifier: GPL-3.0-or-later
// The picture: four lanes on one time axis. Sections are bands of colour; below them the voice as
// blocks, the breath as its waves, lower in touches than in bouts, contact and movement as bars for
// the left and the right side.
#include "timeline_print.h"
#include "utterances.h"

enum {
    WIDTH = 1200, // of the drawing, pixels
    LEFT = 92,    // of the lanes
    RIGHT = 1180,
    TITLE = 34, // baselines and lanes from above
    SECTION_TOP = 52,
    SECTION_HEIGHT = 30,
    VOICE_TOP = 100,
    VOICE_HEIGHT = 34,
    BREATH_TOP = 152,
    BREATH_HEIGHT = 56,
    SIDE_TOP = 226,
    SIDE_HEIGHT = 24,
    SIDE_GAP = 6,
    AXIS = 296,
    HEIGHT = 356,
};

static const char style[] =
    "<style>text{font:13px system-ui,sans-serif;fill:#2d3a3a}.t{font-size:19px;font-weight:600}"
    ".q{fill:#647474}.n{font-size:12px}.v{fill:#3f7f8c}.p{fill:#9cc3c4}.w{fill:#bfdcd6;"
    "stroke:#5a9a92;stroke-width:1}.c{fill:#d08c60}.m{fill:#8f9fbf}.a{stroke:#"
    "c3cfcc;"
    "stroke-width:1}.g{fill:#f1f5f3}</style>\n";

static const char *const bands[] = {"#dcebe6", "#cfe2ea"};

struct canvas {
    struct buffer *out;
    int64_t total_frames;
};

// Hundredths of a pixel: no decimal point of any locale is ever printed.
static int64_t x_of(const struct canvas *canvas, int64_t frame)
{
    int64_t total = canvas->total_frames > 0 ? canvas->total_frames : 1;
    return LEFT * 100 + (RIGHT - LEFT) * 100 * frame / total;
}

static void add_hundredths(struct buffer *out, int64_t value)
{
    buffer_printf(out, "%d.%02d", (int)(value / 100), (int)(value % 100));
}

// A box over the event's time; the caller adds what is inside (a title) and end_box.
static void begin_box(const struct canvas *canvas, const struct event *event, int top, int height,
                      const char *look)
{
    int64_t left = x_of(canvas, event->start_frame);
    int64_t width = x_of(canvas, event->start_frame + event->frames) - left;
    buffer_printf(canvas->out, "<rect %s x=\"", look);
    add_hundredths(canvas->out, left);
    buffer_printf(canvas->out, "\" y=\"%d\" height=\"%d\" width=\"", top, height);
    add_hundredths(canvas->out, width > 50 ? width : 50);
    buffer_add_c(canvas->out, "\"><title>");
    duration_print_clock(canvas->out, event->start_frame);
    buffer_add_c(canvas->out, " ");
}

static void end_box(const struct canvas *canvas)
{
    buffer_add_c(canvas->out, "</title></rect>\n");
}

static void label(const struct canvas *canvas, int y, const char *text)
{
    buffer_printf(canvas->out, "<text class=\"q\" x=\"14\" y=\"%d\">%s</text>\n", y, text);
}

// A section's band, with its name where there is room for it (about 6 pixels a letter).
static void draw_section(const struct canvas *canvas, const struct timeline *timeline,
                         const struct event *event, int index)
{
    struct text name = timeline->session->sections[event->section].name;
    struct buffer look = BUFFER_INIT;
    buffer_printf(&look, "rx=\"4\" fill=\"%s\"", bands[index % 2]);
    canvas->out->failed |= look.failed;
    begin_box(canvas, event, SECTION_TOP, SECTION_HEIGHT, look.data ? look.data : "");
    buffer_free(&look);
    buffer_add_markup(canvas->out, name);
    buffer_add_c(canvas->out, ", ");
    duration_print_clock(canvas->out, event->frames);
    end_box(canvas);
    int64_t left = x_of(canvas, event->start_frame);
    int64_t width = x_of(canvas, event->start_frame + event->frames) - left;
    if (width < (int64_t)(text_length(name) * 6 + 10) * 100)
        return;
    buffer_add_c(canvas->out, "<text class=\"n\" x=\"");
    add_hundredths(canvas->out, left + 600);
    buffer_printf(canvas->out, "\" y=\"%d\">", SECTION_TOP + 20);
    buffer_add_markup(canvas->out, name);
    buffer_add_c(canvas->out, "</text>\n");
}

static void draw_speech(const struct canvas *canvas, const struct utterances *utterances,
                        const struct event *event)
{
    bool presence = event->as.speech.line && event->as.speech.level == LEVEL_PRESENCE;
    if (!event->as.speech.line)
        return; // cue words would hide in the waves
    begin_box(canvas, event, VOICE_TOP, VOICE_HEIGHT,
              presence ? "class=\"p\" rx=\"1.5\"" : "class=\"v\" rx=\"1.5\"");
    buffer_add_markup(canvas->out, utterances->items[event->as.speech.utterance].shown);
    end_box(canvas);
}

static void draw_timed(const struct canvas *canvas, const struct event *event)
{
    const struct node *node = event->as.contact.node;
    bool contact = event->type == EVENT_CONTACT;
    for (enum side side = SIDE_LEFT; side <= SIDE_RIGHT; side++) {
        if (event->side != SIDE_NONE && event->side != side)
            continue;
        int top = SIDE_TOP + (side == SIDE_RIGHT ? SIDE_HEIGHT + SIDE_GAP : 0);
        begin_box(canvas, event, top, SIDE_HEIGHT,
                  contact ? "class=\"c\" rx=\"3\"" : "class=\"m\" rx=\"3\"");
        buffer_add_markup(canvas->out, contact ? node->as.contact.region : node->as.move.name);
        buffer_printf(canvas->out, ", %d s", (int)((event->frames + FRAME_RATE / 2) / FRAME_RATE));
        end_box(canvas);
    }
}

static void add_point(const struct canvas *canvas, char command, int64_t frame, int64_t rise)
{
    int64_t y = (BREATH_TOP + BREATH_HEIGHT) * 100 - rise;
    buffer_add_byte(canvas->out, command);
    add_hundredths(canvas->out, x_of(canvas, frame));
    buffer_add_byte(canvas->out, ' ');
    add_hundredths(canvas->out, y);
}

// How high a swell is drawn, in hundredths of a pixel: what accompanies a touch is two thirds as
// deep.
static int64_t rise_of(const struct event *event, float swell)
{
    double depth = event->type == EVENT_SWELL ? TIMELINE_SWELL_DEPTH : 1;
    return (int64_t)(depth * (double)swell * BREATH_HEIGHT * 100);
}

// One phase as a curve that is flat at both ends, like the swell that is heard.
static void add_wave(const struct canvas *canvas, const struct event *event)
{
    int64_t end = event->start_frame + event->frames;
    int64_t middle = event->start_frame + event->frames / 2;
    int64_t from = rise_of(event, event->as.breath.from), to = rise_of(event, event->as.breath.to);
    add_point(canvas, 'C', middle, from);
    add_point(canvas, ' ', middle, to);
    add_point(canvas, ' ', end, to);
}

// Whether both belong to one bout, or to one touch.
static bool goes_on(const struct event *before, const struct event *event)
{
    if (!before || before->type != event->type)
        return false;
    return event->type == EVENT_BREATH ? before->as.breath.bout == event->as.breath.bout
                                       : before->start_frame + before->frames == event->start_frame;
}

static void draw_breaths(const struct canvas *canvas, const struct timeline *timeline)
{
    const struct event *before = NULL;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH && event->type != EVENT_SWELL)
            continue;
        if (!goes_on(before, event)) {
            buffer_add_c(canvas->out,
                         before ? "Z\"/>\n<path class=\"w\" d=\"" : "<path class=\"w\" d=\"");
            add_point(canvas, 'M', event->start_frame, rise_of(event, event->as.breath.from));
        }
        before = event;
        add_wave(canvas, event);
    }
    if (before)
        buffer_add_c(canvas->out, "Z\"/>\n");
}

// Ticks at a step that gives at most about 15 of them.
static void draw_axis(const struct canvas *canvas)
{
    static const int steps_min[] = {1, 2, 5, 10, 15, 30, 60, 120};
    int64_t minutes = canvas->total_frames / ((int64_t)60 * FRAME_RATE);
    size_t s = 0;
    while (s + 1 < sizeof steps_min / sizeof *steps_min && minutes / steps_min[s] > 15)
        s++;
    for (int64_t at = 0; at <= minutes; at += steps_min[s]) {
        int64_t x = x_of(canvas, at * 60 * FRAME_RATE);
        buffer_add_c(canvas->out, "<line class=\"a\" x1=\"");
        add_hundredths(canvas->out, x);
        buffer_add_c(canvas->out, "\" x2=\"");
        add_hundredths(canvas->out, x);
        buffer_printf(canvas->out,
                      "\" y1=\"%d\" y2=\"%d\"/><text class=\"q n\" text-anchor=\"middle\" x=\"",
                      VOICE_TOP - 8, AXIS);
        add_hundredths(canvas->out, x);
        buffer_printf(canvas->out, "\" y=\"%d\">", AXIS + 16);
        duration_print_clock(canvas->out, at * 60 * FRAME_RATE);
        buffer_add_c(canvas->out, "</text>\n");
    }
}

static void draw_lanes(const struct canvas *canvas)
{
    static const struct {
        int top, height;
    } lanes[] = {{VOICE_TOP, VOICE_HEIGHT},
                 {BREATH_TOP, BREATH_HEIGHT},
                 {SIDE_TOP, SIDE_HEIGHT},
                 {SIDE_TOP + SIDE_HEIGHT + SIDE_GAP, SIDE_HEIGHT}};
    for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++)
        buffer_printf(canvas->out,
                      "<rect class=\"g\" rx=\"4\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                      LEFT, lanes[i].top, RIGHT - LEFT, lanes[i].height);
    label(canvas, SECTION_TOP + 20, "section");
    label(canvas, VOICE_TOP + 22, "voice");
    label(canvas, BREATH_TOP + 33, "breath");
    label(canvas, SIDE_TOP + 17, "left");
    label(canvas, SIDE_TOP + SIDE_HEIGHT + SIDE_GAP + 17, "right");
}

static void draw_head(const struct canvas *canvas, const struct timeline *timeline)
{
    buffer_printf(canvas->out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                  "height=\"%d\">\n%s<rect width=\"%d\" height=\"%d\" fill=\"#fbfdfc\"/>\n"
                  "<text class=\"t\" x=\"14\" y=\"%d\">",
                  WIDTH, HEIGHT, WIDTH, HEIGHT, style, WIDTH, HEIGHT, TITLE);
    buffer_add_markup(canvas->out, timeline->session->title);
    buffer_add_c(canvas->out, ", ");
    duration_print_clock(canvas->out, timeline->total_frames);
    buffer_add_c(canvas->out, "</text>\n");
}

static void draw_legend(const struct canvas *canvas)
{
    static const struct {
        const char *look, *text;
        int x;
    } entries[] = {{"v", "voice", LEFT},
                   {"p", "presence line", LEFT + 90},
                   {"w", "paced breath", LEFT + 230},
                   {"c", "touch", LEFT + 368},
                   {"m", "movement", LEFT + 456}};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        buffer_printf(canvas->out,
                      "<rect class=\"%s\" rx=\"2\" x=\"%d\" y=\"%d\" width=\"14\" height=\"12\"/>"
                      "<text class=\"q n\" x=\"%d\" y=\"%d\">%s</text>\n",
                      entries[i].look, entries[i].x, AXIS + 32, entries[i].x + 20, AXIS + 42,
                      entries[i].text);
}

void timeline_print_svg(const struct timeline *timeline, const struct utterances *utterances,
                        struct buffer *out)
{
    struct canvas canvas = {out, timeline->total_frames};
    int sections = 0;
    draw_head(&canvas, timeline);
    draw_lanes(&canvas);
    draw_axis(&canvas);
    draw_breaths(&canvas, timeline);
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type == EVENT_SECTION)
            draw_section(&canvas, timeline, event, sections++);
        else if (event->type == EVENT_SPEECH)
            draw_speech(&canvas, utterances, event);
        else if (event_is_timed(event))
            draw_timed(&canvas, event);
    }
    draw_legend(&canvas);
    buffer_add_c(out, "</svg>\n");
}
