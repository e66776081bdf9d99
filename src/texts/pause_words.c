// SPDX-License-Identifier: GPL-3.0-or-later
// A direction is a pause when it names quiet and nothing but quiet: each of its words is in one of
// the tables below, English and German together.
#include "pause_words.h"

#include "number.h"
#include "scan.h"
#include <stdio.h>

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
    {"that", WORD_SMALL, 0},
    {"this", WORD_SMALL, 0},
    {"it", WORD_SMALL, 0},
};

static const struct word *find(struct text word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.size == text_from(words[i].text).size && scan_starts(word, words[i].text))
            return &words[i];
    return NULL;
}

#define THOUSANDTHS_MOST INT64_C(999999999) // more is no length of quiet

// The number at the start of *rest, in thousandths, and the unit right behind it (in ms; 0: none),
// both of which *rest loses: "5", "2.5s", "750ms". False: there is no number, or no unit behind it.
static bool take_number(struct text *rest, int64_t *thousandths, int64_t *unit)
{
    struct text behind = *rest;
    if (!number_take(&behind, 3, thousandths) || *thousandths > THOUSANDTHS_MOST)
        return false;
    *rest = behind;
    *unit = 0;
    struct text word = scan_word(&behind);
    if (word.size == 0 || word.data != rest->data)
        return true;
    const struct word *known = find(word);
    if (!known || known->kind != WORD_UNIT)
        return false;
    *unit = known->value;
    *rest = behind;
    return true;
}

static int64_t at_most(int64_t ms)
{
    return ms <= MOST_MS ? ms : MOST_MS;
}

int64_t pause_words_time(struct text time)
{
    char whole[16]; // ".5s" is a time, too
    int64_t thousandths;
    int64_t unit;
    if (text_starts_with(time, TEXT("."))) {
        snprintf(whole, sizeof whole, "0%.*s", TEXT_ARG(text_head(time, sizeof whole - 2)));
        time = text_from(whole);
    }
    if (!take_number(&time, &thousandths, &unit) || unit == 0 || time.size > 0)
        return -1;
    return at_most(thousandths * unit / 1000);
}

// What a direction has said so far.
struct pause {
    bool quiet;
    bool half;
    int64_t thousandths; // of the last number: of a range the larger one; -1: none
    int64_t unit;        // ms; 0: none
    int64_t size;        // ms: "short", "long"; 0: none
};

// False: the word is none of a pause.
static bool take_word(struct pause *pause, struct text word)
{
    const struct word *known = find(word);
    if (!known)
        return false;
    pause->quiet |= known->kind == WORD_QUIET;
    pause->half |= known->kind == WORD_NUMBER && known->value == 0;
    if (known->kind == WORD_NUMBER && known->value > 0)
        pause->thousandths = 1000 * (int64_t)known->value;
    if (known->kind == WORD_UNIT)
        pause->unit = known->value;
    if (known->kind == WORD_SIZE)
        pause->size = known->value;
    return true;
}

int64_t pause_words_ms(struct text direction)
{
    struct pause pause = {.thousandths = -1};
    while (direction.size > 0) {
        int64_t unit;
        if (number_is_digit(direction.data[0])) {
            if (!take_number(&direction, &pause.thousandths, &unit))
                return -1;
            pause.unit = unit > 0 ? unit : pause.unit;
        } else if (scan_begins_word(direction)) {
            if (!take_word(&pause, scan_word(&direction)))
                return -1;
        } else {
            direction = text_skip(direction, 1);
        }
    }
    if (!pause.quiet)
        return -1;
    if (pause.half && pause.unit > 0)
        return pause.unit / 2;
    if (pause.thousandths >= 0 && (pause.unit > 0 || pause.thousandths > 1000))
        return at_most(pause.thousandths * (pause.unit > 0 ? pause.unit : 1000) / 1000);
    return pause.size > 0 ? pause.size : USUAL_MS;
}
