// SPDX-License-Identifier: GPL-3.0-or-later
// Entries are parsed with their conditions, and replace words of a line from left to right.
#include "lexicon.h"

#include "file_read.h"
#include "unicode.h"
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 256 * 1024 };

// ---- Words --------------------------------------------------------------------------------------

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_word(struct text a, struct text b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

// Bytes of the word character at `offset`, 0 when there is none: letters, digits, hyphen,
// apostrophes, joiners, and everything beyond ASCII but general punctuation (U+2000 .. U+203F).
static size_t word_character(struct text view, size_t offset)
{
    uint32_t c;
    size_t end = offset;
    if (!text_next(view, &end, &c))
        return 0;
    char folded = c < 0x80 ? lower((char)c) : 0;
    bool inside = (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '\'' || c == 0x2019 || unicode_is_joiner(c) ||
                  (c >= 0xC0 && (c < 0x2000 || c > 0x203F));
    return inside ? end - offset : 0;
}

static struct text word_at(struct text view, size_t offset)
{
    size_t end = offset;
    for (size_t size; (size = word_character(view, end)) > 0; end += size)
        continue;
    return (struct text){view.data + offset, end - offset};
}

static size_t skip_blanks(struct text view, size_t offset)
{
    while (offset < view.size && (view.data[offset] == ' ' || view.data[offset] == '\t'))
        offset++;
    return offset;
}

// ---- Parsing ------------------------------------------------------------------------------------

struct parser {
    struct arena arena;
    struct lexicon_entry *entries; // grown by malloc, moved to the arena at the end
    size_t count, capacity;
    struct diagnostics *list;
    struct text line;
    int line_number;
    bool no_memory;
};

static void fault(struct parser *parser, size_t offset, const char *what)
{
    int column = 1 + (int)text_length(text_head(parser->line, offset));
    diagnostics_add(parser->list, SEVERITY_ERROR, "lexicon", parser->line_number, column, "%s",
                    what);
}

static struct text keep(struct parser *parser, struct text view)
{
    struct text copy = arena_copy(&parser->arena, view);
    parser->no_memory |= !copy.data;
    return copy;
}

static bool add_word(struct parser *parser, struct lexicon_words *words, struct text word)
{
    struct text *items = arena_array(&parser->arena, words->count + 1, sizeof *items);
    if (!items) {
        parser->no_memory = true;
        return false;
    }
    if (words->count > 0)
        memcpy(items, words->items, words->count * sizeof *items);
    items[words->count] = keep(parser, word);
    *words = (struct lexicon_words){items, words->count + 1};
    return true;
}

// "WORD [after WORD...] [before WORD...]" up to the equals sign.
static bool parse_key(struct parser *parser, struct lexicon_entry *entry, struct text key)
{
    struct lexicon_words *words = NULL;
    size_t offset = skip_blanks(key, 0);
    for (bool first = true; offset < key.size; first = false) {
        struct text word = word_at(key, offset);
        if (word.size == 0) {
            fault(parser, offset, "expected a word of letters, digits, hyphens and apostrophes");
            return false;
        }
        if (first)
            entry->word = keep(parser, word);
        else if (text_equal_c(word, "after") && entry->after.count == 0)
            words = &entry->after;
        else if (text_equal_c(word, "before") && entry->before.count == 0)
            words = &entry->before;
        else if (!words) {
            fault(parser, offset, "expected \"after\", \"before\" or \"=\": entries are one word");
            return false;
        } else if (!add_word(parser, words, word))
            return false;
        offset = skip_blanks(key, offset + word.size);
    }
    if (entry->word.size == 0) {
        fault(parser, 0, "expected a word in front of \"=\"");
        return false;
    }
    if (words && words->count == 0) {
        fault(parser, key.size, "expected a word after \"after\" or \"before\"");
        return false;
    }
    return true;
}

// "[[phonemes]]" or a respelling without brackets.
static bool parse_said(struct parser *parser, struct lexicon_entry *entry, size_t offset)
{
    offset = skip_blanks(parser->line, offset);
    struct text said = text_trim(text_skip(parser->line, offset));
    if (said.size == 0) {
        fault(parser, parser->line.size, "expected how the word is said after \"=\"");
        return false;
    }
    struct text inner = said;
    if (text_starts_with(said, TEXT("[["))) {
        bool closed = said.size > 4 && memcmp(said.data + said.size - 2, "]]", 2) == 0;
        if (!closed) {
            fault(parser, offset, "expected phonemes between \"[[\" and \"]]\"");
            return false;
        }
        inner = (struct text){said.data + 2, said.size - 4};
    }
    for (size_t i = 0; i < inner.size; i++) {
        bool phonemes = inner.size != said.size;
        if (inner.data[i] == '[' || inner.data[i] == ']' ||
            (phonemes && (unsigned char)inner.data[i] >= 0x7F)) {
            fault(parser, (size_t)(inner.data - parser->line.data) + i,
                  phonemes ? "not a phoneme character" : "brackets are for phonemes: \"[[...]]\"");
            return false;
        }
    }
    entry->said = keep(parser, said);
    return true;
}

static bool check_reached(struct parser *parser, const struct lexicon_entry *entry)
{
    for (size_t i = 0; i < parser->count; i++) {
        const struct lexicon_entry *earlier = &parser->entries[i];
        if (same_word(earlier->word, entry->word) && earlier->after.count == 0 &&
            earlier->before.count == 0) {
            fault(parser, 0, "never used: an earlier entry takes every such word");
            return false;
        }
    }
    return true;
}

static void add_entry(struct parser *parser, const struct lexicon_entry *entry)
{
    if (parser->count == parser->capacity) {
        size_t capacity = parser->capacity ? parser->capacity * 2 : 32;
        struct lexicon_entry *entries = realloc(parser->entries, capacity * sizeof *entries);
        if (!entries) {
            parser->no_memory = true;
            return;
        }
        parser->entries = entries;
        parser->capacity = capacity;
    }
    parser->entries[parser->count++] = *entry;
}

// False when the line has a byte that no text file has.
static bool check_characters(struct parser *parser)
{
    for (size_t offset = 0; offset < parser->line.size;) {
        size_t start = offset;
        uint32_t c;
        if (!text_next(parser->line, &offset, &c) || (unicode_is_control(c) && c != '\t')) {
            fault(parser, start, "not UTF-8 text");
            return false;
        }
    }
    return true;
}

static void parse_line(struct parser *parser)
{
    struct text trimmed = text_trim(parser->line);
    if (!check_characters(parser) || trimmed.size == 0 || trimmed.data[0] == '#')
        return;
    size_t equals = text_find(parser->line, '=');
    if (equals == parser->line.size) {
        fault(parser, equals, "expected \"=\" and how the word is said");
        return;
    }
    struct lexicon_entry entry = {.line = parser->line_number};
    if (parse_key(parser, &entry, text_head(parser->line, equals)) &&
        parse_said(parser, &entry, equals + 1) && check_reached(parser, &entry))
        add_entry(parser, &entry);
}

static enum status finish(struct parser *parser, struct lexicon *lexicon, struct error *error)
{
    if (parser->no_memory || parser->list->failed)
        return error_no_memory(error);
    if (parser->list->errors > 0)
        return error_set(error, STATUS_BAD_INPUT, "the lexicon has faults");
    struct lexicon_entry *entries = arena_array(&parser->arena, parser->count + 1, sizeof *entries);
    if (!entries)
        return error_no_memory(error);
    if (parser->count > 0)
        memcpy(entries, parser->entries, parser->count * sizeof *entries);
    *lexicon = (struct lexicon){parser->arena, entries, parser->count};
    return STATUS_OK;
}

enum status lexicon_parse(struct lexicon *lexicon, struct text data, struct diagnostics *list,
                          struct error *error)
{
    struct parser parser = {.arena = ARENA_INIT, .list = list};
    while (data.size > 0) {
        size_t end = text_find(data, '\n');
        parser.line = text_head(data, end);
        parser.line_number++;
        parse_line(&parser);
        data = text_skip(data, end + 1);
    }
    enum status status = finish(&parser, lexicon, error);
    if (status != STATUS_OK)
        arena_free(&parser.arena);
    free(parser.entries);
    return status;
}

enum status lexicon_load(struct lexicon *lexicon, const char *path, struct diagnostics *list,
                         struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    enum status status = file_read(&data, &arena, path, FILE_MAX, error);
    THEN(status, lexicon_parse(lexicon, data, list, error));
    arena_free(&arena);
    return status;
}

enum status lexicon_put_before(struct lexicon *lexicon, struct lexicon *first, struct error *error)
{
    const size_t count = first->count + lexicon->count;
    struct lexicon_entry *entries = arena_array(&lexicon->arena, count + 1, sizeof *entries);
    if (!entries)
        return error_no_memory(error);
    if (first->count > 0)
        memcpy(entries, first->entries, first->count * sizeof *entries);
    if (lexicon->count > 0)
        memcpy(entries + first->count, lexicon->entries, lexicon->count * sizeof *entries);
    arena_take(&lexicon->arena, &first->arena);
    lexicon->entries = entries;
    lexicon->count = count;
    *first = (struct lexicon){.arena = ARENA_INIT};
    return STATUS_OK;
}

void lexicon_free(struct lexicon *lexicon)
{
    arena_free(&lexicon->arena);
    *lexicon = (struct lexicon){.arena = ARENA_INIT};
}

// ---- Applying -----------------------------------------------------------------------------------

static bool allows(const struct lexicon_words *words, struct text neighbour)
{
    for (size_t i = 0; i < words->count; i++)
        if (same_word(words->items[i], neighbour))
            return true;
    return words->count == 0;
}

static struct text said(const struct lexicon *lexicon, struct text word, struct text last,
                        struct text next)
{
    for (size_t i = 0; i < lexicon->count; i++) {
        const struct lexicon_entry *entry = &lexicon->entries[i];
        if (same_word(entry->word, word) && allows(&entry->after, last) &&
            allows(&entry->before, next))
            return entry->said;
    }
    return word;
}

bool lexicon_next(const struct lexicon *lexicon, struct text view, struct lexicon_walk *walk,
                  struct lexicon_step *step)
{
    if (walk->offset >= view.size)
        return false;
    struct text word = word_at(view, walk->offset);
    if (word.size == 0) {
        if (view.data[walk->offset] != ' ')
            walk->last = word;
        step->from = step->said = text_head(text_skip(view, walk->offset++), 1);
        return true;
    }
    walk->offset += word.size;
    struct text next = word_at(view, skip_blanks(view, walk->offset));
    step->from = word;
    step->said = lexicon ? said(lexicon, word, walk->last, next) : word;
    walk->last = word;
    return true;
}

void lexicon_apply(const struct lexicon *lexicon, struct text view, struct buffer *out)
{
    struct lexicon_walk walk = {.offset = 0};
    struct lexicon_step step;
    while (lexicon_next(lexicon, view, &walk, &step))
        buffer_add(out, step.said);
}
