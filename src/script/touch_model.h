// SPDX-License-Identifier: GPL-3.0-or-later
// A step of a text that may be a timed touch or movement: its sentences, and what they say. Plain
// data.
#ifndef LOOSEN_TOUCH_MODEL_H
#define LOOSEN_TOUCH_MODEL_H

#include "mentions.h"

struct touch_sentence {
    struct text text;
    const struct node *line; // from which it comes; NULL: a heading
    struct mentions *mentions;
};

// A few sentences that belong together, and what surrounds them.
struct touch_source {
    const struct touch_sentence *sentences;
    size_t count;
    const struct touch_sentence *heading; // NULL: none
    struct text back;                     // the part of the back that was named last; empty: none
    int pause_least, pause_most; // seconds of quiet that the text asks for behind it; 0: none
};

enum touch_step_kind { TOUCH_STEP_NOTHING, TOUCH_STEP_CONTACT, TOUCH_STEP_MOVE };

enum touch_step_sides {
    TOUCH_STEP_SIDES_NONE,  // both at once, or no side is said
    TOUCH_STEP_SIDES_TURN,  // from side to side with each repetition
    TOUCH_STEP_SIDES_NAMED, // both, one after the other; the text says which comes first
    TOUCH_STEP_SIDES_BOTH,  // likewise; it does not say which
};

#define TOUCH_STEP_NO_SENTENCE ((size_t)-1)

struct touch_step {
    enum touch_step_kind kind;
    struct text region, tool, surface; // TOUCH_STEP_CONTACT
    struct text move;                  // TOUCH_STEP_MOVE
    int pressure_least, pressure_most; // of 10; 0: not said
    bool counted;                      // in breaths, not seconds
    int least, most;
    int rounds;         // 1, or more of the same with a break between
    bool region_before; // the sentence before the subject names the region
    bool from_pause;    // the time is that of the quiet behind it
    bool repetitions;   // the time is that of slow repetitions
    bool sides_guessed; // the text says no side, and the tool reaches only one
    enum touch_step_sides sides;
    enum side first;     // TOUCH_STEP_SIDES_NAMED
    size_t begin;        // the first sentence that says something of it
    size_t subject;      // that names it; TOUCH_STEP_NO_SENTENCE: the heading does
    size_t other;        // that asks for the other side; or TOUCH_STEP_NO_SENTENCE
    size_t end;          // behind the last one that says something of it
    const char *refusal; // why it is no touch or movement of a script, though it looks like one
};

#endif
