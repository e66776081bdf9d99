// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences of a text without what the blocks of a script say already.
#ifndef LOOSEN_IMPORT_CUTS_H
#define LOOSEN_IMPORT_CUTS_H

#include "import_words.h"

// What is left of a sentence when its times and repetitions are those of a block, and, if `sides`,
// "each side" too: parts of it that say nothing else are taken out. Empty: nothing is left.
struct text import_cuts_said(struct import_words *words, struct text sentence, bool sides);

// The same without "then switch sides", at its end. As it is, when that cannot be taken out.
struct text import_cuts_other(struct import_words *words, struct text sentence);

// Cut "then let go" off the end of a sentence; *release is that part, as a sentence. False: it does
// not end so, or is nothing else.
bool import_cuts_release(struct import_words *words, struct text *sentence, struct text *release);

#endif
