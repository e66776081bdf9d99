// SPDX-License-Identifier: GPL-3.0-or-later
// Guesses what was meant by a duration that is none, such as "2sec", "1-2m", "1,5s" and "2 s", and
// by a directive that is none.
#ifndef LOOSEN_TYPO_GUESS_H
#define LOOSEN_TYPO_GUESS_H

#include "buffer.h"

// What to write instead of the word, or an empty text when there is no guess. `behind`: what
// follows the word in its line. The text is in `out`.
struct text typo_guess_duration(struct text word, struct text behind, struct buffer *out);

// True when `behind` goes on with a range that was written apart: "1m .. 2m", "1m to 2m".
bool typo_guess_range(struct text behind);

// The name of the directive that does what `name` means in everyday words ("wait", "bell"), or
// NULL.
const char *typo_guess_directive(struct text name);

#endif
