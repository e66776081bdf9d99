// SPDX-License-Identifier: GPL-3.0-or-later
// Every node is visited once, for all the boxes it will stand in: a repeat with rounds multiplies
// the parents of what is inside. So a choice knows all of its boxes from the start, and costs and
// memory are linear in the boxes.
#include "expand.h"

#include "breath.h"
#include "session_limits.h"
#include "silence.h"
#include "utterances.h"

enum {
    ROUNDS_MAX = 100,                   // of one @repeat, above the least
    BOXES_MAX = 4 * SESSION_EVENTS_MAX, // pauses, rests and rounds make no events of their own
    NATURAL_PART = 4,                   // of what a bout may be, its natural length is this part
};

// The scene alone behind the last word.
static const struct span tail_span = {8 * FRAME_RATE, 10 * FRAME_RATE, 15 * FRAME_RATE};

// The same where the last section is quiet as a whole: it has room for the shortest fade.
static const struct span sleep_tail_span = {TIMELINE_SLEEP_TAIL_LEAST, TIMELINE_SLEEP_TAIL_LEAST,
                                            TIMELINE_SLEEP_TAIL_MOST};

// The boxes into which the children of one node go.
struct parents {
    struct box **boxes;
    bool *later; // in the second or a further round
    size_t count;
};

static enum status expand(struct expansion *x, const struct node *first, struct parents parents);

static struct box *new_box(struct expansion *x, enum box_type type, const struct node *node)
{
    struct box *box = NULL;
    if (x->outline->box_count < BOXES_MAX)
        box = arena_alloc(x->outline->arena, sizeof *box);
    if (!box)
        return NULL;
    box->index = x->outline->box_count++;
    box->type = type;
    box->node = node;
    box->on = true;
    box->paired = x->sides != NULL;
    return box;
}

static enum status box_failed(const struct expansion *x)
{
    if (x->outline->box_count < BOXES_MAX)
        return error_no_memory(x->error);
    return error_set(x->error, STATUS_BAD_INPUT,
                     "the script unfolds to more than %d steps; use fewer rounds",
                     SESSION_EVENTS_MAX);
}

// One box for `node` in each parent. Lines that are extra are said in the first round only, so that
// further rounds have fewer words.
static enum status add_boxes(struct expansion *x, enum box_type type, const struct node *node,
                             bool first_round_only, struct parents parents, struct parents *made)
{
    made->boxes = arena_array(x->outline->arena, parents.count + 1, sizeof(struct box *));
    made->later = arena_array(x->outline->arena, parents.count + 1, sizeof(bool));
    made->count = 0;
    if (!made->boxes || !made->later)
        return error_no_memory(x->error);
    for (size_t i = 0; i < parents.count; i++) {
        if (first_round_only && parents.later[i])
            continue;
        struct box *box = new_box(x, type, node);
        if (!box)
            return box_failed(x);
        box_append(parents.boxes[i], box);
        made->later[made->count] = parents.later[i];
        made->boxes[made->count++] = box;
    }
    return STATUS_OK;
}

static struct unit *add_unit(struct expansion *x, enum unit_type type, const struct node *node,
                             struct parents made)
{
    struct unit *unit = &x->outline->units[x->outline->unit_count++];
    *unit = (struct unit){.type = type,
                          .node = node,
                          .section = x->section,
                          .level = x->level,
                          .boxes = made.boxes,
                          .box_count = made.count,
                          .most = 1};
    return unit;
}

// A line or block that may be left out is left out at first.
static void add_choice(struct expansion *x, const struct node *node, struct parents made)
{
    if (node->level == LEVEL_MUST || made.count == 0)
        return;
    struct unit *unit = add_unit(x, UNIT_SHOW, node, made);
    if (node->level > unit->level)
        unit->level = node->level;
    for (size_t i = 0; i < made.count; i++) {
        made.boxes[i]->on = false;
        made.boxes[i]->shown_by = unit;
    }
}

static bool said_in_pass(const struct node *line, int pass)
{
    return line->pass == PASS_BOTH || (line->pass == PASS_FIRST) == (pass == 0);
}

static enum status expand_line(struct expansion *x, const struct node *line, struct parents parents,
                               const struct node **behind)
{
    struct parents made;
    bool once = line->level == LEVEL_EXTRA;
    const struct span silence = silence_behind(line, x->outline->rate, behind);
    if (line->breathing != BREATHING_ANY &&
        x->natural_breath != (line->breathing == BREATHING_NATURAL))
        return STATUS_OK;
    enum status status = add_boxes(x, BOX_LINE, line, once, parents, &made);
    if (status)
        return status;
    for (int pass = 0; pass < (x->sides ? PASS_COUNT : 1); pass++) {
        enum side side = x->sides ? x->sides->as.sides.order[pass] : SIDE_NONE;
        int utterance = x->utterances->by_line[line->as.line.index * SIDE_COUNT + side];
        if (!said_in_pass(line, pass) || utterance == UTTERANCE_NONE)
            continue;
        int64_t clip = x->clip_frames[utterance];
        for (size_t i = 0; i < made.count; i++) {
            made.boxes[i]->clip[pass] = clip;
            made.boxes[i]->own[pass] = span_add((struct span){clip, clip, clip}, silence);
        }
    }
    add_choice(x, line, made);
    return STATUS_OK;
}

static enum status expand_leaf(struct expansion *x, enum box_type type, const struct node *node,
                               struct span span, struct parents parents, struct parents *made)
{
    enum status status = add_boxes(x, type, node, false, parents, made);
    if (status)
        return status;
    for (size_t i = 0; i < made->count; i++)
        for (int pass = 0; pass < PASS_COUNT; pass++)
            made->boxes[i]->own[pass] = span;
    add_choice(x, node, *made);
    return STATUS_OK;
}

// A ramp reaches the pace; of what else may be long a part comes before further words.
static int natural_breaths(const struct node *node, struct breath_count count, double rate)
{
    if (node->as.breathe.pattern.type != PATTERN_RAMP)
        return count.least + (count.most - count.least + NATURAL_PART - 1) / NATURAL_PART;
    const int enough = breath_ramp_enough(node, rate);
    return enough < count.least ? count.least : enough < count.most ? enough : count.most;
}

static enum status expand_breathe(struct expansion *x, const struct node *node,
                                  struct parents parents)
{
    struct parents made;
    double rate = x->outline->rate;
    if (x->natural_breath || node->as.breathe.pattern.type == PATTERN_NATURAL) {
        struct range quiet = breath_quiet(node, rate);
        return expand_leaf(x, BOX_QUIET, node, (struct span){quiet.least, quiet.least, quiet.most},
                           parents, &made);
    }
    struct breath_count count = breath_count(node, rate);
    int64_t bout = breath_bout(node, rate, count.least);
    enum status status =
        expand_leaf(x, BOX_BREATH, node, (struct span){bout, bout, bout}, parents, &made);
    if (status)
        return status;
    for (size_t i = 0; i < made.count; i++)
        made.boxes[i]->breaths = count.least;
    struct unit *unit = add_unit(x, UNIT_BREATHS, node, made);
    unit->value = unit->top = unit->least = count.least;
    unit->most = count.most;
    unit->natural = natural_breaths(node, count, rate);
    return STATUS_OK;
}

static enum status expand_repeat(struct expansion *x, const struct node *node,
                                 struct parents parents)
{
    struct parents made;
    enum status status = add_boxes(x, BOX_GROUP, node, false, parents, &made);
    if (status)
        return status;
    add_choice(x, node, made);
    int least = node->as.repeat.least;
    int most =
        node->as.repeat.most > least + ROUNDS_MAX ? least + ROUNDS_MAX : node->as.repeat.most;
    size_t rounds = (size_t)(most > 0 ? most : 0);
    if (rounds * made.count > BOXES_MAX)
        return error_set_at(x->error, STATUS_BAD_INPUT, NULL, node->place.line, node->place.column,
                            "this @repeat unfolds to more than %d steps; use fewer rounds",
                            SESSION_EVENTS_MAX);
    struct parents inner = {
        .boxes = arena_array(x->outline->arena, rounds * made.count + 1, sizeof(struct box *)),
        .later = arena_array(x->outline->arena, rounds * made.count + 1, sizeof(bool))};
    if (!inner.boxes || !inner.later)
        return error_no_memory(x->error);
    for (size_t i = 0; i < made.count; i++) {
        for (size_t round = 0; round < rounds; round++) {
            struct box *box = new_box(x, BOX_GROUP, NULL);
            if (!box)
                return box_failed(x);
            box->on = (int)round < least;
            box_append(made.boxes[i], box);
            inner.later[inner.count] = made.later[i] || round > 0;
            inner.boxes[inner.count++] = box;
        }
    }
    struct unit *unit = add_unit(x, UNIT_ROUNDS, node, made);
    unit->value = unit->top = unit->least = least;
    unit->most = most;
    return expand(x, node->children, inner);
}

// A touch or a movement lasts whole breaths. Half of what it may grow by is its natural length.
static void add_touch(struct expansion *x, const struct node *node, struct parents made)
{
    const struct breath_count count = breath_touch_count(node, x->outline->rate);
    const int64_t frames = breath_touch(node, x->outline->rate, count.least);
    // Where no whole number of breaths lies within the time, they may be longer than the pace.
    const int64_t longest = count.least > 0 ? frames / count.least + 1 : 0;
    const int64_t breath = longest > x->outline->pace + 1 ? longest : x->outline->pace;
    struct unit *unit = add_unit(x, UNIT_TOUCH, node, made);
    unit->value = unit->top = unit->least = count.least;
    unit->natural = count.least + (count.most - count.least + 1) / 2;
    unit->most = count.most;
    for (size_t i = 0; i < made.count; i++) {
        struct box *box = made.boxes[i];
        box->breaths = count.least;
        box->pace = x->natural_breath ? 0 : breath;
        box->touch = unit;
        box->accompanied = -1;
        for (int pass = 0; pass < PASS_COUNT; pass++)
            box->own[pass] = (struct span){frames, frames, frames};
    }
}

static enum status expand_block(struct expansion *x, enum box_type type, const struct node *node,
                                struct parents parents)
{
    struct parents made;
    enum status status = add_boxes(x, type, node, false, parents, &made);
    if (status)
        return status;
    add_choice(x, node, made);
    if (type == BOX_TIMED)
        add_touch(x, node, made);
    if (type != BOX_SIDES)
        return expand(x, node->children, made);
    if (x->sides)
        return error_set_at(x->error, STATUS_BAD_INPUT, NULL, node->place.line, node->place.column,
                            "@sides inside @sides would change sides four times");
    x->sides = node;
    status = expand(x, node->children, made);
    x->sides = NULL;
    return status;
}

static enum status expand_rest(struct expansion *x, const struct node *node, struct parents parents)
{
    const struct range rest = node->as.rest.frames;
    struct outline *outline = x->outline;
    struct parents made;
    enum status status = expand_leaf(
        x, BOX_REST, node, (struct span){rest.least, rest.least, rest.most}, parents, &made);
    if (status)
        return status;
    if (outline->rest_count + made.count > outline->rest_room) {
        const size_t room = 2 * (outline->rest_count + made.count);
        struct box **rests = arena_array(outline->arena, room, sizeof(struct box *));
        if (!rests)
            return error_no_memory(x->error);
        for (size_t i = 0; i < outline->rest_count; i++)
            rests[i] = outline->rests[i];
        outline->rests = rests;
        outline->rest_room = room;
    }
    for (size_t i = 0; i < made.count; i++)
        outline->rests[outline->rest_count++] = made.boxes[i];
    return STATUS_OK;
}

static enum status expand_node(struct expansion *x, const struct node *node, struct parents parents,
                               const struct node **behind)
{
    struct parents made;
    int64_t chime = node->type == NODE_CHIME ? TIMELINE_CHIME_FRAMES : 0;
    *behind = node->next;
    switch (node->type) {
    case NODE_LINE:
        return expand_line(x, node, parents, behind);
    case NODE_PAUSE: // at the start of a block: behind a line it belongs to the line
        return expand_leaf(x, BOX_QUIET, node,
                           (struct span){node->as.pause.frames.least, node->as.pause.natural,
                                         node->as.pause.frames.most},
                           parents, &made);
    case NODE_REST:
        return expand_rest(x, node, parents);
    case NODE_BREATHE:
        return expand_breathe(x, node, parents);
    case NODE_CONTACT:
    case NODE_MOVE:
        return expand_block(x, BOX_TIMED, node, parents);
    case NODE_SIDES:
        return expand_block(x, BOX_SIDES, node, parents);
    case NODE_NOTICE:
        return expand_block(x, BOX_GROUP, node, parents);
    case NODE_REPEAT:
        return expand_repeat(x, node, parents);
    case NODE_SCENE:
    case NODE_CHIME:
        break;
    }
    return expand_leaf(x, BOX_MARK, node, (struct span){chime, chime, chime}, parents, &made);
}

// The units of a node itself, which come before those of what is in it, end behind the last of
// them.
static void end_units(struct outline *outline, size_t first, const struct node *node)
{
    for (size_t i = first; i < outline->unit_count && outline->units[i].node == node; i++)
        outline->units[i].end = outline->unit_count;
}

static enum status expand(struct expansion *x, const struct node *first, struct parents parents)
{
    enum level around = x->level;
    enum status status = STATUS_OK;
    for (const struct node *node = first; node && !status;) {
        const struct node *behind;
        bool block = node->type != NODE_LINE;
        if (block && node->level > x->level && node->level != LEVEL_PRESENCE)
            x->level = node->level;
        const size_t first_unit = x->outline->unit_count;
        status = expand_node(x, node, parents, &behind);
        end_units(x->outline, first_unit, node);
        x->level = around;
        node = behind;
    }
    return status;
}

static enum status add_silence(struct expansion *x, struct box *section, struct span span,
                               struct box **made)
{
    struct box *box = new_box(x, BOX_QUIET, NULL);
    if (!box)
        return box_failed(x);
    box->own[0] = span;
    box_append(section, box);
    *made = box;
    return STATUS_OK;
}

enum status expand_section(struct expansion *x, size_t index)
{
    struct outline *outline = x->outline;
    struct box *section = &outline->sections[index];
    *section = (struct box){.type = BOX_GROUP, .on = true};
    x->section = (int)index;
    const struct span lead = {TIMELINE_LEAD_FRAMES, TIMELINE_LEAD_FRAMES, TIMELINE_LEAD_FRAMES};
    struct box *box;
    enum status status = STATUS_OK;
    if (index == 0)
        status = add_silence(x, section, lead, &box);
    bool later = false;
    bool sleeps = outline->session->ending == ENDING_SLEEP;
    THEN(status,
         expand(x, outline->session->sections[index].first, (struct parents){&section, &later, 1}));
    if (!status && index + 1 == outline->section_count)
        status = add_silence(x, section, sleeps ? sleep_tail_span : tail_span, &outline->tail);
    box_measure(section);
    return status;
}
