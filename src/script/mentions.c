// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a sentence are looked up from left to right, in both files at once. The longest
// phrase of a kind hides what lies in it.
#include "mentions.h"

#include "letter.h"
#include "number.h"

enum {
    VALUE_MOST = 3600,
    UNIT_WITHIN = 3, // words: "8 slow repetitions"
    BLANKS_MOST = 2, // bytes between "30" and "-", "s"
};

struct reader {
    struct mentions *mentions;
    const struct touch_words *touch;
    const struct dangers *dangers;
    struct sentence sentence;
    size_t ends[MENTION_WORD]; // of the newest mention of each kind
    size_t masked;             // what begins before this is something else
    int clause, index;
};

// ---- Words --------------------------------------------------------------------------------------

static void add(struct reader *reader, struct mention mention)
{
    struct mentions *mentions = reader->mentions;
    if (mentions->count == MENTIONS_MAX)
        return;
    mention.clause = reader->clause;
    mention.index = reader->index;
    const struct sentence_word word = {.kind = DANGER_FINE,
                                       .at = mention.at,
                                       .end = mention.end,
                                       .clause = mention.clause,
                                       .index = mention.index};
    mention.meant = sentence_means_at(&reader->sentence, &word);
    if (mention.kind < MENTION_WORD) {
        mention.hidden = mention.at < reader->masked || mention.at < reader->ends[mention.kind];
        if (mention.end > reader->ends[mention.kind])
            reader->ends[mention.kind] = mention.end;
    }
    mentions->items[mentions->count++] = mention;
}

static void add_danger(struct reader *reader, const struct danger_found *found, size_t at,
                       enum danger_kind kind, struct mention mention)
{
    mention.at = at;
    mention.end = found->ends[kind];
    if (mention.end > 0)
        add(reader, mention);
}

static void add_dangers(struct reader *reader, size_t at)
{
    static const enum danger_kind acts[] = {DANGER_LEAN, DANGER_ROLL, DANGER_STAY, DANGER_HOLD};
    struct danger_found found;
    dangers_search(reader->dangers, reader->mentions->text, at, &found);
    if (found.number)
        add_danger(reader, &found, at, DANGER_NUMBER,
                   (struct mention){.kind = MENTION_DIGITS, .value = found.number->number});
    add_danger(reader, &found, at, DANGER_SECOND,
               (struct mention){.kind = TOUCH_SECONDS, .value = 0});
    add_danger(reader, &found, at, DANGER_MINUTE, (struct mention){.kind = MENTION_MINUTES});
    add_danger(reader, &found, at, DANGER_SCALE, (struct mention){.kind = MENTION_OF_TEN});
    add_danger(reader, &found, at, DANGER_PRESS, (struct mention){.kind = MENTION_PRESS});
    add_danger(reader, &found, at, DANGER_RUB, (struct mention){.kind = MENTION_PRESS});
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        add_danger(reader, &found, at, acts[i], (struct mention){.kind = MENTION_ACT});
}

static void add_word(struct reader *reader, size_t at, size_t end)
{
    struct touch_found found;
    touch_words_search(reader->touch, reader->mentions->text, at, &found);
    size_t before = reader->mentions->count;
    if (found.ends[TOUCH_ELSE] > reader->masked)
        reader->masked = found.ends[TOUCH_ELSE];
    for (int kind = 0; kind < TOUCH_KINDS; kind++) {
        if (!found.words[kind] || kind == TOUCH_ELSE)
            continue;
        const struct touch_word *word = found.words[kind];
        add(reader, (struct mention){.kind = kind == TOUCH_NUMBER ? MENTION_DIGITS : kind,
                                     .name = word->name,
                                     .value = word->value,
                                     .order = word->order,
                                     .at = at,
                                     .end = found.ends[kind]});
    }
    add_dangers(reader, at);
    if (reader->mentions->count == before)
        add(reader, (struct mention){.kind = MENTION_WORD, .at = at, .end = end});
}

// "4", "4/10". What has decimals, or letters before it, is no number here.
static size_t add_digits(struct reader *reader, size_t at)
{
    struct text text = reader->mentions->text;
    size_t end = at;
    int value = 0;
    for (; end < text.size && number_is_digit(text.data[end]); end++)
        value = value > VALUE_MOST ? value : 10 * value + text.data[end] - '0';
    bool decimals = end + 1 < text.size && (text.data[end] == '.' || text.data[end] == ':') &&
                    number_is_digit(text.data[end + 1]);
    decimals |= at > 0 && (text.data[at - 1] == '.' || text.data[at - 1] == ':');
    add(reader,
        (struct mention){.kind = decimals || value > VALUE_MOST ? MENTION_WORD : MENTION_DIGITS,
                         .value = value,
                         .at = at,
                         .end = end});
    size_t slash = end;
    while (slash < text.size && text.data[slash] == ' ')
        slash++;
    if (!text_starts_with(text_skip(text, slash), TEXT("/")))
        return end;
    size_t ten = slash + 1;
    while (ten < text.size && text.data[ten] == ' ')
        ten++;
    bool scale = text_starts_with(text_skip(text, ten), TEXT("10")) &&
                 (ten + 2 == text.size || !number_is_digit(text.data[ten + 2]));
    if (!scale)
        return end;
    add(reader, (struct mention){.kind = MENTION_OF_TEN, .at = slash, .end = ten + 2});
    return ten + 2;
}

static size_t word_end(struct text text, size_t at)
{
    size_t end = at;
    while (at < text.size && letter_is(letter_take(text, &at)))
        end = at;
    return end;
}

static void read_words(struct reader *reader)
{
    struct text text = reader->mentions->text;
    bool inside = false;
    for (size_t offset = 0; offset < text.size;) {
        size_t at = offset;
        if (number_is_digit(text.data[offset])) {
            offset = add_digits(reader, at);
            reader->index++;
            inside = false;
            continue;
        }
        uint32_t c = letter_take(text, &offset);
        bool letter = letter_is(c);
        if (letter && !inside) {
            add_word(reader, at, word_end(text, at));
            reader->index++;
        }
        reader->clause += wording_ends_clause(c) || c == '\n' || c == '(' || c == ')';
        inside = letter;
    }
}

// "Out of 10": the ten belongs to it.
static void join_scales(struct mentions *mentions)
{
    struct mention *end = mentions->items + mentions->count;
    for (struct mention *scale = mentions->items; scale < end; scale++) {
        struct mention *ten = scale;
        while (ten < end && (ten->at < scale->end || ten->kind != MENTION_DIGITS))
            ten++;
        if (scale->kind != TOUCH_SCALE || scale->hidden || ten == end || ten->value != 10 ||
            ten->at > scale->end + BLANKS_MOST)
            continue;
        scale->kind = MENTION_OF_TEN;
        scale->end = ten->end;
        for (struct mention *m = mentions->items; m < end; m++)
            m->hidden |= m != scale && m->at >= scale->at && m->at < scale->end;
    }
}

// "Both feet on the floor" is how somebody sits.
static bool lies(const struct sentence *sentence, const struct mentions *mentions)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const struct sentence_word *word = &sentence->words[i];
        bool feet = false;
        for (size_t k = 0; k < mentions->count; k++)
            feet |= mentions->items[k].kind == TOUCH_REGION &&
                    mentions->items[k].clause == word->clause &&
                    text_equal_c(mentions->items[k].name, "feet");
        if (word->kind == DANGER_LIE && sentence_is_meant(word) && !feet)
            return true;
    }
    return false;
}

void mentions_read(struct mentions *mentions, const struct touch_words *touch,
                   const struct dangers *dangers, struct text sentence)
{
    struct reader reader = {.mentions = mentions, .touch = touch, .dangers = dangers};
    *mentions = (struct mentions){.text = text_head(sentence, SENTENCE_BYTES_MAX)};
    sentence_read(&reader.sentence, dangers, mentions->text, false);
    mentions->denies = sentence_has(&reader.sentence, DANGER_NOT) ||
                       sentence_has(&reader.sentence, DANGER_NOT_AFTER);
    mentions->stands = sentence_means(&reader.sentence, DANGER_STAND);
    mentions->sits = sentence_means(&reader.sentence, DANGER_SIT);
    mentions->closes_eyes = sentence_has(&reader.sentence, DANGER_CLOSE);
    mentions->breathes = sentence_means(&reader.sentence, DANGER_BREATH);
    read_words(&reader);
    mentions->clauses = reader.clause + 1;
    mentions->lies = lies(&reader.sentence, mentions);
    join_scales(mentions);
}

// ---- Questions ----------------------------------------------------------------------------------

const struct mention *mentions_find(const struct mentions *mentions, int kind, size_t from)
{
    for (size_t i = from; i < mentions->count; i++) {
        const struct mention *m = &mentions->items[i];
        if (m->kind == kind && m->meant && !m->hidden)
            return m;
    }
    return NULL;
}

static bool is_blank_or_dash(struct text between)
{
    bool dash = false;
    for (size_t at = 0; at < between.size;) {
        uint32_t c = letter_take(between, &at);
        dash |= c == '-' || c == 0x2013;
        if (c != ' ' && c != '-' && c != 0x2013)
            return false;
    }
    return dash;
}

// The first mention of the kind behind `end`, within `words` of `index`; NULL: there is none.
static const struct mention *near_behind(const struct mentions *mentions, int kind,
                                         const struct mention *from, int words)
{
    for (const struct mention *m = from; m < mentions->items + mentions->count; m++)
        if (m->kind == kind && !m->hidden && m->at >= from->end && m->clause == from->clause &&
            m->index - from->index <= words)
            return m;
    return NULL;
}

static bool only_words_between(const struct mention *from, const struct mention *unit)
{
    for (const struct mention *m = from; m < unit; m++)
        if (m->at >= from->end && m->at < unit->at &&
            (m->kind == MENTION_DIGITS || m->kind == MENTION_ACT || m->kind == TOUCH_TO))
            return false;
    return true;
}

// What is counted by the number at `number`: its unit, which then is *unit.
static bool find_unit(const struct mentions *mentions, const struct mention *number,
                      const struct mention **unit, enum amount_unit *kind)
{
    static const struct {
        int kind;
        enum amount_unit unit;
        int within; // words
    } units[] = {
        {MENTION_OF_TEN, AMOUNT_OF_TEN, 1},       {TOUCH_SECONDS, AMOUNT_SECONDS, 1},
        {MENTION_MINUTES, AMOUNT_SECONDS, 1},     {TOUCH_BREATHS, AMOUNT_BREATHS, UNIT_WITHIN},
        {TOUCH_TIMES, AMOUNT_TIMES, UNIT_WITHIN},
    };
    const struct mention *best = NULL;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const struct mention *m = near_behind(mentions, units[i].kind, number, units[i].within);
        if (!m || m->value > 0 || (best && best->at <= m->at) || !only_words_between(number, m))
            continue;
        best = m;
        *kind = units[i].unit;
    }
    *unit = best;
    return best != NULL;
}

// A second number behind the first: "30-45", "30 to 45".
static const struct mention *second_number(const struct mentions *mentions,
                                           const struct mention *first)
{
    const struct mention *next = near_behind(mentions, MENTION_DIGITS, first, 2);
    const struct mention *to = near_behind(mentions, TOUCH_TO, first, 1);
    if (!next)
        return NULL;
    struct text between = text_head(text_skip(mentions->text, first->end), next->at - first->end);
    bool joined = is_blank_or_dash(between) || (to && to->at < next->at);
    return joined && next->value >= first->value ? next : NULL;
}

static bool is_rate(const struct mentions *mentions, const struct mention *unit)
{
    return unit->kind == TOUCH_TIMES && near_behind(mentions, TOUCH_RATE, unit, 2);
}

static bool is_most(const struct mentions *mentions, const struct mention *number)
{
    for (const struct mention *m = number; m-- > mentions->items;)
        if (m->kind == TOUCH_MOST && number->index - m->index <= 4)
            return true;
    return false;
}

// "Twice", "half a minute": a number and its unit in one.
static bool whole_amount(const struct mention *m, struct amount *amount)
{
    if ((m->kind != TOUCH_TIMES && m->kind != TOUCH_SECONDS) || m->value == 0)
        return false;
    *amount = (struct amount){.unit = m->kind == TOUCH_TIMES ? AMOUNT_TIMES : AMOUNT_SECONDS,
                              .least = m->value,
                              .most = m->value,
                              .at = m->at,
                              .end = m->end,
                              .index = m->index};
    return true;
}

// "2 sets of 10", "3 x 10 reps": what is counted first are rounds.
static void count_rounds(const struct mentions *mentions, const struct mention *unit,
                         struct amount *amount)
{
    const struct mention *number = near_behind(mentions, MENTION_DIGITS, unit, 2);
    const struct mention *second = NULL;
    enum amount_unit kind = AMOUNT_TIMES;
    if (amount->unit != AMOUNT_TIMES || !number || !number->meant)
        return;
    bool counted = find_unit(mentions, number, &second, &kind);
    if (counted && kind != AMOUNT_TIMES)
        return; // "3 x 30 s"
    amount->rounds = amount->most;
    amount->least = amount->most = number->value;
    amount->end = counted ? second->end : number->end;
}

bool mentions_amount(const struct mentions *mentions, size_t *next, struct amount *amount)
{
    for (; *next < mentions->count; ++*next) {
        const struct mention *m = &mentions->items[*next];
        const struct mention *unit = m;
        if (m->hidden || (!m->meant && !is_most(mentions, m)))
            continue;
        bool found = whole_amount(m, amount);
        if (!found && m->kind == MENTION_DIGITS) {
            const struct mention *second = second_number(mentions, m);
            const struct mention *last = second ? second : m;
            if (!find_unit(mentions, last, &unit, &amount->unit))
                continue;
            int scale = unit->kind == MENTION_MINUTES ? 60 : 1;
            *amount = (struct amount){.unit = amount->unit,
                                      .least = m->value * scale,
                                      .most = last->value * scale,
                                      .at = m->at,
                                      .end = unit->end,
                                      .index = m->index};
            found = true;
        }
        if (!found || is_rate(mentions, unit))
            continue;
        count_rounds(mentions, unit, amount);
        if (is_most(mentions, m) && amount->least == amount->most) {
            amount->least = (amount->least + 1) / 2;
            amount->spread = true;
        }
        while (*next < mentions->count && mentions->items[*next].at < amount->end)
            ++*next;
        return true;
    }
    return false;
}
