#include "layout.h"

#include "breath.h"
#include "presence.h"

struct layout {
    struct timeline *timeline;
    const struct layout_config *config;
    int64_t at; // frames
    int section;
    enum side side;
    int bout; // of the last breath, -1 before the first
    int cycle;
    int64_t breath_end; // of the last breath
};

static struct event *add_event(struct layout *l, enum event_type type, int64_t start,
                               int64_t frames)
{
    struct event *event = &l->timeline->events[l->timeline->event_count++];
    *event = (struct event){.type = type,
                            .start_frame = start,
                            .frames = frames,
                            .section = l->section,
                            .side = l->side};
    return event;
}

static void add_speech(struct layout *l, const struct node *line, int utterance, int64_t start)
{
    int64_t frames = l->config->clip_frames[utterance];
    struct event *event = add_event(l, EVENT_SPEECH, start, frames);
    event->as.speech.line = line;
    event->as.speech.utterance = utterance;
    event->as.speech.level = line ? line->level : LEVEL_MUST;
    l->timeline->speech_frames += frames;
}

static int find_utterance(const struct layout *l, const struct node *line)
{
    return l->config->utterances->by_line[line->as.line.index * SIDE_COUNT + l->side];
}

// The cue word of a phase, when it fits into it.
static void add_cue(struct layout *l, const struct breath_stroke *stroke, int64_t start)
{
    const struct utterances *u = l->config->utterances;
    int utterance = stroke->phase == BREATH_IN ? u->cue_in : u->cue_out;
    if (utterance != UTTERANCE_NONE && l->config->clip_frames[utterance] <= stroke->frames)
        add_speech(l, NULL, utterance, start);
}

enum { CUED_BREATHS = 2 }; // of a bout; after that the waves are known

static void lay_breaths(struct layout *l, const struct box *box)
{
    double rate = l->config->outline->rate;
    if (box->breaths > 0 && (l->bout < 0 || l->at != l->breath_end)) {
        l->bout++;
        l->cycle = 0;
    }
    for (int i = 0; i < box->breaths; i++, l->cycle++) {
        struct breath_stroke strokes[BREATH_STROKES_MAX];
        int64_t period = breath_period(box->node, rate, i, box->breaths);
        int count = breath_strokes(strokes, box->node, period);
        for (int s = 0; s < count; s++) {
            struct event *event = add_event(l, EVENT_BREATH, l->at, strokes[s].frames);
            event->as.breath.phase = strokes[s].phase;
            event->as.breath.bout = l->bout;
            event->as.breath.cycle = l->cycle;
            event->as.breath.from = strokes[s].from;
            event->as.breath.to = strokes[s].to;
            event->as.breath.breathe = box->node;
            bool spoken = s == 0 || strokes[s].phase == BREATH_OUT;
            if (l->cycle < CUED_BREATHS && spoken)
                add_cue(l, &strokes[s], l->at);
            l->at += strokes[s].frames;
        }
        l->breath_end = l->at;
        l->timeline->breath_count++;
    }
}

static void lay_presence(struct layout *l, const struct box *rest)
{
    int64_t clips = 0;
    int placed = 0;
    const struct node *line = rest->node->children;
    for (int i = 0; line && i < rest->presence; line = line->next) {
        if (line->type != NODE_LINE)
            continue;
        clips += l->config->clip_frames[find_utterance(l, line)];
        i++;
    }
    if (clips > rest->frames[0])
        return;
    int64_t before = 0;
    for (line = rest->node->children; line && placed < rest->presence; line = line->next) {
        if (line->type != NODE_LINE)
            continue;
        int utterance = find_utterance(l, line);
        add_speech(l, line, utterance,
                   l->at + presence_start(rest->frames[0], clips, rest->presence, placed, before));
        before += l->config->clip_frames[utterance];
        placed++;
    }
}

static void lay(struct layout *l, const struct box *box, int pass);

static void lay_children(struct layout *l, const struct box *box, int pass)
{
    for (const struct box *child = box->first; child; child = child->next)
        if (child->on)
            lay(l, child, pass);
}

static void lay_mark(struct layout *l, const struct box *box)
{
    if (box->node->type == NODE_CHIME)
        add_event(l, EVENT_CHIME, l->at, TIMELINE_CHIME_FRAMES);
    else
        add_event(l, EVENT_SCENE, l->at, 0)->as.scene.name = box->node->as.scene.name;
}

static void lay_timed(struct layout *l, const struct box *box, int pass)
{
    enum event_type type = box->node->type == NODE_CONTACT ? EVENT_CONTACT : EVENT_MOVE;
    add_event(l, type, l->at, box->frames[pass])->as.contact.node = box->node;
    lay_children(l, box, pass);
}

static void lay_sides(struct layout *l, const struct box *box)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        l->side = box->node->as.sides.order[pass];
        lay_children(l, box, pass);
    }
    l->side = SIDE_NONE;
}

static void lay(struct layout *l, const struct box *box, int pass)
{
    int64_t end = l->at + box->frames[pass];
    switch (box->type) {
    case BOX_GROUP:
        lay_children(l, box, pass);
        return;
    case BOX_LINE:
        if (box->clip[pass] > 0)
            add_speech(l, box->node, find_utterance(l, box->node), l->at);
        break;
    case BOX_QUIET:
        break;
    case BOX_REST:
        lay_presence(l, box);
        break;
    case BOX_BREATH:
        lay_breaths(l, box);
        break;
    case BOX_MARK:
        lay_mark(l, box);
        break;
    case BOX_TIMED:
        lay_timed(l, box, pass);
        break;
    case BOX_SIDES:
        lay_sides(l, box);
        break;
    }
    l->at = end;
}

// Section, scene, contact, move, breath, speech, chime.
static int rank(const struct event *event)
{
    static const int ranks[] = {
        [EVENT_SECTION] = 0, [EVENT_SCENE] = 1,  [EVENT_CONTACT] = 2, [EVENT_MOVE] = 3,
        [EVENT_BREATH] = 4,  [EVENT_SPEECH] = 5, [EVENT_CHIME] = 6};
    return ranks[event->type];
}

static bool after(const struct event *a, const struct event *b)
{
    return a->start_frame > b->start_frame ||
           (a->start_frame == b->start_frame && rank(a) > rank(b));
}

// Events come almost in order; insertion keeps equals as they are.
static void sort_events(struct timeline *timeline)
{
    for (size_t i = 1; i < timeline->event_count; i++) {
        struct event event = timeline->events[i];
        size_t at = i;
        for (; at > 0 && after(&timeline->events[at - 1], &event); at--)
            timeline->events[at] = timeline->events[at - 1];
        timeline->events[at] = event;
    }
}

// The number of breaths of each bout is known at its last one.
static void count_cycles(struct timeline *timeline)
{
    int bout = -1;
    int cycles = 0;
    for (size_t i = timeline->event_count; i-- > 0;) {
        struct event *event = &timeline->events[i];
        if (event->type != EVENT_BREATH)
            continue;
        if (event->as.breath.bout != bout) {
            bout = event->as.breath.bout;
            cycles = event->as.breath.cycle + 1;
        }
        event->as.breath.cycles = cycles;
    }
}

static void find_longest_wait(struct timeline *timeline)
{
    int64_t heard = timeline->lead_frames;
    size_t end = timeline->event_count + (timeline->ending == ENDING_RETURN);
    for (size_t i = 0; i < end; i++) {
        const struct event *event = i < timeline->event_count ? &timeline->events[i] : NULL;
        if (event && event->type != EVENT_SPEECH && event->type != EVENT_BREATH)
            continue;
        int64_t start = event ? event->start_frame : timeline->total_frames - timeline->tail_frames;
        if (start - heard > timeline->longest_wait_frames) {
            timeline->longest_wait_frames = start - heard;
            timeline->longest_wait_start = heard;
        }
        if (event && event->start_frame + event->frames > heard)
            heard = event->start_frame + event->frames;
    }
}

static int64_t sleep_tail(int64_t total_frames)
{
    int64_t tenth = total_frames / 10;
    if (tenth < TIMELINE_SLEEP_TAIL_LEAST)
        return TIMELINE_SLEEP_TAIL_LEAST;
    return tenth > TIMELINE_SLEEP_TAIL_MOST ? TIMELINE_SLEEP_TAIL_MOST : tenth;
}

static size_t events_most(const struct outline *outline)
{
    int64_t events = 1;
    for (size_t i = 0; i < outline->section_count; i++) {
        events += 1 + outline->sections[i].inner.events;
        for (const struct box *box = outline->sections[i].first; box; box = box->next)
            events += box->presence;
    }
    return (size_t)events;
}

enum status layout_build(struct timeline *timeline, const struct layout_config *config,
                         struct error *error)
{
    const struct outline *outline = config->outline;
    timeline->events =
        arena_array(&timeline->arena, events_most(outline), sizeof *timeline->events);
    if (!timeline->events)
        return error_no_memory(error);
    struct layout l = {.timeline = timeline, .config = config, .bout = -1};
    for (size_t i = 0; i < outline->section_count; i++) {
        int64_t end = l.at + config->section_frames[i];
        l.section = (int)i;
        if (end > l.at) // one that takes no part at this length makes no chapter
            add_event(&l, EVENT_SECTION, l.at, end - l.at);
        lay_children(&l, &outline->sections[i], 0);
        if (i + 1 == outline->section_count)
            timeline->tail_frames = outline->tail->frames[0] + end - l.at;
        l.at = end;
    }
    timeline->total_frames = l.at;
    if (timeline->ending == ENDING_SLEEP)
        timeline->tail_frames = sleep_tail(timeline->total_frames);
    timeline->lead_frames = TIMELINE_LEAD_FRAMES;
    sort_events(timeline);
    count_cycles(timeline);
    find_longest_wait(timeline);
    return STATUS_OK;
}
