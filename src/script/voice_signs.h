// SPDX-License-Identifier: GPL-3.0-or-later
// Signs that the voices name aloud or leave out, and letters that they spell.
#ifndef LOOSEN_VOICE_SIGNS_H
#define LOOSEN_VOICE_SIGNS_H

#include "text.h"

// Why the voice stumbles over a sign, or NULL: it only pauses there, or it is a letter.
// `behind` is what follows it.
const char *voice_signs_why(uint32_t sign, struct text behind);

// Whether the voices of this language, which were asked (English and German), spell or drop this
// letter: it is of another script.
bool voice_signs_spells_letter(struct text language, uint32_t letter);

// Whether they spell this word letter by letter, as they do those without a vowel ("Mmm", "cm").
bool voice_signs_spells_word(struct text language, struct text word);

#endif
