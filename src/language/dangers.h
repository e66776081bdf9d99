// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which dangerous guidance is recognised in one language, read from
// scripts/LANG/dangers: "KIND: PHRASE, PHRASE ..." lines. What the kinds mean together is judged by
// prose_check.h, alike in every language.
#ifndef LOOSEN_DANGERS_H
#define LOOSEN_DANGERS_H

#include "arena.h"
#include "diagnostic.h"
#include "status.h"
#include "style_rules.h"
#include "wording.h"
#include "words.h"

enum danger_kind {
    // How words hang together.
    DANGER_NOT,       // what follows is forbidden, or does not happen
    DANGER_NOT_AFTER, // what stands before is
    DANGER_INSIST,    // only looks like a "not": "don't stop"
    DANGER_BUT,       // a "not" reaches no further
    DANGER_OR,        // a "not" reaches further
    DANGER_IF,        // what follows is not asked for, only thought of
    DANGER_TELLS,     // what follows is what others do
    DANGER_FINE,      // safe as a whole; nothing within it counts
    DANGER_SENSE,     // what follows is only noticed
    DANGER_NEAR,      // the place that follows is nearly the one that is touched
    DANGER_BESIDE,    // the place that follows is not the one that is touched
    DANGER_TARGET,    // it is
    DANGER_IT,        // the tool, in a pronoun
    DANGER_IMAGINE,   // what is said is a picture
    DANGER_SOFT,      // lightly
    // What is done, and with what.
    DANGER_PRESS, // into one spot
    DANGER_RUB,   // moving
    DANGER_LEAN,  // presses only where there is a tool
    DANGER_ROLL,  // the same, moving
    DANGER_BALL,
    DANGER_ROLLER,
    DANGER_FIST,   // knuckles, elbow
    DANGER_FINGER, // fingers, thumbs
    DANGER_DEEP,   // fingers that do this press
    DANGER_STAY,   // remain as one is
    DANGER_EASE,   // to rest, to let go
    DANGER_AWAY,   // the tool is put away
    DANGER_TENSE,  // a muscle, by itself
    DANGER_STRETCH,
    DANGER_MOVE,
    // Where.
    DANGER_SPINE,
    DANGER_THROAT,
    DANGER_NECK,
    DANGER_BELLY,
    DANGER_GROIN,
    DANGER_KNEE,
    DANGER_BONE,
    DANGER_KIDNEYS,
    DANGER_LOW_BACK,
    DANGER_FLOOR,
    DANGER_WALL, // or the back of a chair: the legs decide how much weight is on it
    DANGER_UNDER,
    DANGER_STAND,
    DANGER_SIT,
    DANGER_LIE,
    // How much, and how long.
    DANGER_HARD,
    DANGER_WEIGHT,
    DANGER_SCALE, // "out of ten", behind a number
    DANGER_PRESSURE,
    DANGER_SECOND,
    DANGER_MINUTE,
    DANGER_HOUR,
    DANGER_LONG,  // without end
    DANGER_EVERY, // the number that follows is no time that something lasts
    DANGER_FEW,   // stands for a number
    DANGER_NUMBER,
    // Breath, and what is dangerous by itself.
    DANGER_BREATH,
    DANGER_INHALE,
    DANGER_EXHALE,
    DANGER_FAST,
    DANGER_HOLD,  // might be the breath
    DANGER_COUNT, // counted
    DANGER_BREATH_HELD,
    DANGER_BREATH_FORCED,
    DANGER_PAIN,
    DANGER_PAIN_PERHAPS,
    DANGER_SYMPTOM, // a sign to stop
    DANGER_GO_ON,   // not to
    DANGER_FORCE,
    DANGER_FORCE_PERHAPS,
    DANGER_RISE,
    DANGER_SUDDEN,
    DANGER_LEAP, // both of them
    DANGER_DRIVE,
    DANGER_CURE,
    DANGER_CLAIM, // of the language's phrases
    DANGER_EYES,
    DANGER_CLOSE,
    DANGER_KINDS,
};

// Whether it is a part of the body; whether it is hard, and presses.
bool danger_is_place(enum danger_kind kind);
bool danger_is_tool(enum danger_kind kind);

struct danger {
    enum danger_kind kind;
    int number;       // DANGER_NUMBER
    struct text hint; // DANGER_CLAIM
    struct wording wording;
    struct danger *next; // in its chain
};

enum { DANGER_CHAINS = 256 };

struct dangers {
    struct danger *chains[DANGER_CHAINS]; // by their first letter
};

// Parse `data`, which must live as long as `arena`, where the phrases will be. Every fault goes to
// `list`. STATUS_NO_MEMORY.
enum status dangers_parse(struct dangers *dangers, struct arena *arena, struct text data,
                          struct diagnostics *list);

// Let the numbers of the language be found, too, and the claims among its phrases.
// STATUS_NO_MEMORY.
enum status dangers_add_numbers(struct dangers *dangers, struct arena *arena,
                                const struct words *words);
enum status dangers_add_claims(struct dangers *dangers, struct arena *arena,
                               const struct style_rules *phrases);

// What was found at one word: of each kind the longest phrase.
struct danger_found {
    size_t ends[DANGER_KINDS]; // 0: not found
    size_t longest;            // of them all
    size_t whole; // the longest that no words may lie in, of kinds that are more than grammar
    const struct danger *number, *claim; // NULL: not found
};

// Look for phrases that begin with the word at `offset` of `said`.
void dangers_search(const struct dangers *dangers, struct text said, size_t offset,
                    struct danger_found *found);

#endif
