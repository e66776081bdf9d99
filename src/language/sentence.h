// SPDX-License-Identifier: GPL-3.0-or-later
// One spoken sentence, as the words in it that matter for safety, in their order.
#ifndef LOOSEN_SENTENCE_H
#define LOOSEN_SENTENCE_H

#include "dangers.h"

enum { SENTENCE_WORDS_MAX = 192, SENTENCE_BYTES_MAX = 1500 };

struct sentence_word {
    enum danger_kind kind;
    size_t at, end;   // bytes of the text
    int clause;       // counted from 0; parts of a list are clauses of their own
    int index;        // among all words of the sentence
    int tenths;       // DANGER_NUMBER, DANGER_FEW: ten times the number
    struct text hint; // DANGER_CLAIM
    bool negated;     // said not to be done
    bool thought;     // only a condition, or what others do
};

struct sentence {
    struct text text;
    struct sentence_word words[SENTENCE_WORDS_MAX]; // what lies behind these is not judged
    size_t count;
    bool not_open; // ends with a "not" that what is listed below it may belong to
};

// Find the words of `text`, at most SENTENCE_BYTES_MAX long. `not_before`: a "not" stands above it.
void sentence_read(struct sentence *sentence, const struct dangers *dangers, struct text text,
                   bool not_before);

// Whether what the word says is meant: neither negated nor only thought of.
bool sentence_is_meant(const struct sentence_word *word);

// The same of words that `dangers` does not know: neither a "not" nor an "if" reaches them. Of
// `word`, the kind, place, clause and index are read; a kind that is a place or DANGER_FINE, and no
// act.
bool sentence_means_at(const struct sentence *sentence, const struct sentence_word *word);

// The first word of the kind that is meant, from the word `from` on; NULL when there is none.
const struct sentence_word *sentence_find(const struct sentence *sentence, enum danger_kind kind,
                                          size_t from);

// Whether it has such a word.
bool sentence_means(const struct sentence *sentence, enum danger_kind kind);

// Whether there is a word of the kind, meant or not.
bool sentence_has(const struct sentence *sentence, enum danger_kind kind);

// How long the time is that begins with the number at `word`, or the hour that stands alone, in
// seconds, and where its unit is; 0: no time is meant.
int sentence_seconds(const struct sentence *sentence, const struct sentence_word *word,
                     const struct sentence_word **unit);

#endif
