// SPDX-License-Identifier: GPL-3.0-or-later
// A session as a tree of boxes, and what in it can be chosen.
#ifndef LOOSEN_OUTLINE_H
#define LOOSEN_OUTLINE_H

#include "box.h"
#include "error.h"
#include "timeline.h"

struct utterances;

enum unit_type {
    UNIT_SHOW,    // a core or extra line or block: in or out
    UNIT_ROUNDS,  // rounds of a @repeat
    UNIT_BREATHS, // breaths of a @breathe
    UNIT_TOUCH,   // breaths of a touch or a movement
};

// One choice. It acts on every box made from its node: one, or one a round.
struct unit {
    enum unit_type type;
    const struct node *node;
    int section;
    enum level level;   // of UNIT_SHOW: its own, or that of a block around it when that is higher
    struct box **boxes; // UNIT_ROUNDS: the groups whose children are the rounds
    size_t box_count;
    int value;       // 0 or 1, rounds, breaths: as the boxes are now
    int least, most; // of value
    int natural;     // what it gets before anything further is said: breaths of a bout or a touch
    size_t end;      // in script order: the units up to here are this one and those in it
    int top;         // the highest value of any length
    size_t step;     // UNIT_SHOW: its step in the section's chain, from 1; 0: never shown
    bool fixed;      // value is that of a plan which is being re-fitted
    bool barred;     // top is below most, for this reason:
    enum left_reason reason;
};

struct outline {
    struct arena *arena; // everything below; borrowed
    const struct session *session;
    double rate;          // breaths a minute
    int64_t pace;         // one breath at that rate, frames
    struct box *sections; // one group a section
    size_t section_count;
    struct box *tail;   // scene alone at the end; of a sleep session more quiet belongs to it
    struct box **rests; // all of them, in script order
    size_t *rest_ends;  // one a section: the first that is behind it
    size_t rest_count, rest_room;
    struct unit *units; // in script order
    size_t unit_count;
    size_t box_count;
};

// Whether the unit stands in something that is there itself. (Rounds are chosen later than what is
// in them, so they do not count.)
bool outline_stands(const struct unit *unit);

// Set a unit's value, in all its boxes. Linear in the boxes.
void outline_set(const struct outline *outline, struct unit *unit, int value);

#endif
