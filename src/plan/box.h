// SPDX-License-Identifier: GPL-3.0-or-later
// The boxes of a plan: one for everything that takes time, each with a least, natural and most
// length that follow at once when a box is switched on or off or changes its own length.
//
// Boxes of a @sides block stand for both passes at the same time. What a contact or movement takes
// is one length for both passes (`joint`), so that both sides get exactly the same; all else
// (`slack`) is counted for each pass. Outside @sides everything belongs to pass 0.
#ifndef LOOSEN_BOX_H
#define LOOSEN_BOX_H

#include "session_limits.h"
#include "session_model.h"

struct bout_stretch; // see choice.c
struct unit;         // see outline.h

struct span {
    int64_t least, natural, most; // frames
};

enum { PASS_COUNT = 2 };

// What a box asks of the box around it.
struct extent {
    struct span slack[PASS_COUNT];
    struct span joint;
    int64_t
        pressure[PASS_COUNT];  // most contact: of each pass, outside @sides left and right, frames
    int64_t events;            // timeline events at most
    int64_t marks[PASS_COUNT]; // lines that begin with a phase of the breath around them
    int too_long;              // timed blocks whose contents do not fit, not at their least
    int tight;                 // likewise at their natural length
};

enum box_type {
    BOX_GROUP,  // a section, a round, a notice: its children in a row
    BOX_LINE,   // a clip and the silence behind it
    BOX_QUIET,  // a pause or unpaced breathing
    BOX_REST,   // quiet that may hold presence lines
    BOX_BREATH, // whole breaths
    BOX_MARK,   // scene, chime
    BOX_TIMED,  // contact, move
    BOX_SIDES,  // its children, once per side
};

// What is known of the time before a re-fit, for one pass of a box. Of a box that holds others it
// is the time in it behind the last of them: quiet that they could not take. A first plan has none
// of it.
struct stay {
    bool placed;    // by the layout, and where:
    int64_t start;  // frames
    int64_t frames; // likewise, of this layout alone
    int64_t spent;  // in the layouts before, in all visits
    int64_t visit;  // of that in the visit that goes on; 0: the next begins anew
    int64_t fixed;  // what the listener set: length of a visit, of a timed block in all; 0: nothing
    int64_t again;  // of the visit: for what is said again
    int64_t ahead;  // of `again`, what lies behind the re-fit
    int more;       // BOX_BREATH: breaths that the listener added
    int said;       // breaths, presence lines, or the line itself, in the visit that goes on
    bool over;      // nothing more of it follows
    bool dropped;   // it was left out, since the first side was left early
};

struct box {
    enum box_type type;
    size_t index;            // in the order of making: the same in every outline of a session
    const struct node *node; // NULL for lead, tail, settling
    struct box *parent, *next, *first, *last;
    bool on;
    const struct unit *shown_by; // the choice that switches it on; NULL: always on
    bool paired;                 // inside @sides: has two passes
    struct span own[PASS_COUNT]; // of a leaf
    int64_t clip[PASS_COUNT];    // BOX_LINE: the speech in own; 0: not said in this pass
    int breaths;                 // BOX_BREATH, BOX_TIMED
    int64_t pace;                // BOX_TIMED: what a line may have to wait for its phase, frames
    struct unit *touch;          // BOX_TIMED: how many breaths it lasts
    int accompanied;             // BOX_TIMED: breaths that accompany its first pass; -1: not known
    int presence;                // BOX_REST: presence lines to place in it
    int64_t widened;             // BOX_REST: at least so long, to part two bouts; frames
    size_t widen_step;           // BOX_REST: steps of its section's chain that do so; 0: none
    struct bout_stretch *stretch[PASS_COUNT]; // BOX_BREATH: the paced time it counts towards
    struct extent inner;                      // sum of the children that are on
    struct extent outer;                      // what this one asks for when it is on
    int64_t frames[PASS_COUNT]; // assigned by glue_spread; of BOX_TIMED its length, in both
    struct stay stay[PASS_COUNT];
};

// The passes of one @sides block may differ by this much, where the lines of one pass take longer
// than the pauses of the other can make up for. Contact and movement never differ.
#define BOX_PASS_TOLERANCE SESSION_PASS_TOLERANCE

struct span span_add(struct span a, struct span b);

// Hang `child` behind the other children; nothing is measured.
void box_append(struct box *parent, struct box *child);

// Measure a whole tree from its leaves, after it was put together.
void box_measure(struct box *box);

// Switch, and bring every box above up to date.
void box_switch(struct box *box, bool on);

// Give a leaf another length of its own in each pass (in pass 0 alone when it is not paired), or a
// timed block its length.
void box_resize(struct box *box, struct span own);

// The time before a re-fit in one pass of a box, with all that is in it (BOX_SIDES: of both
// passes).
int64_t box_spent(const struct box *box, int pass);

// Whether it lies in a timed block.
bool box_is_timed(const struct box *box);

// What the lines of a timed block may have to wait for their phases, frames.
int64_t box_waits(const struct box *box);

// Time that a box takes in a pass beyond what it took before, with all that is in it, frames.
int64_t box_laid(const struct box *box, int pass);

// Least, natural and most length of a section's box.
struct span box_span(const struct box *section);

// The slack of the two passes of @sides, drawn together as far as each can. Once a pass is under
// way, what was said again there does not lengthen the other.
void box_level_passes(struct span passes[PASS_COUNT], const struct box *sides);

#endif
