// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of boxes is walked once, and each box adds its events at its place.
#include "layout.h"

#include "accompany.h"
#include "breath.h"
#include "figures.h"
#include "filler.h"
#include "layout_state.h"
#include "presence.h"
#include "utterances.h"

// Where "half" is true, as parts of the whole.
#define HALF_LEAST 0.45
#define HALF_MOST 0.55

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

// From `start` to `end` something is heard: what the silence before it needs is said first.
static void hear(struct layout *l, int64_t start, int64_t end)
{
    struct timeline *timeline = l->timeline;
    struct event *events = timeline->events + timeline->event_count;
    size_t count = filler_fill(&l->filler, events, start, end);
    timeline->event_count += count;
    for (size_t i = 0; i < count; i++)
        timeline->speech_frames += events[i].frames;
}

static void add_speech(struct layout *l, const struct node *line, int utterance, int64_t start)
{
    int64_t frames = l->config->clip_frames[utterance];
    hear(l, start, start + frames);
    l->busy_end = start + frames + (line ? line->as.line.action_frames : 0);
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

static void lay_breaths(struct layout *l, const struct box *box, int pass)
{
    double rate = l->config->outline->rate;
    int breaths = box->breaths + box->stay[pass].more;
    if (breaths > 0 && (l->bout < 0 || l->at != l->breath_end))
        layout_begin_bout(l, l->at);
    for (int i = box->stay[pass].said; i < breaths; i++, l->cycle++) {
        struct breath_stroke strokes[BREATH_STROKES_MAX];
        int last = i < box->breaths ? i : box->breaths - 1; // what was added goes on as it was
        int64_t period = breath_period(box->node, rate, last, box->breaths);
        int count = breath_strokes(strokes, box->node, period);
        hear(l, l->at, l->at + period);
        l->reached = period;
        for (int s = 0; s < count; s++) {
            struct event *event = add_event(l, EVENT_BREATH, l->at, strokes[s].frames);
            event->as.breath.phase = strokes[s].phase;
            event->as.breath.bout = l->bout;
            event->as.breath.cycle = l->cycle;
            event->as.breath.from = strokes[s].from;
            event->as.breath.to = strokes[s].to;
            event->as.breath.breathe = box->node;
            bool spoken = s == 0 || strokes[s].phase == BREATH_OUT;
            if (l->cues > 0 && spoken)
                add_cue(l, &strokes[s], l->at);
            l->at += strokes[s].frames;
        }
        l->breath_end = l->at;
        l->cues -= l->cues > 0;
        l->timeline->breath_count++;
    }
}

// The first of the lines that are still to be said; NULL: there is none.
static const struct node *first_presence(const struct box *rest, int pass)
{
    const struct node *line = rest->node->children;
    for (int said = 0; line; line = line->next) {
        if (line->type == NODE_LINE && said++ == rest->stay[pass].said)
            break;
    }
    return line;
}

static void add_filler(struct layout *l, int64_t start, int64_t end, bool is_wanted)
{
    const int64_t from = start > l->busy_end ? start : l->busy_end;
    const struct filler_stretch stretch = {from, end, l->section, l->side, l->block};
    if (from < end)
        filler_add(&l->filler, stretch, is_wanted);
}

// The quiet of a rest on one side of its lines.
static void keep_rest(struct layout *l, const struct box *rest, int64_t start, int64_t end)
{
    const bool shared = layout_keeps_company(l);
    if (rest->presence == 0 || shared)
        add_filler(l, start, end, shared);
}

static void lay_presence(struct layout *l, const struct box *rest, int pass, int64_t end)
{
    const struct stay *stay = &rest->stay[pass];
    const int64_t from = l->at > l->busy_end ? l->at : l->busy_end;
    const int64_t frames = rest->frames[pass] - stay->spent - stay->ahead - (from - l->at);
    int64_t clips = 0;
    int placed = 0;
    const struct node *first = first_presence(rest, pass);
    const struct node *line = first;
    int count = 0; // as many as were chosen, or as do not crowd behind what the body does
    for (; line && count < rest->presence - stay->said; line = line->next) {
        if (line->type != NODE_LINE)
            continue;
        const int64_t clip = l->config->clip_frames[find_utterance(l, line)];
        if (from > l->at && clips + clip + (count + 2) * PRESENCE_SILENCE > frames)
            break;
        clips += clip;
        count++;
    }
    int64_t before = 0, heard = l->at;
    for (line = first; line && placed < count && clips <= frames; line = line->next) {
        if (line->type != NODE_LINE)
            continue;
        int utterance = find_utterance(l, line);
        int64_t start = from + presence_start(frames, clips, count, placed, before);
        keep_rest(l, rest, heard, start);
        add_speech(l, line, utterance, start);
        before += l->config->clip_frames[utterance];
        heard = start + l->config->clip_frames[utterance];
        placed++;
    }
    keep_rest(l, rest, heard, end);
}

static void lay(struct layout *l, struct box *box, int pass);

static void place(struct stay *stay, int64_t start, int64_t end)
{
    stay->placed = true;
    stay->start = start;
    stay->frames = end - start;
}

static void lay_children(struct layout *l, struct box *box, int pass)
{
    for (struct box *child = box->first; child; child = child->next)
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

// Whole breaths that accompany a touch which begins at `l->at`: on the second side as many as on
// the first.
static void accompany(struct layout *l, struct box *box, int pass, int64_t end)
{
    const struct outline *outline = l->config->outline;
    const int64_t start = l->at > l->swell_end ? l->at : l->swell_end;
    l->breath = (struct accompany){.cycles = 0};
    if (!outline->session->breathes_free && end > start)
        l->breath = pass > 0 && box->accompanied >= 0
                        ? accompany_divide(start, end - start, box->accompanied)
                        : accompany_fill(start, end - start, l->reached, outline->pace);
    if (pass == 0)
        box->accompanied = l->breath.cycles;
    const struct event like = {.section = l->section, .side = l->side};
    for (int cycle = 0; cycle < l->breath.cycles; cycle++)
        l->timeline->event_count += (size_t)accompany_phases(
            &l->breath, cycle, l->timeline->events + l->timeline->event_count, &like);
    if (l->breath.cycles > 0) {
        hear(l, start, end);
        l->swell_end = end;
    }
}

// How long a line in a touch waits for its phase.
static int64_t wait_for_phase(struct layout *l, const struct box *line, int pass)
{
    const enum breath_mark mark = line->node ? line->node->as.line.mark : MARK_ANYWHERE;
    if (!l->block || mark == MARK_ANYWHERE || line->clip[pass] == 0 || line->stay[pass].said > 0)
        return 0;
    const int64_t start = accompany_next(&l->breath, mark, l->at);
    if (start < 0 || start - l->at > l->spare)
        return 0;
    l->spare -= start - l->at;
    return start - l->at;
}

static void lay_timed(struct layout *l, struct box *box, int pass, int64_t end)
{
    enum event_type type = box->node->type == NODE_CONTACT ? EVENT_CONTACT : EVENT_MOVE;
    struct event *open = box->stay[pass].visit > 0 ? layout_find_open(l, box->node) : NULL;
    if (open)
        open->frames = end - open->start_frame;
    else
        add_event(l, type, l->at, end - l->at)->as.contact.node = box->node;
    const struct box *around = l->block;
    if (!around)
        accompany(l, box, pass, end);
    l->block = box;
    l->spare = end - l->at;
    for (const struct box *child = box->first; child; child = child->next)
        l->spare -= box_laid(child, pass);
    lay_children(l, box, pass);
    l->block = around;
    place(&box->stay[pass], l->at, end);
}

static void lay_sides(struct layout *l, struct box *box, int64_t end)
{
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        l->side = box->node->as.sides.order[pass];
        lay_children(l, box, pass);
    }
    l->side = SIDE_NONE;
    place(&box->stay[0], l->at, end);
}

// A line about the middle of the session is said only there.
static bool is_true_here(const struct layout *l, const struct node *line)
{
    const struct resume *resume = l->config->resume;
    const double part = (double)(l->at + (resume ? resume->passed : 0)) / (double)l->total_frames;
    return !line->as.line.half || (part >= HALF_LEAST && part <= HALF_MOST);
}

// What a leaf that lasts until `end` begins with, unless it goes on from before.
static void lay_leaf(struct layout *l, const struct box *box, int pass, int64_t end)
{
    bool begins = box->type == BOX_LINE ? box->stay[pass].said == 0 : box->stay[pass].visit == 0;
    switch (box->type) {
    case BOX_LINE:
        if (begins && box->clip[pass] > 0 && is_true_here(l, box->node))
            add_speech(l, box->node, find_utterance(l, box->node), l->at);
        break;
    case BOX_REST:
        lay_presence(l, box, pass, end);
        break;
    case BOX_BREATH:
        lay_breaths(l, box, pass);
        break;
    case BOX_MARK:
        if (begins)
            lay_mark(l, box);
        break;
    case BOX_QUIET:
        if (box->node && box->node->type == NODE_BREATHE)
            add_filler(l, l->at, end, true);
        break;
    case BOX_GROUP:
    case BOX_TIMED:
    case BOX_SIDES:
        break;
    }
}

static void lay(struct layout *l, struct box *box, int pass)
{
    if (box->stay[pass].over)
        return;
    const int64_t start = l->at;
    if (box->type == BOX_LINE)
        l->at += wait_for_phase(l, box, pass);
    const int64_t end = l->at + box->frames[pass] - box_spent(box, pass);
    switch (box->type) {
    case BOX_GROUP:
        lay_children(l, box, pass);
        return;
    case BOX_TIMED:
        lay_timed(l, box, pass, end);
        break;
    case BOX_SIDES:
        lay_sides(l, box, end);
        break;
    case BOX_LINE:
    case BOX_QUIET:
    case BOX_REST:
    case BOX_BREATH:
    case BOX_MARK:
        l->at += box->stay[pass].ahead;
        lay_leaf(l, box, pass, end);
        place(&box->stay[pass], start, end);
        break;
    }
    l->at = end;
}

static int64_t sum_sections(const struct layout_config *config)
{
    int64_t sum = 0;
    for (size_t i = 0; i < config->outline->section_count; i++)
        sum += config->section_frames[i];
    return sum;
}

static size_t events_most(const struct layout_config *config)
{
    const struct outline *outline = config->outline;
    int64_t events = 1;
    for (size_t i = 0; i < outline->section_count; i++)
        events += 1 + outline->sections[i].inner.events;
    for (size_t i = 0; i < outline->rest_count; i++)
        events += PASS_COUNT * outline->rests[i]->presence;
    return (size_t)events + filler_most(config->utterances, sum_sections(config));
}

// A section from `l->at` to `end`, or what is left of it.
static void begin_section(struct layout *l, int64_t end)
{
    struct event *before = l->config->resume ? layout_find_section(l) : NULL;
    bool first = l->config->resume && l->section == l->config->resume->section;
    if (before && first && before->section == l->section) {
        before->frames = end - before->start_frame;
        return;
    }
    if (before && first)
        before->frames = l->at - before->start_frame;
    if (end == l->at) // one that takes no part at this length makes no chapter
        return;
    if (box_span(&l->config->outline->sections[l->section]).most > 0 || l->section == 0)
        add_event(l, EVENT_SECTION, l->at, end - l->at);
    else // nor does one that only waits for its first step
        layout_find_section(l)->frames += end - l->at;
}

enum status layout_build(struct timeline *timeline, const struct layout_config *config,
                         struct error *error)
{
    const struct outline *outline = config->outline;
    const struct resume *resume = config->resume;
    size_t most = events_most(config) + (resume ? resume->count + 1 : 0); // and the end of a breath
    timeline->events = arena_array(&timeline->arena, most, sizeof *timeline->events);
    if (!timeline->events)
        return error_no_memory(error);
    int64_t total = sum_sections(config);
    struct layout l = {.timeline = timeline, .config = config, .bout = -1, .total_frames = total};
    l.filler = (struct filler){.utterances = config->utterances,
                               .clip_frames = config->clip_frames,
                               .heard = TIMELINE_LEAD_FRAMES,
                               .wait_frames = presence_wait(total)};
    if (resume)
        layout_take_over(&l, resume);
    for (size_t i = resume ? (size_t)resume->section : 0; i < outline->section_count; i++) {
        struct box *section = &outline->sections[i];
        int64_t end = l.at + config->section_frames[i] - box_spent(section, 0);
        l.section = (int)i;
        begin_section(&l, end);
        lay_children(&l, section, 0);
        place(&section->stay[0], l.at, end);
        if (layout_keeps_company(&l) && i + 1 < outline->section_count)
            filler_add(&l.filler, (struct filler_stretch){l.at, end, l.section, l.side, NULL},
                       true); // where it waits for its next step
        if (i + 1 == outline->section_count)
            timeline->tail_frames = outline->tail->frames[0] + end - l.at;
        l.at = end;
    }
    if (timeline->ending == ENDING_RETURN)
        hear(&l, l.at - timeline->tail_frames, l.at);
    timeline->total_frames = l.at;
    if (timeline->ending == ENDING_SLEEP)
        timeline->tail_frames = figures_sleep_tail(timeline->total_frames);
    timeline->lead_frames = TIMELINE_LEAD_FRAMES;
    figures_sort(timeline);
    accompany_limit(timeline, resume ? resume->at : 0);
    figures_count_cycles(timeline);
    figures_find_wait(timeline);
    return STATUS_OK;
}
