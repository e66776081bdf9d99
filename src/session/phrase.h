// Lists of words that a script should not say, by language, with the reason.
#ifndef LOOSEN_PHRASE_H
#define LOOSEN_PHRASE_H

#include "session.h"

enum phrase_kind {
    PHRASE_CLAIM,   // promises to treat: never
    PHRASE_DAMAGE,  // pictures of damage
    PHRASE_TONE,    // pushes, flatters or preaches
    PHRASE_MISREAD, // the voice says it wrong
    PHRASE_KINDS,
};

struct phrase {
    struct text text; // lower case, words apart by one space
    enum phrase_kind kind;
    bool at_start; // only as the first words of a sentence
    const char *hint;
};

struct phrase_found {
    const struct phrase *phrase; // NULL: none
    const char *at;              // where it begins
};

// Fill, for each kind of which nothing was found yet, the first phrase in `view`: whole words, ASCII
// case ignored. Languages without lists have no phrases.
void phrase_search(struct text view, struct text language, struct phrase_found found[PHRASE_KINDS]);

#endif
