// SPDX-License-Identifier: GPL-3.0-or-later
// Words are found from left to right; then each one is asked whether a "not" or an "if" reaches it.
#include "sentence.h"

#include "letter.h"
#include "number.h"

#include <limits.h>

enum {
    HEADING_WORDS = 6,
    NOT_REACH = 14,      // words of one clause that a "not" reaches over
    NOT_LIST_REACH = 30, // words of a list
    FEW = 30,            // tenths: what "a few" stands for
};

// ---- Words --------------------------------------------------------------------------------------

struct reader {
    struct sentence *sentence;
    const struct dangers *dangers;
    size_t masked; // what begins before this is part of something safe
    size_t whole;  // a "not" or a "down" before this is part of a phrase: "until you cannot"
    int clause, index;
};

static void add(struct reader *reader, struct sentence_word word)
{
    struct sentence *sentence = reader->sentence;
    if (sentence->count == SENTENCE_WORDS_MAX)
        return;
    word.clause = reader->clause;
    word.index = reader->index;
    sentence->words[sentence->count++] = word;
}

static void read_word(struct reader *reader, size_t at)
{
    struct danger_found found;
    dangers_search(reader->dangers, reader->sentence->text, at, &found);
    if (found.longest == 0)
        return;
    if (found.ends[DANGER_FINE] == found.longest) {
        reader->masked = found.longest;
        return;
    }
    for (enum danger_kind kind = 0; kind < DANGER_KINDS; kind++) {
        // A "not" that begins something longer is a part of that: "no pain, no gain".
        bool part =
            (kind == DANGER_NOT || kind == DANGER_SENSE) && found.ends[kind] < found.longest;
        part |= (kind == DANGER_NOT || kind == DANGER_TARGET) && at < reader->whole;
        if (found.ends[kind] == 0 || kind == DANGER_INSIST || part)
            continue;
        struct sentence_word word = {.kind = kind, .at = at, .end = found.ends[kind]};
        if (kind == DANGER_NUMBER)
            word.tenths = 10 * found.number->number;
        else if (kind == DANGER_FEW)
            word.tenths = FEW;
        else if (kind == DANGER_CLAIM)
            word.hint = found.claim->hint;
        add(reader, word);
    }
    if (found.whole > reader->whole)
        reader->whole = found.whole;
}

// The number in digits at *offset, and "/10" behind it, which is a scale.
static void read_digits(struct reader *reader, size_t *offset)
{
    struct text text = reader->sentence->text;
    size_t at = *offset;
    int tenths = 0;
    for (; *offset < text.size && number_is_digit(text.data[*offset]); ++*offset)
        tenths = tenths > 1000000 ? tenths : 10 * tenths + 10 * (text.data[*offset] - '0');
    size_t next = *offset;
    if (next + 1 < text.size && (text.data[next] == '.' || text.data[next] == ',') &&
        number_is_digit(text.data[next + 1])) {
        tenths += text.data[next + 1] - '0';
        for (*offset = next + 1; *offset < text.size && number_is_digit(text.data[*offset]);)
            ++*offset;
    }
    add(reader,
        (struct sentence_word){.kind = DANGER_NUMBER, .at = at, .end = *offset, .tenths = tenths});
    for (next = *offset; next < text.size && text.data[next] == ' ';)
        next++;
    if (text_starts_with(text_skip(text, next), TEXT("/10")) ||
        text_starts_with(text_skip(text, next), TEXT("/ 10"))) {
        add(reader, (struct sentence_word){.kind = DANGER_SCALE, .at = next, .end = next + 3});
        *offset = next + (text.data[next + 1] == ' ' ? 4 : 3);
    }
}

static void read_words(struct reader *reader)
{
    struct text text = reader->sentence->text;
    bool inside = false;
    for (size_t offset = 0; offset < text.size;) {
        size_t at = offset;
        if (number_is_digit(text.data[offset])) {
            if (at >= reader->masked)
                read_digits(reader, &offset);
            else
                offset++;
            reader->index += !inside;
            inside = false;
            continue;
        }
        uint32_t c = letter_take(text, &offset);
        bool letter = letter_is(c);
        if (letter && !inside) {
            if (at >= reader->masked)
                read_word(reader, at);
            reader->index++;
        }
        // A line's end in a sentence parts it like a comma: transcripts have no others.
        reader->clause += wording_ends_clause(c) || c == '\n' || c == '(' || c == ')';
        inside = letter;
    }
}

// ---- Not and if ---------------------------------------------------------------------------------

// What asks for something by itself: a "not" in another clause does not reach it, unless an "or"
// says so.
static bool is_act(enum danger_kind kind)
{
    switch (kind) {
    case DANGER_PRESS:
    case DANGER_RUB:
    case DANGER_LEAN:
    case DANGER_ROLL:
    case DANGER_STAY:
    case DANGER_EASE:
    case DANGER_STRETCH:
    case DANGER_MOVE:
    case DANGER_HOLD:
    case DANGER_INHALE:
    case DANGER_EXHALE:
    case DANGER_BREATH_HELD:
    case DANGER_BREATH_FORCED:
    case DANGER_PAIN:
    case DANGER_FORCE:
    case DANGER_RISE:
    case DANGER_LEAP:
    case DANGER_CLOSE:
        return true;
    default:
        return false;
    }
}

static bool same_clause(const struct sentence_word *a, const struct sentence_word *b)
{
    return a->clause == b->clause;
}

// Whether a "not" before the word reaches it; `at` is how many words stand before it.
static bool is_not_before(const struct sentence *sentence, const struct sentence_word *word,
                          size_t at, bool not_before)
{
    bool joined = false; // by "or"
    bool acts = false;   // an act stands between, in another clause than the "not"
    int act_clause = -1;
    for (size_t i = at; i-- > 0;) {
        const struct sentence_word *before = &sentence->words[i];
        if (before->kind == DANGER_BUT)
            return false;
        joined |= before->kind == DANGER_OR;
        if (before->kind == DANGER_NOT && before->at < word->at) {
            if (word->index - before->index > NOT_REACH && same_clause(before, word))
                return false;
            if (same_clause(before, word))
                return true;
            if (word->index - before->index > NOT_LIST_REACH)
                return false;
            acts |= act_clause > before->clause;
            return joined || (!acts && !is_act(word->kind));
        }
        if (is_act(before->kind) && before->at < word->at && act_clause < before->clause)
            act_clause = before->clause;
    }
    return not_before;
}

// "The spine is never pressed", "on the spine: never", and German's "nicht" behind the verb.
static bool is_not_behind(const struct sentence *sentence, const struct sentence_word *word,
                          size_t at)
{
    for (size_t i = at; i < sentence->count; i++) {
        const struct sentence_word *behind = &sentence->words[i];
        if (behind == word)
            continue;
        if (behind->kind == DANGER_BUT)
            return false;
        if (behind->kind == DANGER_NOT_AFTER)
            return danger_is_place(word->kind) || same_clause(word, behind);
        // Within a phrase such as "halt den Atem nicht an".
        if (behind->kind == DANGER_NOT && behind->at < word->end)
            return true;
        bool place = danger_is_place(word->kind) && same_clause(word, behind);
        if (behind->kind == DANGER_NOT && place && behind->index - word->index <= 3)
            return true;
    }
    return false;
}

static bool is_thought(const struct sentence *sentence, const struct sentence_word *word, size_t at)
{
    for (size_t i = at; i-- > 0;) {
        const struct sentence_word *before = &sentence->words[i];
        if (before->at >= word->at)
            continue;
        if (before->kind == DANGER_TELLS)
            return true;
        if (before->kind == DANGER_IF && same_clause(before, word))
            return true;
    }
    return false;
}

static bool ends_open(const struct sentence *sentence)
{
    size_t size = sentence->text.size;
    while (size > 0 && sentence->text.data[size - 1] == ' ')
        size--;
    if (size == 0 || sentence->count == 0)
        return false;
    bool colon = sentence->text.data[size - 1] == ':';
    const struct sentence_word *last = &sentence->words[sentence->count - 1];
    bool heading = last->kind == DANGER_NOT && last->end == size && last->index <= HEADING_WORDS;
    for (size_t i = 0; i < sentence->count; i++)
        if (colon && sentence->words[i].kind == DANGER_NOT)
            return true;
    return heading;
}

void sentence_read(struct sentence *sentence, const struct dangers *dangers, struct text text,
                   bool not_before)
{
    struct reader reader = {.sentence = sentence, .dangers = dangers};
    sentence->text = text_head(text, SENTENCE_BYTES_MAX);
    sentence->count = 0;
    read_words(&reader);
    for (size_t i = 0; i < sentence->count; i++) {
        struct sentence_word *word = &sentence->words[i];
        word->negated =
            is_not_before(sentence, word, i, not_before) || is_not_behind(sentence, word, i);
        word->thought = is_thought(sentence, word, i);
    }
    sentence->not_open = ends_open(sentence);
}

// ---- Questions ----------------------------------------------------------------------------------

bool sentence_means_at(const struct sentence *sentence, const struct sentence_word *word)
{
    size_t at = 0;
    while (at < sentence->count && sentence->words[at].at < word->at)
        at++;
    return !is_not_before(sentence, word, at, false) && !is_not_behind(sentence, word, at) &&
           !is_thought(sentence, word, at);
}

bool sentence_is_meant(const struct sentence_word *word)
{
    return !word->negated && !word->thought;
}

const struct sentence_word *sentence_find(const struct sentence *sentence, enum danger_kind kind,
                                          size_t from)
{
    for (size_t i = from; i < sentence->count; i++) {
        const struct sentence_word *word = &sentence->words[i];
        if (word->kind == kind && sentence_is_meant(word))
            return word;
    }
    return NULL;
}

bool sentence_means(const struct sentence *sentence, enum danger_kind kind)
{
    return sentence_find(sentence, kind, 0) != NULL;
}

bool sentence_has(const struct sentence *sentence, enum danger_kind kind)
{
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->words[i].kind == kind)
            return true;
    return false;
}

static int unit_seconds(enum danger_kind kind)
{
    return kind == DANGER_SECOND ? 1 : kind == DANGER_MINUTE ? 60 : kind == DANGER_HOUR ? 3600 : 0;
}

int sentence_seconds(const struct sentence *sentence, const struct sentence_word *word,
                     const struct sentence_word **unit)
{
    size_t at = (size_t)(word - sentence->words);
    *unit = word;
    for (size_t i = at; i-- > 0 && word->index - sentence->words[i].index <= 2;)
        if (sentence->words[i].kind == DANGER_EVERY)
            return 0;
    if (word->kind == DANGER_HOUR)
        return unit_seconds(DANGER_HOUR);
    for (size_t i = at; i < sentence->count && sentence->words[i].at <= word->end + 2; i++) {
        int seconds = unit_seconds(sentence->words[i].kind);
        if (seconds == 0 || sentence->words[i].at < word->end)
            continue;
        *unit = &sentence->words[i];
        int64_t most = (int64_t)word->tenths * seconds / 10;
        return most > INT_MAX ? INT_MAX : (int)most;
    }
    return 0;
}
