// SPDX-License-Identifier: GPL-3.0-or-later
// What the scripts of a language should not say, with the reason, read from scripts/LANG/phrases:
// "KIND: PHRASE, PHRASE ... = HINT" lines.
#ifndef LOOSEN_STYLE_RULES_H
#define LOOSEN_STYLE_RULES_H

#include "arena.h"
#include "diagnostic.h"
#include "status.h"

enum phrase_kind {
    PHRASE_CLAIM,   // promises to treat: never
    PHRASE_DAMAGE,  // pictures of damage
    PHRASE_TONE,    // pushes, flatters or preaches
    PHRASE_MISREAD, // the voice says it wrong
    PHRASE_KINDS,
};

struct phrase {
    struct text text; // words apart by one space
    enum phrase_kind kind;
    bool open;           // written "heal*": also with any letters behind
    bool at_start;       // only as the first words of a sentence
    struct text hint;    // what to do instead
    struct phrase *next; // in its chain
};

enum { PHRASE_CHAINS = 128 };

struct style_rules {
    struct phrase *chains[PHRASE_CHAINS]; // by their first letter, each in the order of the file
};

struct phrase_found {
    const struct phrase *phrase; // NULL: none
    struct text text;            // as it is said
};

// Parse `data`, which must live as long as `arena`, where the phrases will be. Every fault goes to
// `list`. STATUS_NO_MEMORY.
enum status style_rules_parse(struct style_rules *phrases, struct arena *arena, struct text data,
                              struct diagnostics *list);

// Fill, for each kind of which nothing was found yet, the first phrase in `view`: whole words, the
// case of Latin, Greek and Cyrillic letters ignored.
void style_rules_search(const struct style_rules *phrases, struct text view,
                        struct phrase_found found[PHRASE_KINDS]);

#endif
