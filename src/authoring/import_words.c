// SPDX-License-Identifier: GPL-3.0-or-later
// A line is built of parts from left to right: what stays, and what is said otherwise.
#include "import_words.h"

#include "letter.h"
#include "number.h"

enum { PARTS_MAX = 64, ABBREVIATED_MOST = 4 };

void import_words_read(struct mentions *mentions, const struct import_words *words,
                       struct text sentence)
{
    mentions_read(mentions, &words->language->touch, &words->language->dangers, sentence);
}

struct text import_words_keep(struct import_words *words, const struct buffer *buffer)
{
    struct text copy = arena_copy(&words->session->arena, buffer_text(buffer));
    words->failed |= buffer->failed || !copy.data;
    return copy.data ? copy : TEXT("");
}

struct line {
    struct import_words *words;
    struct text text;
    struct part parts[PARTS_MAX];
    size_t count;
    size_t done; // bytes of the text
};

static void add_part(struct line *line, enum part_type type, struct text shown, struct text spoken)
{
    if (line->count == PARTS_MAX || (type == PART_LITERAL && spoken.size == 0))
        return;
    line->parts[line->count++] = (struct part){type, shown, spoken};
}

static void add_until(struct line *line, size_t at)
{
    struct text text = text_head(text_skip(line->text, line->done), at - line->done);
    add_part(line, PART_LITERAL, text, text);
    line->done = at;
}

static bool room(const struct line *line)
{
    return line->count + 3 < PARTS_MAX;
}

static struct text number_word(const struct import_words *words, const struct mention *m,
                               struct text text)
{
    const struct words *w = &words->session->words;
    const int most = (int)(sizeof w->number / sizeof *w->number);
    bool digits = m->kind == MENTION_DIGITS && number_is_digit(text.data[m->at]);
    return digits && m->value < most ? w->number[m->value] : (struct text){NULL, 0};
}

// Whether letters or digits are glued to it: "3rd", "L4".
static bool is_glued(const struct mentions *m, const struct mention *number)
{
    struct text text = m->text;
    size_t at = number->at;
    if (at > 0 && (letter_is((unsigned char)text.data[at - 1]) || text.data[at - 1] == '/'))
        return true;
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].at == number->end && m->items[i].kind == MENTION_WORD)
            return true;
    return false;
}

// The mention that begins at most a blank behind `end`, of one of the kinds of a unit.
static const struct mention *unit_behind(const struct mentions *m, size_t end)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *u = &m->items[i];
        bool unit = u->kind == MENTION_OF_TEN || u->kind == MENTION_MINUTES ||
                    (u->kind == TOUCH_SECONDS && u->value == 0) || u->kind == TOUCH_TIMES;
        if (unit && u->at >= end && u->at <= end + 1)
            return u;
    }
    return NULL;
}

// How an abbreviated unit is said; empty: as it is written.
static struct text unit_word(const struct import_words *words, const struct mention *unit,
                             int value)
{
    const struct text *say = words->language->touch.say;
    size_t size = unit->end - unit->at;
    switch (unit->kind) {
    case MENTION_OF_TEN:
        return say[SAY_OF_TEN];
    case MENTION_MINUTES:
        return size <= ABBREVIATED_MOST ? say[value == 1 ? SAY_MINUTE : SAY_MINUTES]
                                        : (struct text){NULL, 0};
    case TOUCH_SECONDS:
        return size <= ABBREVIATED_MOST ? say[SAY_SECONDS] : (struct text){NULL, 0};
    default:
        return size == 1 ? say[SAY_TIMES] : (struct text){NULL, 0};
    }
}

static const struct mention *dashed_number(const struct mentions *m, const struct mention *first)
{
    for (const struct mention *n = first + 1; n < m->items + m->count; n++) {
        if (n->kind != MENTION_DIGITS || n->at < first->end)
            continue;
        struct text between = text_head(text_skip(m->text, first->end), n->at - first->end);
        struct text bare = text_trim(between);
        bool dash = text_equal(bare, TEXT("-")) || text_equal(bare, TEXT("\xE2\x80\x93"));
        return dash ? n : NULL;
    }
    return NULL;
}

static void add_number(struct line *line, const struct mentions *m, const struct mention *number)
{
    struct import_words *words = line->words;
    struct text word = number_word(words, number, line->text);
    const struct mention *second = dashed_number(m, number);
    struct text second_word = second ? number_word(words, second, line->text) : word;
    if (word.size == 0 || second_word.size == 0 || is_glued(m, number) || !room(line))
        return;
    const struct mention *last = second ? second : number;
    const struct mention *unit = unit_behind(m, last->end);
    struct text said = unit ? unit_word(words, unit, last->value) : (struct text){NULL, 0};
    if (!unit && is_glued(m, last))
        return;
    struct buffer spoken = BUFFER_INIT;
    buffer_add(&spoken, word);
    if (second)
        buffer_printf(&spoken, " %.*s %.*s", TEXT_ARG(words->language->touch.say[SAY_TO]),
                      TEXT_ARG(second_word));
    if (said.size > 0)
        buffer_printf(&spoken, " %.*s", TEXT_ARG(said));
    add_until(line, number->at);
    size_t end = said.size > 0 ? unit->end : last->end;
    if (line->count == 0 && spoken.size > 0) // the first word of its line
        letter_raise(spoken.data, spoken.size);
    add_part(line, PART_LITERAL, text_head(text_skip(line->text, line->done), end - line->done),
             import_words_keep(words, &spoken));
    line->done = end;
    buffer_free(&spoken);
}

// Whether the side is written as loosen says it, so that "{side}" stands for it.
static bool is_plain_side(const struct import_words *words, struct text written, enum side side)
{
    struct text own = words->session->words.side[side];
    return written.size == own.size && letter_match(own, false, written) == own.size;
}

static enum side side_of(const struct mention *m)
{
    return m->hidden                ? SIDE_NONE
           : m->kind == TOUCH_LEFT  ? SIDE_LEFT
           : m->kind == TOUCH_RIGHT ? SIDE_RIGHT
                                    : SIDE_NONE;
}

static void add_side(struct line *line, const struct mention *m, enum side first, bool swapped)
{
    struct import_words *words = line->words;
    const enum side side = side_of(m);
    struct text written = text_head(text_skip(line->text, m->at), m->end - m->at);
    if (!room(line))
        return;
    add_until(line, m->at);
    line->done = m->end;
    if (is_plain_side(words, written, side)) {
        add_part(line, side == first ? PART_SIDE : PART_OTHER, TEXT(""), TEXT(""));
        return;
    }
    const enum side other = side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
    struct text form = swapped ? words->language->touch.forms[other][m->order] : written;
    add_part(line, PART_LITERAL, form, form);
}

static struct node *make_node(struct import_words *words, const struct node *from,
                              const struct line *line)
{
    struct node *node = arena_alloc(&words->session->arena, sizeof *node);
    struct part *parts = arena_array(&words->session->arena, line->count + 1, sizeof *parts);
    if (!node || !parts) {
        words->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < line->count; i++)
        parts[i] = line->parts[i];
    *node = (struct node){.type = NODE_LINE, .place = from->place, .file = from->file};
    node->level = from->type == NODE_LINE ? from->level : LEVEL_MUST;
    node->as.line.parts = parts;
    node->as.line.part_count = line->count;
    return node;
}

static struct node *build(struct import_words *words, const struct node *from,
                          const struct mentions *mentions, enum side first, bool swapped)
{
    struct line line = {.words = words, .text = mentions->text};
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *m = &mentions->items[i];
        if (m->at < line.done)
            continue;
        if (first != SIDE_NONE && side_of(m) != SIDE_NONE)
            add_side(&line, m, first, swapped);
        else if (m->kind == MENTION_DIGITS && !m->hidden)
            add_number(&line, mentions, m);
    }
    add_until(&line, line.text.size);
    return make_node(words, from, &line);
}

struct node *import_words_line(struct import_words *words, const struct node *from,
                               struct text said, enum side first)
{
    struct mentions mentions = {.text = said};
    bool bends = false;
    if (words->language->given)
        import_words_read(&mentions, words, said);
    if (mentions.text.size < said.size) // too long to be read
        mentions = (struct mentions){.text = said};
    for (size_t i = 0; first != SIDE_NONE && i < mentions.count; i++) {
        const struct mention *m = &mentions.items[i];
        struct text written = text_head(text_skip(said, m->at), m->end - m->at);
        bends |= side_of(m) != SIDE_NONE && !is_plain_side(words, written, side_of(m));
    }
    struct node *node = build(words, from, &mentions, first, false);
    if (!node || !bends)
        return node;
    node->pass = PASS_FIRST;
    node->next = build(words, from, &mentions, first, true);
    if (node->next)
        node->next->pass = PASS_SECOND;
    return node;
}

struct node *import_words_say(struct import_words *words, const struct node *from, struct text said)
{
    struct line line = {.words = words, .text = said};
    struct text side = TEXT("{side}");
    size_t at = text_find_text(said, side);
    if (at < said.size) {
        add_until(&line, at);
        add_part(&line, PART_SIDE, TEXT(""), TEXT(""));
        line.done = at + side.size;
    }
    add_until(&line, said.size);
    struct node *node = make_node(words, from, &line);
    if (node)
        node->level = LEVEL_MUST;
    return node;
}
