// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a text as a script says them: numbers in words, and sides by the pass.
#ifndef LOOSEN_IMPORT_WORDS_H
#define LOOSEN_IMPORT_WORDS_H

#include "import_language.h"
#include "mentions.h"

struct import_words {
    struct session *session; // whose arena is used
    const struct import_language *language;
    bool failed; // out of memory
};

// Find what a sentence of the text mentions.
void import_words_read(struct mentions *mentions, const struct import_words *words,
                       struct text sentence);

// A copy of what was built, in the session's arena; empty when out of memory, which is remembered.
struct text import_words_keep(struct import_words *words, const struct buffer *buffer);

// A line that says `said`, with the marks and the place of `from`. `first`: the side of the first
// pass; sides that are named in it become those of each pass, as two lines where the language bends
// their words. SIDE_NONE: they stay.
struct node *import_words_line(struct import_words *words, const struct node *from,
                               struct text said, enum side first);

// A line of the language's own words, which may have "{side}" in it.
struct node *import_words_say(struct import_words *words, const struct node *from,
                              struct text said);

#endif
