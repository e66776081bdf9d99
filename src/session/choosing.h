// SPDX-License-Identifier: GPL-3.0-or-later
// By what listeners choose a session: what they come for, where, how much work and how much talk.
#ifndef LOOSEN_CHOOSING_H
#define LOOSEN_CHOOSING_H

// What somebody comes for, in the order in which lists show it.
enum need {
    NEED_MASSAGE,
    NEED_MOVE,
    NEED_REST,
    NEED_SLEEP,
    NEED_UNDERSTAND,
    NEED_OTHER, // also where the header does not say
    NEED_COUNT,
};

// What a session asks of the body: nothing; small movements, or hands at work; more, such as
// leaning while standing, or getting down to the floor and up again.
enum effort { EFFORT_UNKNOWN, EFFORT_NONE, EFFORT_LITTLE, EFFORT_SOME, EFFORT_COUNT };

enum place_kind {
    PLACE_ANY,
    PLACE_CHAIR,
    PLACE_STANDING,
    PLACE_FLOOR,
    PLACE_LYING,
    PLACE_SIDE_LYING,
    PLACE_BED,
    PLACE_COUNT,
};

// How much of the time the voice speaks.
enum talk { TALK_LITTLE, TALK_SOME, TALK_MUCH, TALK_COUNT };

// As headers name them; effort_names[EFFORT_UNKNOWN] is "".
extern const char *const need_names[NEED_COUNT];
extern const char *const effort_names[EFFORT_COUNT];
extern const char *const place_names[PLACE_COUNT];

#endif
