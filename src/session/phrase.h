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

// The first phrase of this kind in `view`, whole words, ASCII case ignored; NULL when there is none.
// *at: where it begins. Languages without lists have no phrases.
const struct phrase *phrase_find(struct text view, enum phrase_kind kind, struct text language,
                                 const char **at);

#endif
