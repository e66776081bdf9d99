// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scripts/LANG/words: "key: value" lines, and puts an author's over them.
#ifndef LOOSEN_WORDS_PARSER_H
#define LOOSEN_WORDS_PARSER_H

#include "diagnostic.h"
#include "words.h"

// Parse `data` (which must live as long as the words); every fault goes to `list`, also each key
// that is missing. The language is the caller's to set.
void words_parse(struct words *words, struct text data, struct diagnostics *list);

// The same of an author's words, which may hold some of the keys: those that say or show what is
// theirs to say. Numbers, sides and what stands below the notice are not.
void words_parse_own(struct words *words, struct text data, struct diagnostics *list);

// The next value that is spoken, from *at = 0 on; false: there is no other.
bool words_spoken(const struct words *words, size_t *at, struct text *value);

// Put what an author's words say in the place of what a language's do; lines of company all
// together.
void words_put(struct words *words, const struct words *own);

#endif
