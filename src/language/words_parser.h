// SPDX-License-Identifier: GPL-3.0-or-later
// Reads scripts/LANG/words: "key: value" lines.
#ifndef LOOSEN_WORDS_PARSER_H
#define LOOSEN_WORDS_PARSER_H

#include "diagnostic.h"
#include "words.h"

// Parse `data` (which must live as long as the words); every fault goes to `list`, also each key
// that is missing. The language is the caller's to set.
void words_parse(struct words *words, struct text data, struct diagnostics *list);

#endif
