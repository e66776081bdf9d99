// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which a text is recognised as a touch or a movement that is timed, read from
// scripts/LANG/touch: "KIND: PHRASE, PHRASE ..." lines, and "say KEY: WORDS" lines with what a
// script that is made of the text says besides.
#ifndef LOOSEN_TOUCH_WORDS_H
#define LOOSEN_TOUCH_WORDS_H

#include "arena.h"
#include "diagnostic.h"
#include "node.h"
#include "status.h"
#include "wording.h"

enum touch_kind {
    TOUCH_REGION,    // its name is that of a @contact, or "back": which one was said before
    TOUCH_TOOL,      // likewise
    TOUCH_SURFACE,   // likewise
    TOUCH_MOVE,      // its name is that of a @move
    TOUCH_LEFT,      // forms of "left"; those of "right" stand in the same order
    TOUCH_RIGHT,     //
    TOUCH_ONE,       // one side, and not which
    TOUCH_BOTH,      // "each side"
    TOUCH_OTHER,     // "repeat on the other side"
    TOUCH_ALTERNATE, // one repetition goes to both sides
    TOUCH_SPOTS,     // "each spot": how many there are is not said
    TOUCH_BREATHS,   // behind a number
    TOUCH_TIMES,     // likewise: repetitions; its name is a number in "times 2: twice"
    TOUCH_RATE,      // "a day": the number before it is no number of repetitions
    TOUCH_SECONDS,   // "seconds 30: half a minute"
    TOUCH_NUMBER,    // "number 1: a, an"
    TOUCH_TO,        // between two numbers
    TOUCH_SCALE,     // "out of", before ten
    TOUCH_MOST,      // the number behind it is the greatest
    TOUCH_RELEASE,   // lets go
    TOUCH_OPTIONAL,  // what follows may be left out
    TOUCH_ELSE,      // means none of these, though a word of it sounds so
    TOUCH_ONLY,      // says nothing beside a time, a number or a side
    TOUCH_KINDS,
};

// What a script says, or holds, besides.
enum touch_say {
    SAY_FIRST,       // which side begins; with {side}
    SAY_SECOND,      // which one follows
    SAY_CONTACT_END, // a touch is over
    SAY_MOVE_END,    // a movement is
    SAY_AGAIN,       // a further round begins
    SAY_AFTERWARDS,  // the name of the last section
    SAY_REST,        // its first line
    SAY_SECONDS,     // behind a number
    SAY_MINUTE,      // behind one
    SAY_MINUTES,     //
    SAY_TO,          // between two numbers
    SAY_TIMES,       // behind a number, where the text has only a sign
    SAY_OF_TEN,      // behind a number
    SAY_BALL,        // what to have ready
    SAY_ROLLER,      //
    SAY_TOWEL,       //
    SAY_WALL,        //
    SAY_CHAIR,       //
    SAY_MAT,         //
    SAY_COUNT,
};

struct touch_word {
    enum touch_kind kind;
    struct text name;   // of a region, tool, surface or movement
    int value;          // TOUCH_TIMES, TOUCH_SECONDS, TOUCH_NUMBER: of the name; else 0
    int order;          // TOUCH_LEFT, TOUCH_RIGHT: place in the list, counted from 0
    struct place place; // of the name in the file
    struct wording wording;
    struct touch_word *next; // in its chain
};

enum { TOUCH_CHAINS = 128, TOUCH_SIDE_FORMS_MAX = 24 };

struct touch_words {
    struct touch_word *chains[TOUCH_CHAINS];             // by their first letter
    struct text forms[SIDE_COUNT][TOUCH_SIDE_FORMS_MAX]; // of "left" and "right"
    int form_count[SIDE_COUNT];
    struct text say[SAY_COUNT];
};

// Parse `data`, which must live as long as `arena`, where the words will be. Every fault goes to
// `list`; that names are known is checked elsewhere (touch_check.h). STATUS_NO_MEMORY.
enum status touch_words_parse(struct touch_words *words, struct arena *arena, struct text data,
                              struct diagnostics *list);

// Of each kind the longest phrase that begins with the word at `offset` of `said`.
struct touch_found {
    const struct touch_word *words[TOUCH_KINDS]; // NULL: none
    size_t ends[TOUCH_KINDS];                    // 0: none
};

void touch_words_search(const struct touch_words *words, struct text said, size_t offset,
                        struct touch_found *found);

#endif
