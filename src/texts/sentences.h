// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that a text breaks anywhere become lines that are said in one breath.
#ifndef LOOSEN_SENTENCES_H
#define LOOSEN_SENTENCES_H

#include "pieces.h"

// Copy `from` to `to`: wrapped lines are joined, and what is too long for one clip is cut between
// sentences, or where a sentence itself is too long, behind a comma or a word.
void sentences_arrange(struct pieces *to, const struct pieces *from);

// The bytes of the first sentence of `view`, with the blank behind it; all of them when it has no
// end within some hundred bytes.
size_t sentences_first(struct text view);

#endif
