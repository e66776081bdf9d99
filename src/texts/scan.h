// SPDX-License-Identifier: GPL-3.0-or-later
// Small looks at a text: blanks, digits, lines, words in any case.
#ifndef LOOSEN_SCAN_H
#define LOOSEN_SCAN_H

#include "text.h"

// Without the blanks, odd ones too, and line ends at its start; at both ends.
struct text scan_blanks(struct text view);
struct text scan_trim(struct text view);

// The first line, without its end.
struct text scan_line(struct text view);

// Whether the view begins with this, in capital or small letters of ASCII.
bool scan_starts(struct text view, const char *start);

// Whether a letter or a digit stands at the start of the view.
bool scan_begins_word(struct text view);

// The next run of letters and digits of *rest, which moves behind it; empty at its end.
struct text scan_word(struct text *rest);

#endif
