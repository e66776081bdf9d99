// SPDX-License-Identifier: GPL-3.0-or-later
// What a sentence of a text says of touch and movement: places, tools, names, sides, numbers with
// their units, each with whether it is meant.
#ifndef LOOSEN_MENTIONS_H
#define LOOSEN_MENTIONS_H

#include "sentence.h"
#include "touch_words.h"

enum { MENTIONS_MAX = 96 };

// Beside the kinds of touch words.
enum {
    MENTION_DIGITS = TOUCH_KINDS, // a number, in digits or words
    MENTION_MINUTES,
    MENTION_OF_TEN,
    MENTION_PRESS, // presses, rubs
    MENTION_ACT,   // leans, rolls, stays
    MENTION_WORD,  // none of them
};

struct mention {
    int kind;         // TOUCH_... or MENTION_...
    struct text name; // as of the touch word
    int value;        // of a number; of "twice", "half a minute"
    int order;        // as of the touch word
    size_t at, end;   // bytes of the sentence
    int index;        // among its words
    int clause;       // as of sentence_word
    bool meant;       // neither a "not" nor an "if" reaches it
    bool hidden;      // a part of a longer phrase of its kind, or of something else
};

struct mentions {
    struct text text;
    struct mention items[MENTIONS_MAX]; // in order of place; what lies behind these is not seen
    size_t count;
    int clauses;
    bool denies; // somewhere in it is a "not"
    bool stands, sits, lies, closes_eyes, breathes;
};

// Read one sentence. `touch` and `dangers` are of its language; numbers are known to `dangers`.
void mentions_read(struct mentions *mentions, const struct touch_words *touch,
                   const struct dangers *dangers, struct text sentence);

// The first mention of the kind that is meant, from `from` on; NULL: there is none.
const struct mention *mentions_find(const struct mentions *mentions, int kind, size_t from);

// An amount: one number or two, with a unit behind it. Times in seconds.
enum amount_unit { AMOUNT_SECONDS, AMOUNT_BREATHS, AMOUNT_TIMES, AMOUNT_OF_TEN };

struct amount {
    enum amount_unit unit;
    int least, most;
    size_t at, end; // bytes of the sentence
    int index;
    int rounds;  // of AMOUNT_TIMES: "2 sets of 10" are two; else 0
    bool spread; // "up to": the least was made
};

// The next amount at or behind mention *next, which moves behind it. False: there is none. One that
// is not meant, and a rate ("three times a day"), is passed.
bool mentions_amount(const struct mentions *mentions, size_t *next, struct amount *amount);

#endif
