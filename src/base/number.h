// SPDX-License-Identifier: GPL-3.0-or-later
// Reads decimal numbers as they are written everywhere, whatever the locale.
#ifndef LOOSEN_NUMBER_H
#define LOOSEN_NUMBER_H

#include "text.h"

#define NUMBER_MOST INT64_C(1000000000000) // 10^12: no number in loosen has more before its point

enum { NUMBER_PLACES_MOST = 6 };

bool number_is_digit(char byte);

// The number at the start of *view, which loses it: digits, and at most `places` decimals behind a
// point (0 to NUMBER_PLACES_MOST). It is counted in units of the last place: "1.25" with three
// places is 1250. False, with *view and *value untouched, when there is none, when it is more than
// NUMBER_MOST, or when it has more decimals.
bool number_take(struct text *view, int places, int64_t *value);

// The same for a view that is a number and nothing else.
bool number_parse(struct text view, int places, int64_t *value);

// The same, with or without a "-" in front.
bool number_parse_signed(struct text view, int places, int64_t *value);

// A whole number from `least` to `most`, such as "12"; "12.0" is one, too.
bool number_whole(struct text view, int64_t least, int64_t most, int64_t *value);

#endif
