// SPDX-License-Identifier: GPL-3.0-or-later
// What the voice is given for a text, and where in the text it is when it speaks.
#ifndef LOOSEN_NARRATOR_TEXT_H
#define LOOSEN_NARRATOR_TEXT_H

#include "lexicon.h"
#include "narrator.h"
#include "narrator_protocol.h"

// Fill `out` (empty before) with what the voice is given for `view`: cleaned, and with the
// lexicon's words (NULL: none) in place.
void narrator_text_prepare(const struct lexicon *lexicon, struct text view, struct buffer *out);

// Fill marks[NARRATOR_WORDS_MAX] from what the voice said of what narrator_text_prepare gave it for
// `view`, and return how many they are. Nothing in `result` is believed but that word_count is at
// most NARRATOR_WORDS_MAX: words out of order, outside the sound or not at a word of `view` get no
// mark, and there are none at all when cleaning changed the text or memory is short.
size_t narrator_text_marks(struct narrator_mark *marks, const struct narrator_result *result,
                           const struct lexicon *lexicon, struct text view);

#endif
