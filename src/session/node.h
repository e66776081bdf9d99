// SPDX-License-Identifier: GPL-3.0-or-later
// What a script is made of: lines, pauses, touch, breath, blocks, as a tree of nodes. Plain data.
#ifndef LOOSEN_NODE_H
#define LOOSEN_NODE_H

#include "duration.h"
#include "text.h"

struct place {
    int line;   // 1-based
    int column; // 1-based, in characters
};

// How readily a line or block is left out: no mark, "+", "++", "~".
enum level { LEVEL_MUST, LEVEL_CORE, LEVEL_EXTRA, LEVEL_PRESENCE };

// Which pass of @sides a node belongs to: both, or only the first or second ("first:", "second:").
enum pass { PASS_BOTH, PASS_FIRST, PASS_SECOND };

// Whether a node is there only where the breath is led, or only where it is left to itself
// ("paced:", "natural:").
enum breathing { BREATHING_ANY, BREATHING_PACED, BREATHING_NATURAL };

// Where in a breath a line begins that is said in a touch or a movement ("in:", "out:").
enum breath_mark { MARK_ANYWHERE, MARK_IN, MARK_OUT };

enum side { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT, SIDE_COUNT };

enum node_type {
    NODE_LINE,    // one spoken clip
    NODE_PAUSE,   // silence after the node before it, whose marks it has; dropped with it
    NODE_REST,    // quiet time; children: its presence lines, in order
    NODE_BREATHE, // a paced bout of whole breaths
    NODE_CONTACT, // timed touch; children: what is said and waited meanwhile
    NODE_MOVE,    // a timed movement or stretch; children likewise
    NODE_SIDES,   // children once per side
    NODE_REPEAT,  // children in rounds
    NODE_NOTICE,  // the shared notice; children: its lines, copied in by session_load
    NODE_SCENE,   // change of the ambient scene
    NODE_CHIME,   // one soft cue
};

enum pattern_type { PATTERN_RAMP, PATTERN_PACED, PATTERN_SIGH, PATTERN_NATURAL };

// A breath pattern at the script's own pace of 6 breaths a minute; the listener's rate scales paced
// periods and the ramp's end, never the ratio.
struct pattern {
    enum pattern_type type;
    struct text name;   // as written: "ramp", "tide", "4-6"
    int64_t in_frames;  // PATTERN_PACED
    int64_t out_frames; // PATTERN_PACED
    int64_t
        hold_frames; // turn-around after the in-breath, 0..2 s (an explicit IN-HOLD-OUT); else 0
};

// One piece of a spoken line.
enum part_type { PART_LITERAL, PART_LENGTH, PART_LEFT, PART_SIDE, PART_OTHER };

struct part {
    enum part_type type;
    struct text shown;  // PART_LITERAL: for captions
    struct text spoken; // PART_LITERAL: for the voice; the same text unless {shown|spoken}
};

struct range {
    int64_t least; // frames
    int64_t most;  // frames, >= least
};

struct node {
    enum node_type type;
    struct place place; // of the first byte after the level mark
    int end_line;       // of its @end; 0: it has none
    struct text file;   // whose line this is: the script, or the notices file
    enum level level;
    enum pass pass;
    enum breathing breathing;
    struct node *next;     // sibling
    struct node *children; // first child, for REST, CONTACT, MOVE, SIDES, REPEAT, NOTICE
    struct text *tags;     // "G24", "E1": NODE_LINE only
    size_t tag_count;
    union {
        struct {
            struct part *parts;
            size_t part_count;
            size_t index; // 0 .. session.line_count - 1, unique over script and notices
            enum breath_mark mark;
            bool half; // "half:": said only about the middle of the session
            int64_t
                action_frames; // least quiet behind it: what it asks of the body takes this long
        } line;
        struct {
            struct range frames; // "@pause 2s": least and most as the elastic limits around it
            int64_t natural;     // the written duration, or the middle of D..D
            bool ranged;         // written as D..D
        } pause;
        struct {
            struct range frames;
        } rest;
        struct {
            struct pattern pattern;
            bool counted; // limits are breaths, not time; so also for ramp and sigh by default
            struct range frames; // when !counted: D..D, or 0..10 min when nothing is written
            int least_breaths, most_breaths; // when counted
        } breathe;
        struct {
            struct text region, tool, surface; // surface empty when not written
            int pressure_least, pressure_most; // of 10
            bool counted;                      // limits are breaths, not time
            struct range frames; // when counted, what so many breaths take at the pace as written
            int least_breaths, most_breaths; // when counted
        } contact;
        struct {
            struct text name;
            bool counted; // as of contact
            struct range frames;
            int least_breaths, most_breaths;
        } move;
        struct {
            enum side order[2];
        } sides;
        struct {
            int least, most; // rounds
        } repeat;
        struct {
            struct text kind; // pressure, movement, short, breath
        } notice;
        struct {
            struct text name;
        } scene;
    } as;
};

#endif
