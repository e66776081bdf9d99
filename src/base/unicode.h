// SPDX-License-Identifier: GPL-3.0-or-later
// What characters are to loosen: the one list by which scripts are read, and texts are spoken,
// written and shown. What a script may hold reaches the voice, the captions and the screen whole.
#ifndef LOOSEN_UNICODE_H
#define LOOSEN_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

// C0 with tab and line ends, DEL and C1: no text, but commands to a terminal or a voice.
bool unicode_is_control(uint32_t c);

// What ends a word and stands for one plain blank: blank, no-break space, tab, line ends.
bool unicode_is_space(uint32_t c);

// Blanks that look like " " and are not: no-break, thin, wide.
bool unicode_is_odd_blank(uint32_t c);

// Marks without width that spell words of some scripts: joiner and non-joiner, as between the parts
// of a Persian word, and the vowel separator of Mongolian.
bool unicode_is_joiner(uint32_t c);

// Characters that hide or reorder what is around them, or mean nothing to a reader (Unicode 15;
// "Trojan Source", CVE-2021-42574): bidirectional controls, marks without width, tags, private and
// reserved characters. A joiner is one where it spells nothing: at the start of a text (`before` is
// 0), behind a Latin letter, a sign or digit of ASCII, or a blank.
bool unicode_is_hidden(uint32_t c, uint32_t before);

#endif
