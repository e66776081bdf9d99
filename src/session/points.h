// SPDX-License-Identifier: GPL-3.0-or-later
// The guidance points that tags of lines name, and what each of them means in a language.
// docs/guidance.md has their reasons and sources.
#ifndef LOOSEN_POINTS_H
#define LOOSEN_POINTS_H

#include "text.h"

enum {
    POINTS_GUIDANCE = 43, // G1 to G43: about the back, and about massage
    POINTS_SAFETY = 24,   // E1 to E24: what keeps a session safe
    POINTS_COUNT = POINTS_GUIDANCE + POINTS_SAFETY,
    POINTS_NONE = -1,
};

// What the points mean, by their index, as scripts/LANG/points says it.
struct points {
    struct text meaning[POINTS_COUNT];
};

// The index of "G24" or "E1", or POINTS_NONE: there is no such point.
int points_find(struct text tag);

// The letter and the number of the point with this index.
char points_letter(int index);
int points_number(int index);

#endif
