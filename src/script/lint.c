// SPDX-License-Identifier: GPL-3.0-or-later
// Characters, capitals, signs and lengths are looked at, with one finding of each kind a line.
#include "lint.h"

#include "letter.h"
#include "number.h"
#include "session_limits.h"
#include "voice_signs.h"

enum {
    SENTENCE_WORDS = 20,        // what an ear keeps together
    NOTICE_SENTENCE_WORDS = 22, // safety texts name long lists
    LENGTH_WORDS = 4,           // of {length}, at most: "seven and a half minutes" reads as one
    LENGTH_BYTES = 64,          // room for {length} in words
    SIDE_BYTES = 24,            // room for {side}
};

struct lint {
    const struct node *line;
    const struct lexeme *lexeme;
    struct text language;
    struct diagnostics *list;
};

static struct place place_of(const struct lint *lint, const char *at)
{
    return lexeme_place(lint->lexeme, at);
}

// ---- Characters ---------------------------------------------------------------------------------

// Letters and blanks: nearly all of a script, and always fine.
static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == ' ';
}

static const char *hint_character(uint32_t c, struct text behind)
{
    bool blank = text_starts_with(behind, TEXT(" "));
    if ((c == '-' || c == '*') && blank)
        return "delete it: lines are no list";
    if (c == '#' && behind.size > 1 && (behind.data[0] == 'G' || behind.data[0] == 'E') &&
        number_is_digit(behind.data[1]))
        return "tags stand at the end of their line";
    return "write it in words, or as {shown|spoken}";
}

static bool check_characters_of(const struct lint *lint, struct text spoken)
{
    size_t offset = 0;
    uint32_t c;
    while (offset < spoken.size) {
        size_t start = offset;
        if (is_plain(spoken.data[offset])) {
            offset++;
            continue;
        }
        if (!text_next(spoken, &offset, &c))
            return false;
        bool bullet = c == '-' && spoken.data + start == lint->lexeme->content.data &&
                      text_starts_with(text_skip(spoken, offset), TEXT(" "));
        const struct text behind = text_skip(spoken, offset);
        const char *why = bullet ? "a line needs no mark to be spoken" : voice_signs_why(c, behind);
        if (!why && voice_signs_spells_letter(lint->language, c))
            why = "the voice spells or drops letters of this script";
        if (!why)
            continue;
        struct place place = place_of(lint, spoken.data + start);
        while (c >= '0' && c <= '9' && offset < spoken.size && number_is_digit(spoken.data[offset]))
            offset++; // the number as a whole
        struct text sign = lexeme_quote(text_head(text_skip(spoken, start), offset - start));
        diagnostics_add(lint->list, SEVERITY_WARNING, "misread-character", place.line, place.column,
                        "\"%.*s\" is no word: %s", TEXT_ARG(sign), why);
        diagnostics_hint(lint->list, "%s", hint_character(c, text_skip(spoken, offset)));
        return true;
    }
    return false;
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_letter(char byte)
{
    return is_capital(byte) || (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

static bool check_capitals_of(const struct lint *lint, struct text spoken)
{
    size_t start = 0;
    while (start < spoken.size) {
        size_t end = start;
        bool capitals = true;
        while (end < spoken.size && is_letter(spoken.data[end]))
            capitals &= is_capital(spoken.data[end++]);
        if (capitals && end > start + 1) {
            struct place place = place_of(lint, spoken.data + start);
            struct text word = lexeme_quote(text_head(text_skip(spoken, start), end - start));
            diagnostics_add(lint->list, SEVERITY_WARNING, "misread-capitals", place.line,
                            place.column, "\"%.*s\" in capitals: the voice does not stress it",
                            TEXT_ARG(word));
            diagnostics_hint(lint->list, "write it in small letters, or spell it as spoken");
            return true;
        }
        start = end + 1;
    }
    return false;
}

// How much at the start of `spoken`, where a word begins, the voice spells: a word without a vowel
// ("cm", "Mmm"), or letters with points ("e.g."). 0: nothing.
static size_t spelled_size(const struct lint *lint, struct text spoken, size_t word_size)
{
    const struct text behind = text_skip(spoken, word_size);
    if (word_size == 1 && behind.size > 2 && behind.data[0] == '.' && is_letter(behind.data[1]) &&
        behind.data[2] == '.')
        return 4;
    return voice_signs_spells_word(lint->language, text_head(spoken, word_size)) ? word_size : 0;
}

static bool check_spelled_of(const struct lint *lint, struct text spoken)
{
    while (spoken.size > 0) {
        size_t size = 0;
        while (size < spoken.size && is_letter(spoken.data[size]))
            size++;
        const size_t spelled = spelled_size(lint, spoken, size);
        if (spelled > 0) {
            struct place place = place_of(lint, spoken.data);
            diagnostics_add(lint->list, SEVERITY_WARNING, "misread-letters", place.line,
                            place.column, "\"%.*s\" is spelled by the voice, letter by letter",
                            TEXT_ARG(text_head(spoken, spelled)));
            diagnostics_hint(lint->list, "write the words that it stands for, or {shown|spoken}");
            return true;
        }
        spoken = text_skip(spoken, size + 1);
    }
    return false;
}

static void check_signs(const struct lint *lint)
{
    bool character = false, capitals = false, spelled = false;
    for (size_t i = 0; i < lint->line->as.line.part_count; i++) {
        struct text spoken = lint->line->as.line.parts[i].spoken;
        character = character || check_characters_of(lint, spoken);
        capitals = capitals || check_capitals_of(lint, spoken);
        spelled = spelled || check_spelled_of(lint, spoken);
    }
}

// ---- Sentences ----------------------------------------------------------------------------------

static bool is_time(const struct part *part)
{
    return part->type == PART_LENGTH || part->type == PART_LEFT;
}

static bool is_sentence_end(char byte)
{
    return byte == '.' || byte == '!' || byte == '?';
}

static void report_sentence(const struct lint *lint, const char *at, size_t words, size_t most)
{
    struct place place = at ? place_of(lint, at) : lint->line->place;
    diagnostics_add(lint->list, SEVERITY_WARNING, "long-sentence", place.line, place.column,
                    "a sentence of %zu words: more than %zu are hard to follow by ear", words,
                    most);
    diagnostics_hint(lint->list, "cut it in two, or put a part on its own line");
}

// Count words over all parts; the first sentence that is too long is reported.
static void check_sentences(const struct lint *lint, bool notice)
{
    const size_t most = notice ? NOTICE_SENTENCE_WORDS : SENTENCE_WORDS;
    size_t words = 0;
    const char *start = NULL;
    bool in_word = false;
    for (size_t i = 0; i < lint->line->as.line.part_count && words <= most; i++) {
        const struct part *part = &lint->line->as.line.parts[i];
        if (part->type != PART_LITERAL) {
            words += is_time(part) ? LENGTH_WORDS : 1;
            in_word = true;
        }
        for (size_t b = 0; b < part->spoken.size; b++) {
            char byte = part->spoken.data[b];
            bool word = byte != ' ' && byte != '\t';
            if (word && !in_word) {
                start = words == 0 ? part->spoken.data + b : start;
                words++;
            }
            in_word = word;
            if (!is_sentence_end(byte))
                continue;
            if (words > most)
                break;
            words = 0;
            start = NULL;
        }
    }
    if (words > most)
        report_sentence(lint, start, words, most);
}

static void check_size(const struct lint *lint)
{
    size_t bytes = 0;
    for (size_t i = 0; i < lint->line->as.line.part_count; i++) {
        const struct part *part = &lint->line->as.line.parts[i];
        bytes += part->type == PART_LITERAL ? part->spoken.size
                 : is_time(part)            ? LENGTH_BYTES
                                            : SIDE_BYTES;
    }
    if (bytes <= SESSION_UTTERANCE_MAX)
        return;
    diagnostics_add(lint->list, SEVERITY_ERROR, "utterance-limit", lint->line->place.line,
                    lint->line->place.column, "a spoken line of %zu bytes: at most %d are spoken",
                    bytes, SESSION_UTTERANCE_MAX);
    diagnostics_hint(lint->list, "one line is one clip of up to 12 s: cut it into several");
}

// ---- Anything at all ----------------------------------------------------------------------------

static bool holds_word(struct text spoken)
{
    for (size_t at = 0; at < spoken.size;) {
        uint32_t c = letter_take(spoken, &at);
        if (letter_is(c) ? c != '\'' : c >= '0' && c <= '9')
            return true;
    }
    return false;
}

// A line of signs is no line: no voice says anything.
static void check_word(const struct lint *lint)
{
    size_t size = 0;
    for (size_t i = 0; i < lint->line->as.line.part_count; i++) {
        const struct part *part = &lint->line->as.line.parts[i];
        if (part->type != PART_LITERAL || holds_word(part->spoken))
            return;
        size += part->spoken.size;
    }
    if (size == 0)
        return; // told
    diagnostics_add(lint->list, SEVERITY_ERROR, "no-word", lint->line->place.line,
                    lint->line->place.column, "a line without a word: nothing can be spoken");
    diagnostics_hint(lint->list, "write @pause 3s for quiet, or delete it");
}

void lint_line(const struct node *line, const struct lexeme *lexeme,
               const struct lint_config *config, struct diagnostics *list)
{
    const bool notice = config->notice;
    struct lint lint = {line, lexeme, config->language, list};
    check_word(&lint);
    check_signs(&lint);
    check_sentences(&lint, notice);
    check_size(&lint);
}
