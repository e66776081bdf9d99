// SPDX-License-Identifier: GPL-3.0-or-later
// What bodies may be asked: regions, tools, surfaces, forbidden pairs, ceilings and budgets, as one
// table. Facts of safety, not of taste: nothing here can be switched off.
#ifndef LOOSEN_BODY_H
#define LOOSEN_BODY_H

#include "cursor.h"
#include "session_limits.h"

// So many breaths at the slowest pace that a listener may choose fit on one spot.
#define BODY_SPOT_BREATHS ((int)(SESSION_SPOT_MOST / SESSION_BREATH_MOST))

// True for tools that press into one spot (ball, knuckles ...) and so count towards the budget;
// false for flat, resting hands and for what the table does not know.
bool body_tool_presses(struct text tool);

// The longest that a @contact may take, at any pace of the breath. The planner gives one that is
// counted in breaths no more of them than fit on one spot.
int64_t body_contact_most(const struct node *contact);

// Why the region may not be touched with the tool on the surface, as the table says it; NULL: it
// may. All of them are known; the surface may be empty.
const char *body_refuses(struct text region, struct text tool, struct text surface);

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
