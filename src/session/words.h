// SPDX-License-Identifier: GPL-3.0-or-later
// The words that loosen speaks by itself, read from scripts/LANG/words: "key: value" lines.
#ifndef LOOSEN_WORDS_H
#define LOOSEN_WORDS_H

#include "session.h"

enum { WORDS_NUMBER_MOST = 90 }; // numbers up to the longest session's minutes are required

// Parse `data` (which must live as long as the words); every fault goes to `list`, also each key
// that is missing. The language is the caller's to set.
void words_parse(struct words *words, struct text data, struct diagnostics *list);

#endif
