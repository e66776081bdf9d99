// SPDX-License-Identifier: GPL-3.0-or-later
// Where each sentence of a step is said: before the sides, before the touch, in it, behind it; or
// not at all, because the blocks say it.
#ifndef LOOSEN_IMPORT_PLACES_H
#define LOOSEN_IMPORT_PLACES_H

#include "import_lines.h"

enum { IMPORT_PLACES_MAX = 64 }; // sentences of a step

enum import_place {
    IMPORT_PLACE_GONE,
    IMPORT_PLACE_BEFORE, // the sides
    IMPORT_PLACE_SETUP,  // before the touch, on each side
    IMPORT_PLACE_FIRST,  // likewise, on the first side only
    IMPORT_PLACE_SECOND, // on the second only, before all else
    IMPORT_PLACE_INSIDE,
    IMPORT_PLACE_END,
    IMPORT_PLACE_BEHIND,
};

struct import_places {
    struct import_state *state;
    const struct touch_step *step;
    const struct touch_sentence *sentences;
    size_t count; // at most IMPORT_PLACES_MAX
    enum import_place places[IMPORT_PLACES_MAX];
    struct text texts[IMPORT_PLACES_MAX]; // what is said of each
    struct text release;                  // cut off one of them, to be said at the end; or empty
    enum side first;                      // SIDE_NONE: no side is replaced
    bool sides;                           // there are two passes
    bool names_sides;                     // lines of both passes do
};

// Fill in places and texts; the members before them are given.
void import_places_share(struct import_places *maker);

bool import_places_have(const struct import_places *maker, enum import_place place);

#endif
