// SPDX-License-Identifier: GPL-3.0-or-later
// What bodies may be asked: regions, tools, surfaces, forbidden pairs, ceilings and budgets, as one
// table. Facts of safety, not of taste: nothing here can be switched off.
#ifndef LOOSEN_BODY_H
#define LOOSEN_BODY_H

#include "cursor.h"

enum {
    BODY_PRESSURE_MOST = 6, // of 10: "firm, and the face stays soft"
    BODY_ROUNDS_MOST = 2,   // pressing one region, a side and session
};

#define BODY_SPOT_MOST ((int64_t)90 * FRAME_RATE) // one spot
// One breath at the slowest pace that a listener may choose, 4.5 a minute; so many fit on one spot.
#define BODY_SLOWEST_BREATH ((int64_t)60 * FRAME_RATE * 2 / 9)
#define BODY_SPOT_BREATHS ((int)(BODY_SPOT_MOST / BODY_SLOWEST_BREATH))
#define BODY_BUDGET_MOST ((int64_t)6 * 60 * FRAME_RATE) // pressure a side and session

// True for tools that press into one spot (ball, knuckles ...) and so count towards the budget;
// false for flat, resting hands and for what the table does not know.
bool body_tool_presses(struct text tool);

// The longest that a @contact may take, at any pace of the breath. The planner gives one that is
// counted in breaths no more of them than fit on one spot.
int64_t body_contact_most(const struct node *contact);

enum body_list { BODY_REGION, BODY_TOOL, BODY_SURFACE };

bool body_knows(struct text word, enum body_list list);

// Report that the list does not hold what is written, with what was probably meant.
void body_unknown(const struct cursor *cursor, struct text words, enum body_list list);

// The words of a @contact as they stand in the cursor's line.
struct body_words {
    struct text region, tool, surface; // surface empty when not written
    struct text pressure, duration;
};

// Judge the contact by the table; every fault is reported at its word.
void body_check(const struct node *contact, const struct body_words *words,
                const struct cursor *cursor);

#endif
