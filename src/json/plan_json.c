// SPDX-License-Identifier: GPL-3.0-or-later
// Every event of a timeline becomes a JSON object with fields of its type.
#include "plan_json.h"

#include "points.h"
#include "utterances.h"

#include <jansson.h>
#include <stdlib.h>

// Objects are filled field by field; one field that could not be made spoils the whole (`failed`),
// and jansson's _new functions take the value even then.
struct writer {
    const struct timeline *timeline;
    const struct utterances *utterances;
    bool failed;
};

static void add(struct writer *w, json_t *object, const char *key, json_t *value)
{
    w->failed |= json_object_set_new(object, key, value) != 0;
}

static void append(struct writer *w, json_t *array, json_t *value)
{
    w->failed |= json_array_append_new(array, value) != 0;
}

static void add_text(struct writer *w, json_t *object, const char *key, struct text view)
{
    add(w, object, key, json_stringn(view.data ? view.data : "", view.size));
}

static void add_frames(struct writer *w, json_t *object, const char *key, int64_t frames)
{
    add(w, object, key, json_integer(frames));
}

static void add_side(struct writer *w, json_t *object, enum side side)
{
    add(w, object, "side",
        side == SIDE_NONE ? json_null() : json_string(side == SIDE_LEFT ? "left" : "right"));
}

static void add_speech(struct writer *w, json_t *object, const struct event *event)
{
    static const char *const levels[] = {"must", "core", "extra", "presence"};
    const struct node *line = event->as.speech.line;
    add_text(w, object, "text", w->utterances->items[event->as.speech.utterance].shown);
    add(w, object, "level", json_string(line ? levels[event->as.speech.level] : "cue"));
    json_t *tags = json_array();
    for (size_t i = 0; line && i < line->tag_count; i++)
        append(w, tags, json_stringn(line->tags[i].data, line->tags[i].size));
    add(w, object, "tags", tags);
    add_side(w, object, event->side);
}

static void add_breath(struct writer *w, json_t *object, const struct event *event)
{
    static const char *const phases[] = {"in", "hold", "out"};
    add(w, object, "phase", json_string(phases[event->as.breath.phase]));
    const bool accompanies = event->type == EVENT_SWELL;
    add(w, object, "bout", accompanies ? json_null() : json_integer(event->as.breath.bout));
    add(w, object, "cycle", json_integer(event->as.breath.cycle));
    if (accompanies)
        add(w, object, "pattern", json_string("accompany"));
    else
        add_text(w, object, "pattern", event->as.breath.breathe->as.breathe.pattern.name);
    add(w, object, "accompanies", json_boolean(accompanies));
}

static void add_accompanied(struct writer *w, json_t *object, const struct event *timed)
{
    const int64_t end = timed->start_frame + timed->frames;
    add(w, object, "breaths",
        json_integer(timeline_accompanied(w->timeline, timed->start_frame, end)));
}

static void add_contact(struct writer *w, json_t *object, const struct event *event)
{
    const struct node *node = event->as.contact.node;
    add_text(w, object, "region", node->as.contact.region);
    add_text(w, object, "tool", node->as.contact.tool);
    add_text(w, object, "surface", node->as.contact.surface);
    add_side(w, object, event->side);
    json_t *pressure = json_array();
    append(w, pressure, json_integer(node->as.contact.pressure_least));
    append(w, pressure, json_integer(node->as.contact.pressure_most));
    add(w, object, "pressure", pressure);
    add_accompanied(w, object, event);
}

static void add_own_fields(struct writer *w, json_t *object, const struct event *event)
{
    switch (event->type) {
    case EVENT_SECTION:
        add_text(w, object, "name", w->timeline->session->sections[event->section].name);
        return;
    case EVENT_SPEECH:
        add_speech(w, object, event);
        return;
    case EVENT_BREATH:
    case EVENT_SWELL:
        add_breath(w, object, event);
        return;
    case EVENT_CONTACT:
        add_contact(w, object, event);
        return;
    case EVENT_MOVE:
        add_text(w, object, "name", event->as.contact.node->as.move.name);
        add_side(w, object, event->side);
        add_accompanied(w, object, event);
        return;
    case EVENT_SCENE:
        add_text(w, object, "name", event->as.scene.name);
        return;
    case EVENT_CHIME:
        return;
    }
}

static json_t *event_json(struct writer *w, const struct event *event)
{
    static const char *const types[] = {"section", "speech", "breath", "contact",
                                        "move",    "scene",  "chime",  "breath"};
    json_t *object = json_object();
    add(w, object, "type", json_string(types[event->type]));
    add(w, object, "section", json_integer(event->section));
    add_frames(w, object, "start_frame", event->start_frame);
    add_frames(w, object, "frames", event->frames);
    add_own_fields(w, object, event);
    return object;
}

static json_t *section_json(struct writer *w, const struct event *event)
{
    json_t *object = json_object();
    add_text(w, object, "name", w->timeline->session->sections[event->section].name);
    add(w, object, "section", json_integer(event->section));
    add_frames(w, object, "start_frame", event->start_frame);
    add_frames(w, object, "frames", event->frames);
    return object;
}

static void add_left_line(struct writer *w, json_t *object, const struct node *line)
{
    for (int side = 0; side < SIDE_COUNT; side++) {
        int utterance = utterances_find(w->utterances, line, (enum side)side);
        if (utterance == UTTERANCE_NONE)
            continue;
        add_text(w, object, "text", w->utterances->items[utterance].shown);
        return;
    }
}

static json_t *left_json(struct writer *w, const struct left_out *left)
{
    static const char *const types[] = {"line",  "pause",  "rest",   "breathe", "contact", "move",
                                        "sides", "repeat", "notice", "scene",   "chime"};
    static const char *const reasons[] = {"no_room", "contact_budget", "block_limit", "bout_limit",
                                          "spacing"};
    json_t *object = json_object();
    add(w, object, "type", json_string(types[left->node->type]));
    add(w, object, "section", json_integer(left->section));
    add(w, object, "line", json_integer(left->node->place.line));
    add(w, object, "reason", json_string(reasons[left->reason]));
    add(w, object, "count", json_integer(left->count));
    add(w, object, "kept", json_boolean(left->kept));
    if (left->node->type == NODE_LINE)
        add_left_line(w, object, left->node);
    return object;
}

// JSON numbers are signed 64 bits here; a larger seed is written as text.
static json_t *seed_json(uint64_t seed)
{
    if (seed <= INT64_MAX)
        return json_integer((json_int_t)seed);
    return json_sprintf("%llu", (unsigned long long)seed);
}

// The points of all lines that are said, in their own order.
static json_t *points_json(struct writer *w, const struct points *points)
{
    bool said[POINTS_COUNT] = {false};
    json_t *array = json_array();
    for (size_t i = 0; i < w->timeline->event_count; i++) {
        const struct event *event = &w->timeline->events[i];
        const struct node *line = event->type == EVENT_SPEECH ? event->as.speech.line : NULL;
        for (size_t t = 0; line && t < line->tag_count; t++)
            said[points_find(line->tags[t])] = true;
    }
    for (int i = 0; i < POINTS_COUNT; i++) {
        if (!said[i])
            continue;
        json_t *object = json_object();
        add(w, object, "point", json_sprintf("%c%d", points_letter(i), points_number(i)));
        add_text(w, object, "meaning", points->meaning[i]);
        append(w, array, object);
    }
    return array;
}

static json_t *timeline_json(struct writer *w, const struct plan_json_config *config)
{
    const struct timeline *t = w->timeline;
    json_t *root = json_object();
    json_t *sections = json_array();
    json_t *events = json_array();
    json_t *left_out = json_array();
    for (size_t i = 0; i < t->event_count; i++) {
        if (t->events[i].type == EVENT_SECTION)
            append(w, sections, section_json(w, &t->events[i]));
        append(w, events, event_json(w, &t->events[i]));
    }
    for (size_t i = 0; i < t->left_count; i++)
        append(w, left_out, left_json(w, &t->left_out[i]));
    add_text(w, root, "session", t->session->id);
    add_text(w, root, "language", t->session->language);
    add(w, root, "ending", json_string(t->ending == ENDING_SLEEP ? "sleep" : "return"));
    add(w, root, "sample_rate", json_integer(FRAME_RATE));
    add_frames(w, root, "total_frames", t->total_frames);
    add_frames(w, root, "lead_frames", t->lead_frames);
    add_frames(w, root, "tail_frames", t->tail_frames);
    add(w, root, "seed", seed_json(config->seed));
    add(w, root, "sections", sections);
    add(w, root, "events", events);
    add(w, root, "left_out", left_out);
    if (config->points)
        add(w, root, "points", points_json(w, config->points));
    double total = t->total_frames > 0 ? (double)t->total_frames : 1;
    add(w, root, "speech_share", json_real((double)t->speech_frames / total));
    add_frames(w, root, "longest_wait_frames", t->longest_wait_frames);
    add(w, root, "breaths", json_integer(t->breath_count));
    add(w, root, "accompanied_breaths", json_integer(timeline_accompanied(t, 0, t->total_frames)));
    return root;
}

enum status plan_json_print(const struct timeline *timeline, const struct utterances *utterances,
                            const struct plan_json_config *config, struct buffer *out,
                            struct error *error)
{
    struct writer w = {timeline, utterances, false};
    json_t *root = timeline_json(&w, config);
    char *text = w.failed ? NULL : json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    buffer_add_c(out, text ? text : "");
    buffer_add_byte(out, '\n');
    json_decref(root);
    free(text);
    return text && !out->failed ? STATUS_OK : error_no_memory(error);
}
