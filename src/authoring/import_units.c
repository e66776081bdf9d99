// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes between two silences are one unit; their lines are cut into sentences.
#include "import_units.h"

#include "sentences.h"
#include "touch_subject.h"

#define SECOND ((int64_t)FRAME_RATE)

enum {
    PAUSE_OF_STEP = 10,  // seconds: a shorter one parts nothing
    OTHER_SENTENCES = 2, // behind a silence, that may ask for the other side
};

void import_units_init(struct import_units *units, struct import_state *state)
{
    *units = (struct import_units){.state = state, .arena = ARENA_INIT};
}

void import_units_deinit(struct import_units *units)
{
    arena_free(&units->arena);
}

// ---- Sentences ----------------------------------------------------------------------------------

static struct text line_text(const struct node *line)
{
    return line->as.line.part_count == 1 && line->as.line.parts[0].type == PART_LITERAL
               ? line->as.line.parts[0].spoken
               : (struct text){NULL, 0};
}

bool import_units_read(struct import_units *units, struct touch_sentence *sentence,
                       struct text text, const struct node *line)
{
    struct mentions *mentions = arena_alloc(&units->arena, sizeof *mentions);
    if (!mentions) {
        units->state->words.failed = true;
        return false;
    }
    const struct import_language *language = units->state->words.language;
    mentions_read(mentions, &language->touch, &language->dangers, text);
    *sentence = (struct touch_sentence){text, line, mentions};
    return true;
}

static void add_sentences(struct import_units *units, struct import_unit *unit,
                          const struct node *line, size_t room)
{
    struct text rest = line_text(line);
    while (rest.size > 0 && unit->count < room) {
        size_t size = sentences_first(rest);
        struct text text = rest;
        text.size = size;
        while (text.size > 0 && text.data[text.size - 1] == ' ')
            text.size--;
        if (!import_units_read(units, &unit->sentences[unit->count], text, line))
            return;
        unit->count++;
        rest = text_skip(rest, size);
    }
}

static size_t sentence_count(const struct node *first, const struct node *end)
{
    size_t count = 0;
    for (const struct node *n = first; n != end; n = n->next) {
        struct text rest = n->type == NODE_LINE ? line_text(n) : (struct text){NULL, 0};
        for (; rest.size > 0; count++)
            rest = text_skip(rest, sentences_first(rest));
    }
    return count;
}

// ---- Units --------------------------------------------------------------------------------------

static bool ends_unit(const struct node *node)
{
    return (node->type == NODE_REST && node->as.rest.frames.most >= IMPORT_PARAGRAPH_REST_MOST) ||
           (node->type == NODE_PAUSE && node->as.pause.natural >= PAUSE_OF_STEP * SECOND);
}

static bool is_own(const struct node *node)
{
    bool line = node->type == NODE_LINE && line_text(node).size > 0 && node->tag_count == 0 &&
                !node->as.line.half && node->pass == PASS_BOTH;
    return !line && node->type != NODE_PAUSE && node->type != NODE_REST;
}

static void add_unit(struct import_units *units, struct node *first, struct node *end)
{
    if (units->count == units->capacity) {
        size_t capacity = units->capacity ? 2 * units->capacity : 16;
        struct import_unit *items = arena_array(&units->arena, capacity, sizeof *items);
        if (!items) {
            units->state->words.failed = true;
            return;
        }
        for (size_t i = 0; i < units->count; i++)
            items[i] = units->items[i];
        units->items = items;
        units->capacity = capacity;
    }
    struct import_unit unit = {.first = first, .behind = end};
    size_t room = sentence_count(first, end);
    unit.sentences = arena_array(&units->arena, room + 1, sizeof *unit.sentences);
    units->state->words.failed |= !unit.sentences;
    for (struct node *n = first; unit.sentences && n != end; n = n->next) {
        unit.own |= is_own(n);
        if (n->type == NODE_LINE)
            add_sentences(units, &unit, n, room);
    }
    if (end && end->type == NODE_PAUSE)
        unit.pause_least = unit.pause_most = (int)(end->as.pause.natural / SECOND);
    units->items[units->count++] = unit;
}

void import_units_cut(struct import_units *units, struct node *nodes)
{
    units->count = 0;
    struct node *first = nodes;
    for (struct node *n = nodes; n; n = n->next) {
        bool own = is_own(n);
        if (own && n != first)
            add_unit(units, first, n);
        if (own)
            first = n;
        if (!own && !ends_unit(n) && n->next)
            continue;
        add_unit(units, first, own || !ends_unit(n) ? n->next : n);
        if (!own && ends_unit(n)) {
            first = n->next;
            continue;
        }
        units->items[units->count - 1].behind = NULL;
        first = n->next;
    }
}

// ---- Joining ------------------------------------------------------------------------------------

static bool is_other_only(const struct import_unit *unit)
{
    bool other = false;
    for (size_t i = 0; i < unit->count; i++) {
        if (touch_subject_in(&unit->sentences[i]))
            return false;
        other |= i < OTHER_SENTENCES && mentions_find(unit->sentences[i].mentions, TOUCH_OTHER, 0);
    }
    return other && !unit->own;
}

// "Now the right side.", behind a silence, belongs to what was done on the left.
void import_units_join(struct import_units *units)
{
    size_t kept = 0;
    for (size_t i = 0; i < units->count; i++) {
        struct import_unit *before = kept > 0 ? &units->items[kept - 1] : NULL;
        struct import_unit *unit = &units->items[i];
        bool subject = false;
        for (size_t k = 0; before && k < before->count; k++)
            subject |= touch_subject_in(&before->sentences[k]);
        if (!subject || before->own || !is_other_only(unit)) {
            units->items[kept++] = *unit;
            continue;
        }
        size_t count = before->count + unit->count;
        struct touch_sentence *both = arena_array(&units->arena, count + 1, sizeof *both);
        units->state->words.failed |= !both;
        for (size_t k = 0; both && k < count; k++)
            both[k] = k < before->count ? before->sentences[k] : unit->sentences[k - before->count];
        before->sentences = both ? both : before->sentences;
        before->count = both ? count : before->count;
        before->behind = unit->behind;
        if (unit->pause_most > 0 && unit->pause_most < before->pause_least)
            before->pause_least = unit->pause_most;
        if (unit->pause_most > before->pause_most)
            before->pause_most = unit->pause_most;
    }
    units->count = kept;
}
