// SPDX-License-Identifier: GPL-3.0-or-later
#include "sketch.h"

#include "session_limits.h"
#include "utterances.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *take(struct sketch *sketch, size_t size)
{
    void *memory = arena_alloc(&sketch->session.arena, size);
    if (!memory)
        abort();
    return memory;
}

static struct text print_text(struct sketch *sketch, const char *word, int number, const char *end)
{
    char text[40];
    snprintf(text, sizeof text, "%s %d%s", word, number, end);
    return arena_copy(&sketch->session.arena, text_from(text));
}

void sketch_init(struct sketch *sketch, size_t sections)
{
    memset(sketch, 0, sizeof *sketch);
    struct session *session = &sketch->session;
    session->title = TEXT("Sketch");
    session->id = TEXT("sketch");
    session->language = TEXT("en");
    session->notice = TEXT("short");
    session->length = (struct range){SESSION_LENGTH_LEAST, SESSION_LENGTH_MOST};
    session->natural = SKETCH_SECONDS(600);
    session->section_count = sections;
    session->sections = take(sketch, sections * sizeof *session->sections);
    for (size_t i = 0; i < sections; i++)
        session->sections[i].name = print_text(sketch, "Part", (int)i + 1, "");
    sketch->utterances = (struct utterances){.items = sketch->items,
                                             .by_line = sketch->lines,
                                             .cue_in = UTTERANCE_NONE,
                                             .cue_out = UTTERANCE_NONE};
}

void sketch_free(struct sketch *sketch)
{
    arena_free(&sketch->session.arena);
}

void sketch_section(struct sketch *sketch, size_t index)
{
    sketch->depth = 0;
    sketch->end[0] = &sketch->session.sections[index].first;
    while (*sketch->end[0])
        sketch->end[0] = &(*sketch->end[0])->next;
}

void sketch_shape(struct sketch *sketch, size_t index, const struct sketch_point *points,
                  size_t count)
{
    struct section *section = &sketch->session.sections[index];
    section->shape = take(sketch, count * sizeof *section->shape);
    section->shape_count = count;
    for (size_t i = 0; i < count; i++)
        section->shape[i] = (struct shape_point){.at_frames = SKETCH_SECONDS(points[i].at),
                                                 .target_frames = SKETCH_SECONDS(points[i].target)};
}

static struct node *add_node(struct sketch *sketch, enum node_type type)
{
    struct node *node = take(sketch, sizeof *node);
    node->type = type;
    node->file = TEXT("sketch");
    *sketch->end[sketch->depth] = node;
    sketch->end[sketch->depth] = &node->next;
    return node;
}

static struct node *begin_block(struct sketch *sketch, enum node_type type)
{
    struct node *node = add_node(sketch, type);
    sketch->end[++sketch->depth] = &node->children;
    return node;
}

void sketch_end(struct sketch *sketch)
{
    sketch->depth--;
}

static struct range seconds_range(double least, double most)
{
    return (struct range){SKETCH_SECONDS(least), SKETCH_SECONDS(most)};
}

struct node *sketch_line(struct sketch *sketch, enum level level, double seconds)
{
    size_t index = sketch->session.line_count++;
    if (index >= SKETCH_LINES_MAX)
        abort();
    struct node *node = add_node(sketch, NODE_LINE);
    struct text words = print_text(sketch, "Line", (int)index, ".");
    node->level = level;
    node->as.line.index = index;
    node->as.line.part_count = 1;
    node->as.line.parts = take(sketch, sizeof(struct part));
    node->as.line.parts[0] = (struct part){PART_LITERAL, words, words};
    sketch->items[index] = (struct utterance){.spoken = words, .shown = words};
    sketch->clips[index] = SKETCH_SECONDS(seconds);
    for (int side = 0; side < SIDE_COUNT; side++)
        sketch->lines[index * SIDE_COUNT + (size_t)side] = (int)index;
    // The cue words stand behind the last line.
    sketch->items[index + 1] = (struct utterance){.spoken = TEXT("in"), .shown = TEXT("in")};
    sketch->items[index + 2] = (struct utterance){.spoken = TEXT("out"), .shown = TEXT("out")};
    sketch->clips[index + 1] = sketch->clips[index + 2] = SKETCH_SECONDS(0.4);
    sketch->utterances.cue_in = (int)index + 1;
    sketch->utterances.cue_out = (int)index + 2;
    sketch->utterances.count = index + 3;
    return node;
}

void sketch_company(struct sketch *sketch)
{
    sketch->company[0] = sketch->utterances.cue_in;
    sketch->utterances.filler = sketch->company;
    sketch->utterances.filler_count = 1;
}

struct node *sketch_pause(struct sketch *sketch, double least, double natural, double most)
{
    struct node *node = add_node(sketch, NODE_PAUSE);
    node->as.pause.frames = seconds_range(least, most);
    node->as.pause.natural = SKETCH_SECONDS(natural);
    node->as.pause.ranged = true;
    return node;
}

static struct node *add_breathe(struct sketch *sketch, enum pattern_type type, int in_s, int out_s)
{
    static const char *const names[] = {"ramp", "", "sigh", "natural"};
    struct node *node = add_node(sketch, NODE_BREATHE);
    char name[24];
    snprintf(name, sizeof name, "%d-%d", in_s, out_s);
    node->as.breathe.pattern = (struct pattern){
        .type = type,
        .name = type == PATTERN_PACED ? arena_copy(&sketch->session.arena, text_from(name))
                                      : text_from(names[type]),
        .in_frames = type == PATTERN_PACED ? SKETCH_SECONDS(in_s) : 0,
        .out_frames = type == PATTERN_PACED ? SKETCH_SECONDS(out_s) : 0};
    return node;
}

struct node *sketch_breathe(struct sketch *sketch, enum pattern_type type, int in_s, int out_s,
                            double least, double most)
{
    struct node *node = add_breathe(sketch, type, in_s, out_s);
    node->as.breathe.frames = seconds_range(least, most);
    return node;
}

struct node *sketch_breaths(struct sketch *sketch, enum pattern_type type, int in_s, int out_s,
                            int least, int most)
{
    struct node *node = add_breathe(sketch, type, in_s, out_s);
    node->as.breathe.counted = true;
    node->as.breathe.least_breaths = least;
    node->as.breathe.most_breaths = most;
    return node;
}

struct node *sketch_rest(struct sketch *sketch, double least, double most)
{
    struct node *node = begin_block(sketch, NODE_REST);
    node->as.rest.frames = seconds_range(least, most);
    return node;
}

struct node *sketch_contact(struct sketch *sketch, double least, double most)
{
    struct node *node = begin_block(sketch, NODE_CONTACT);
    node->as.contact.region = TEXT("glutes");
    node->as.contact.tool = TEXT("ball");
    node->as.contact.surface = TEXT("wall");
    node->as.contact.pressure_least = 4;
    node->as.contact.pressure_most = 5;
    node->as.contact.frames = seconds_range(least, most);
    return node;
}

struct node *sketch_move(struct sketch *sketch, double least, double most)
{
    struct node *node = begin_block(sketch, NODE_MOVE);
    node->as.move.name = TEXT("pelvic-tilt");
    node->as.move.frames = seconds_range(least, most);
    return node;
}

struct node *sketch_sides(struct sketch *sketch)
{
    struct node *node = begin_block(sketch, NODE_SIDES);
    node->as.sides.order[0] = SIDE_LEFT;
    node->as.sides.order[1] = SIDE_RIGHT;
    return node;
}

struct node *sketch_repeat(struct sketch *sketch, int least, int most)
{
    struct node *node = begin_block(sketch, NODE_REPEAT);
    node->as.repeat.least = least;
    node->as.repeat.most = most;
    return node;
}

struct node *sketch_mark(struct sketch *sketch, enum node_type type)
{
    struct node *node = add_node(sketch, type);
    if (type == NODE_SCENE)
        node->as.scene.name = TEXT("pad");
    return node;
}

enum status sketch_range(const struct sketch *sketch, double rate, bool natural,
                         struct range *range)
{
    const struct plan_config config = {0, rate, natural};
    struct error error;
    return plan_range(range, &sketch->session, &sketch->utterances, sketch->clips, &config, &error);
}

enum status sketch_plan(const struct sketch *sketch, double rate, bool natural,
                        int64_t total_frames, struct timeline *timeline, struct error *error)
{
    const struct plan_config config = {total_frames, rate, natural};
    return plan_build(timeline, &sketch->session, &sketch->utterances, sketch->clips, &config,
                      error);
}
