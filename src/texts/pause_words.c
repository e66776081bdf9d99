// SPDX-License-Identifier: GPL-3.0-or-later
// A direction is a pause when it names quiet and nothing but quiet: each of its words is in one of
// the tables below, English and German together.
#include "pause_words.h"

#include "number.h"
#include "scan.h"

enum {
    SHORT_MS = 3000,
    USUAL_MS = 5000,
    LONG_MS = 10000,
    BREATH_MS = 10000, // six breaths a minute
    MOST_MS = 90 * 60000,
};

enum word_kind { WORD_NONE, WORD_QUIET, WORD_UNIT, WORD_NUMBER, WORD_SIZE, WORD_SMALL };

static const struct word {
    const char *text;
    enum word_kind kind;
    int value; // of units and sizes in ms
} words[] = {
    {"pause", WORD_QUIET, 0},
    {"pauses", WORD_QUIET, 0},
    {"silence", WORD_QUIET, 0},
    {"silent", WORD_QUIET, 0},
    {"quiet", WORD_QUIET, 0},
    {"wait", WORD_QUIET, 0},
    {"break", WORD_QUIET, 0},
    {"rest", WORD_QUIET, 0},
    {"beat", WORD_QUIET, 0},
    {"gap", WORD_QUIET, 0},
    {"stille", WORD_QUIET, 0},
    {"schweigen", WORD_QUIET, 0},
    {"warten", WORD_QUIET, 0},
    {"ruhe", WORD_QUIET, 0},
    {"s", WORD_UNIT, 1000},
    {"sec", WORD_UNIT, 1000},
    {"secs", WORD_UNIT, 1000},
    {"second", WORD_UNIT, 1000},
    {"seconds", WORD_UNIT, 1000},
    {"sek", WORD_UNIT, 1000},
    {"sekunde", WORD_UNIT, 1000},
    {"sekunden", WORD_UNIT, 1000},
    {"m", WORD_UNIT, 60000},
    {"min", WORD_UNIT, 60000},
    {"mins", WORD_UNIT, 60000},
    {"minute", WORD_UNIT, 60000},
    {"minutes", WORD_UNIT, 60000},
    {"minuten", WORD_UNIT, 60000},
    {"ms", WORD_UNIT, 1},
    {"breath", WORD_UNIT, BREATH_MS},
    {"breaths", WORD_UNIT, BREATH_MS},
    {"atemzug", WORD_UNIT, BREATH_MS},
    {"atemzüge", WORD_UNIT, BREATH_MS},
    {"half", WORD_NUMBER, 0},
    {"a", WORD_NUMBER, 1},
    {"an", WORD_NUMBER, 1},
    {"one", WORD_NUMBER, 1},
    {"two", WORD_NUMBER, 2},
    {"three", WORD_NUMBER, 3},
    {"four", WORD_NUMBER, 4},
    {"five", WORD_NUMBER, 5},
    {"six", WORD_NUMBER, 6},
    {"seven", WORD_NUMBER, 7},
    {"eight", WORD_NUMBER, 8},
    {"nine", WORD_NUMBER, 9},
    {"ten", WORD_NUMBER, 10},
    {"twelve", WORD_NUMBER, 12},
    {"fifteen", WORD_NUMBER, 15},
    {"twenty", WORD_NUMBER, 20},
    {"thirty", WORD_NUMBER, 30},
    {"forty", WORD_NUMBER, 40},
    {"fifty", WORD_NUMBER, 50},
    {"sixty", WORD_NUMBER, 60},
    {"ninety", WORD_NUMBER, 90},
    {"ein", WORD_NUMBER, 1},
    {"eine", WORD_NUMBER, 1},
    {"zwei", WORD_NUMBER, 2},
    {"drei", WORD_NUMBER, 3},
    {"vier", WORD_NUMBER, 4},
    {"fünf", WORD_NUMBER, 5},
    {"sechs", WORD_NUMBER, 6},
    {"acht", WORD_NUMBER, 8},
    {"zehn", WORD_NUMBER, 10},
    {"zwanzig", WORD_NUMBER, 20},
    {"dreißig", WORD_NUMBER, 30},
    {"short", WORD_SIZE, SHORT_MS},
    {"brief", WORD_SIZE, SHORT_MS},
    {"small", WORD_SIZE, SHORT_MS},
    {"kurz", WORD_SIZE, SHORT_MS},
    {"kurze", WORD_SIZE, SHORT_MS},
    {"long", WORD_SIZE, LONG_MS},
    {"longer", WORD_SIZE, LONG_MS},
    {"lange", WORD_SIZE, LONG_MS},
    {"moment", WORD_SMALL, 0},
    {"moments", WORD_SMALL, 0},
    {"here", WORD_SMALL, 0},
    {"for", WORD_SMALL, 0},
    {"of", WORD_SMALL, 0},
    {"about", WORD_SMALL, 0},
    {"approx", WORD_SMALL, 0},
    {"the", WORD_SMALL, 0},
    {"in", WORD_SMALL, 0},
    {"few", WORD_NUMBER, 3},
    {"couple", WORD_NUMBER, 2},
    {"time", WORD_SMALL, 0},
    {"von", WORD_SMALL, 0},
    {"etwa", WORD_SMALL, 0},
    {"ca", WORD_SMALL, 0},
    {"hier", WORD_SMALL, 0},
    {"für", WORD_SMALL, 0},
    {"to", WORD_SMALL, 0},
    {"and", WORD_SMALL, 0},
    {"let", WORD_SMALL, 0},
    {"sink", WORD_SMALL, 0},
};

static const struct word *find(struct text word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.size == text_from(words[i].text).size && scan_starts(word, words[i].text))
            return &words[i];
    return NULL;
}

// The digits at the start of the word, in ms of `unit`: "5", "5s", "750ms". -1: no number.
static int64_t digits_ms(struct text word, int64_t *unit)
{
    size_t size = 0;
    int64_t value;
    while (size < word.size && scan_is_digit(word.data[size]))
        size++;
    if (size == 0 || size > 6 || !number_whole(text_head(word, size), 0, 999999, &value))
        return -1;
    struct text rest = text_skip(word, size);
    const struct word *behind = rest.size > 0 ? find(rest) : NULL;
    if (rest.size > 0 && (!behind || behind->kind != WORD_UNIT))
        return -1;
    *unit = behind ? behind->value : 0;
    return value;
}

int64_t pause_words_time(struct text time)
{
    size_t point = text_find(time, '.');
    int64_t unit = 0;
    int64_t tenths = 0;
    int64_t whole;
    struct text number = time;
    if (point + 1 < time.size && scan_is_digit(time.data[point + 1])) {
        tenths = time.data[point + 1] - '0';
        size_t behind = point + 1;
        while (behind < time.size && scan_is_digit(time.data[behind]))
            behind++;
        whole = point > 0 ? digits_ms(text_head(time, point), &unit) : 0;
        const struct word *named = find(text_skip(time, behind));
        unit = named && named->kind == WORD_UNIT ? named->value : 0;
    } else {
        whole = digits_ms(number, &unit);
    }
    if (whole < 0 || unit == 0)
        return -1;
    int64_t ms = whole * unit + tenths * unit / 10;
    return ms <= MOST_MS ? ms : MOST_MS;
}

int64_t pause_words_ms(struct text direction)
{
    bool quiet = false;
    bool half = false;
    int64_t number = -1;
    int64_t unit = 0;
    int64_t size = 0;
    for (struct text rest = direction;;) {
        struct text word = scan_word(&rest);
        if (word.size == 0)
            break;
        int64_t own_unit = 0;
        int64_t digits = digits_ms(word, &own_unit);
        const struct word *known = digits < 0 ? find(word) : NULL;
        if (digits < 0 && !known)
            return -1;
        if (digits >= 0) {
            number = digits; // of a range the last: "5-10 seconds" gives time enough
            unit = own_unit ? own_unit : unit;
            continue;
        }
        quiet |= known->kind == WORD_QUIET;
        half |= known->kind == WORD_NUMBER && known->value == 0;
        if (known->kind == WORD_NUMBER && known->value > 0)
            number = known->value;
        if (known->kind == WORD_UNIT)
            unit = known->value;
        if (known->kind == WORD_SIZE)
            size = known->value;
    }
    if (!quiet)
        return -1;
    if (half && unit > 0)
        return unit / 2;
    if (number >= 0 && (unit > 0 || number > 1)) {
        int64_t ms = number * (unit > 0 ? unit : 1000);
        return ms <= MOST_MS ? ms : MOST_MS;
    }
    return size > 0 ? size : USUAL_MS;
}
