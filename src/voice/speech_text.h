// SPDX-License-Identifier: GPL-3.0-or-later
// Text on its way to the voice. A speech library takes control characters and "[[" as commands, and
// what is spoken comes from shared scripts: so it is cleaned here, whatever was done before.
#ifndef LOOSEN_SPEECH_TEXT_H
#define LOOSEN_SPEECH_TEXT_H

#include "buffer.h"

enum { SPEECH_TEXT_MAX = 1000 }; // bytes of one utterance

// Append at most SPEECH_TEXT_MAX bytes of `view` to `out`, without controls (white space becomes a
// blank), hidden characters (unicode.h) and bytes that are not UTF-8, and with "[[" and "]]" made
// single. Text beyond the limit is cut at a character.
void speech_text_clean(struct text view, struct buffer *out);

// The sentence at *offset, and advance beyond it and its blanks; false at the end. A sentence ends
// after . ! ? or an ellipsis that a blank or the end follows.
bool speech_text_sentence(struct text view, size_t *offset, struct text *sentence);

// The word around byte `offset`: letters, digits and what joins them, up to blanks, long dashes and
// ellipses on both sides, without the punctuation at its ends. Nothing (size 0) when there is none.
struct text speech_text_word(struct text view, size_t offset);

// True when the text has a letter, so that a voice must make a sound for it.
bool speech_text_has_letters(struct text view);

#endif
