// SPDX-License-Identifier: GPL-3.0-or-later
// A shipped session, spoken by its default voice once and planned at any length: what the content
// tests look at. Whatever goes wrong fails the running test.
#ifndef LOOSEN_TEST_REHEARSAL_H
#define LOOSEN_TEST_REHEARSAL_H

#include "plan.h"
#include "reader.h"
#include "utterances.h"

#define MINUTE ((int64_t)60 * FRAME_RATE)

struct rehearsal {
    struct reader *reader; // borrowed
    struct session session;
    struct utterances utterances; // of the newest plan
    int64_t *clip_frames;         // of the newest plan
    struct timeline timeline;     // of the newest plan
    bool planned;
};

enum { SHIPPED_MAX = 100, SHIPPED_NAME_MAX = 64 };

// All scripts/LANG/*.session as "LANG/ID", sorted.
struct shipped {
    char name[SHIPPED_MAX][SHIPPED_NAME_MAX];
    size_t count; // > 0
};

void shipped_find(struct shipped *shipped);

void rehearsal_open(struct rehearsal *rehearsal, struct reader *reader, const char *name);
void rehearsal_plan(struct rehearsal *rehearsal, int minutes); // replaces the plan before
void rehearsal_close(struct rehearsal *rehearsal);

// The shortest, natural and longest length in whole minutes.
int rehearsal_least(const struct rehearsal *rehearsal);
int rehearsal_natural(const struct rehearsal *rehearsal);
int rehearsal_most(const struct rehearsal *rehearsal);

// The speech event that speaks `line` at or after `from`, or NULL.
const struct event *rehearsal_find(const struct rehearsal *rehearsal, const struct node *line,
                                   const struct event *from);

// The first speech event of the newest plan at or after `from` (frames) whose line carries the tag,
// or NULL.
const struct event *rehearsal_find_tagged(const struct rehearsal *rehearsal, const char *tag,
                                          int64_t from);

// True when a line spoken in the newest plan carries the tag.
bool rehearsal_conveys(const struct rehearsal *rehearsal, const char *tag);

#endif
