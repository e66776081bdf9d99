// SPDX-License-Identifier: GPL-3.0-or-later
// What a letter is, and which is its capital: Latin, Greek and Cyrillic.
#ifndef LOOSEN_LETTER_H
#define LOOSEN_LETTER_H

#include "text.h"

// The character at *offset, behind which *offset is then; `view` is UTF-8 that the lexer has let
// through.
uint32_t letter_take(struct text view, size_t *offset);

// The small letter of a capital one; anything else as it is.
uint32_t letter_small(uint32_t c);

// Whether words are made of it; so is the apostrophe.
bool letter_is(uint32_t c);

// How many bytes of `view`, from its start, are the words of `phrase`, without a letter behind them
// or, when `open`, with any. Capital and small letters are the same, and so are both apostrophes;
// where the phrase has a space, there may be more of them, hyphens, quotes, stars. 0: it does not
// begin so.
size_t letter_match(struct text phrase, bool open, struct text view);

// How many bytes of `view`, from its start, are words of letters, one space apart.
size_t letter_words(struct text view);

// Make the letter at the start of `size` bytes of text a capital, which has as many bytes.
void letter_raise(char *data, size_t size);

#endif
