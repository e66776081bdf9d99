// SPDX-License-Identifier: GPL-3.0-or-later
// What the recipe parser reads with: the present line, its items and numbers, and faults with their
// column.
#ifndef LOOSEN_RECIPE_READER_H
#define LOOSEN_RECIPE_READER_H

#include "diagnostic.h"

struct recipe_reader {
    struct diagnostics *list; // borrowed
    struct text line;         // the present one
    int line_number;
};

enum { RECIPE_WORDS_MAX = 9 };

// One comma-separated piece of a value; the words point into the reader's line.
struct recipe_item {
    struct text whole; // without blanks at its ends
    struct text words[RECIPE_WORDS_MAX];
    size_t count; // RECIPE_WORDS_MAX + 1 when there are more
};

// What is between quotes is one word, together with them.
struct recipe_item recipe_item_split(struct text whole);

// The view before ".." and behind it; false when there is no "..".
bool recipe_range_split(struct text word, struct text *low, struct text *high);

// The column of a view into the line, in characters from 1.
int recipe_reader_column(const struct recipe_reader *reader, struct text at);

// Report a fault at `at`, a view into the line. `message` is all of it, or follows the quoted word.
void recipe_reader_fault(struct recipe_reader *reader, struct text at, const char *rule,
                         const char *message);
void recipe_reader_fault_word(struct recipe_reader *reader, struct text word, const char *rule,
                              const char *message);

// A hint for the last fault: the name nearest to `word`, or else `all`.
void recipe_reader_hint_nearest(struct recipe_reader *reader, struct text word,
                                const char *const *names, size_t count, const char *all);

// A signed decimal of at most three places in least .. most; a fault is reported, with `range` as
// its message when the value is outside.
bool recipe_reader_number(struct recipe_reader *reader, struct text word, double least, double most,
                          const char *range, double *value);

// A duration as frames; a fault is reported.
bool recipe_reader_duration(struct recipe_reader *reader, struct text word, int64_t *frames);

#endif
