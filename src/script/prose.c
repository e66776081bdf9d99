// SPDX-License-Identifier: GPL-3.0-or-later
// Lines are joined where a sentence goes on in the next one, and cut where one ends.
#include "prose.h"

#include "letter.h"
#include "line_text.h"
#include "sentence.h"

enum { ITEM_WORDS = 6 };

struct reader {
    const struct session *session;
    void (*visit)(void *context, const struct prose_sentence *sentence);
    void *context;
    struct buffer text; // of the sentence so far
    struct prose_sentence sentence;
};

// ---- A sentence ---------------------------------------------------------------------------------

static void flush(struct reader *reader)
{
    reader->sentence.text = buffer_text(&reader->text);
    if (text_trim(reader->sentence.text).size > 0 && !reader->text.failed) {
        reader->visit(reader->context, &reader->sentence);
        reader->sentence.apart = false;
    }
    reader->sentence.piece_count = 0;
    reader->sentence.listed = false;
    buffer_clear(&reader->text);
}

static void add_piece(struct reader *reader, const char *source, const struct node *node,
                      struct place place)
{
    if (reader->sentence.piece_count == PROSE_PIECES_MAX)
        flush(reader);
    reader->sentence.pieces[reader->sentence.piece_count++] =
        (struct prose_piece){reader->text.size, source, node, place};
}

static size_t count_digits(struct text text)
{
    size_t digits = 0;
    while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    return digits;
}

// How many bytes of `text` end a sentence at `at`; 0: none does. A point between digits is none,
// nor is that of "3." before an item of a list.
static size_t sentence_end(struct text text, size_t at)
{
    char c = text.data[at];
    if (c == '!' || c == '?')
        return 1;
    if (text_starts_with(text_skip(text, at), TEXT("\xE2\x80\xA6")))
        return 3;
    bool digit = count_digits(text_skip(text, at + 1)) > 0 || (at > 0 && count_digits(text) == at);
    return c == '.' && !digit ? 1 : 0;
}

static void add_text(struct reader *reader, struct text text, const char *source,
                     const struct node *node, struct place place)
{
    size_t start = 0;
    add_piece(reader, source, node, place);
    for (size_t at = 0; at < text.size;) {
        size_t end = sentence_end(text, at);
        bool full = reader->text.size + at - start > SENTENCE_BYTES_MAX - 200 &&
                    (text.data[at] == ' ' || at - start > SENTENCE_BYTES_MAX - 100);
        at += end > 0 ? end : 1;
        if (end == 0 && !full)
            continue;
        buffer_add(&reader->text, text_head(text_skip(text, start), at - start));
        flush(reader);
        start = at;
        add_piece(reader, source ? source + at : NULL, node, place);
    }
    buffer_add(&reader->text, text_skip(text, start));
}

// ---- Lines --------------------------------------------------------------------------------------

// "-", "*", a bullet, or "3." and "3)".
static bool is_listed(struct text line)
{
    size_t digits = count_digits(line);
    if (digits > 0)
        return digits + 1 < line.size && (line.data[digits] == '.' || line.data[digits] == ')') &&
               line.data[digits + 1] == ' ';
    return text_starts_with(line, TEXT("-")) || text_starts_with(line, TEXT("*")) ||
           text_starts_with(line, TEXT("\xE2\x80\xA2")) ||
           text_starts_with(line, TEXT("\xE2\x80\x93"));
}

// A sentence goes on in a line that begins with a small letter, and behind a comma.
static bool goes_on(const struct reader *reader, struct text line)
{
    size_t offset = 0;
    struct text before = text_trim(buffer_text(&reader->text));
    if (before.size > 0 && before.data[before.size - 1] == ',')
        return true;
    if (line.size == 0)
        return true;
    uint32_t c = letter_take(line, &offset);
    return letter_is(c) && letter_small(c) == c;
}

static struct text first_of(const struct node *line)
{
    return line && line->type == NODE_LINE && line->as.line.part_count > 0
               ? line->as.line.parts[0].spoken
               : (struct text){NULL, 0};
}

// In a plain text the signs of lists are gone; its items are short, or end without a point.
static bool is_item(struct text line)
{
    size_t words = 0;
    for (size_t i = 0; i < line.size; i++)
        words += line.data[i] == ' ';
    char last = line.size > 0 ? line.data[line.size - 1] : '.';
    return words < ITEM_WORDS || (last != '.' && last != '!' && last != '?');
}

static void add_line(struct reader *reader, const struct node *line)
{
    struct text first = first_of(line);
    bool listed = is_listed(first) || (reader->session->plain && is_item(first));
    if (is_listed(first) || !goes_on(reader, first))
        flush(reader);
    else if (reader->text.size > 0)
        buffer_add_byte(&reader->text, '\n');
    reader->sentence.listed |= listed;
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        const struct part *part = &line->as.line.parts[i];
        bool literal = part->type == PART_LITERAL;
        add_text(reader, line_text_said(part, &reader->session->words),
                 literal ? part->spoken.data : NULL, line, line->place);
    }
}

static void add_nodes(struct reader *reader, const struct node *nodes)
{
    for (const struct node *node = nodes; node; node = node->next) {
        if (node->type == NODE_NOTICE)
            continue;
        if (node->type == NODE_LINE) {
            add_line(reader, node);
            continue;
        }
        // The quiet between the lines of a plain text says nothing of what belongs together.
        if (node->type != NODE_PAUSE && !(reader->session->plain && node->type == NODE_REST)) {
            flush(reader);
            reader->sentence.apart = true;
        }
        add_nodes(reader, node->children);
    }
}

bool prose_visit(const struct session *session,
                 void (*visit)(void *context, const struct prose_sentence *sentence), void *context)
{
    struct reader reader = {
        .session = session, .visit = visit, .context = context, .text = BUFFER_INIT};
    for (size_t i = 0; i < session->section_count; i++) {
        const struct section *section = &session->sections[i];
        struct text title = i == 0 ? session->title : section->name;
        reader.sentence.apart = true;
        if (session->plain && !text_starts_with(first_of(section->first), title)) {
            add_text(&reader, title, NULL, NULL, section->place);
            flush(&reader);
        }
        add_nodes(&reader, section->first);
        flush(&reader);
    }
    bool good = !reader.text.failed;
    buffer_free(&reader.text);
    return good;
}

// ---- Places -------------------------------------------------------------------------------------

static const struct prose_piece *piece_at(const struct prose_sentence *sentence, size_t at)
{
    size_t i = sentence->piece_count;
    while (i > 1 && sentence->pieces[i - 1].at > at)
        i--;
    return i > 0 ? &sentence->pieces[i - 1] : NULL;
}

const struct node *prose_node(const struct prose_sentence *sentence, size_t at)
{
    const struct prose_piece *piece = piece_at(sentence, at);
    return piece ? piece->node : NULL;
}

struct place prose_place(const struct prose_sentence *sentence, const struct session *session,
                         struct text data, size_t at)
{
    const struct prose_piece *piece = piece_at(sentence, at);
    if (!piece)
        return (struct place){1, 1};
    if (!piece->source)
        return piece->place;
    return line_text_place(session, data, piece->place, piece->source + (at - piece->at));
}
