// SPDX-License-Identifier: GPL-3.0-or-later
// A phrase that files of a language look for: words, "knead*" with any letters behind, and "..."
// for any few words of the same clause between.
#ifndef LOOSEN_WORDING_H
#define LOOSEN_WORDING_H

#include "text.h"

enum {
    WORDING_PARTS_MAX = 4,
    WORDING_GAP_WORDS = 12, // between two parts; what lies further apart does not belong together
};

struct wording {
    struct text written;
    bool anywhere;                        // written "... words": not only where a clause begins
    struct text parts[WORDING_PARTS_MAX]; // words apart by one space; others may lie between parts
    bool open_ended[WORDING_PARTS_MAX];   // also with any letters behind
    size_t part_count;
};

// Whether `written` is such a phrase; the wording points into it.
bool wording_parse(struct wording *wording, struct text written);

// Its first letter, a small one: by that phrases are kept in chains.
uint32_t wording_first(const struct wording *wording);

// Where the phrase ends that begins at `offset` of `said`, which is the start of a word; 0 when it
// does not.
size_t wording_match(const struct wording *wording, struct text said, size_t offset);

// Whether a clause ends at this character.
bool wording_ends_clause(uint32_t c);

#endif
