// SPDX-License-Identifier: GPL-3.0-or-later
// How what lies under the words goes up and down over a session: pauses, breaths, slopes, fades,
// cues.
#ifndef LOOSEN_COURSE_H
#define LOOSEN_COURSE_H

#include "mix.h"

enum { TOUCHES_LEAST = 6 }; // phases in touches whose mean says something

struct course {
    int pauses, breaths, phases; // that were judged
    double pause_db, breath_db;  // above the scene under speech, means; NAN: none
    double wave_db, least_db;    // by which a phase rises or falls: the mean, the least
    int touches;                 // phases in touches, likewise
    double touch_db;             // by which those rise or fall: the mean; NAN: none
    double slope_db;             // the steepest second
    double chime_db;             // the loudest chime over the scene
};

// The lines must have been measured.
struct course course_judge(struct mix *mix);
void course_print(const struct course *course);

#endif
