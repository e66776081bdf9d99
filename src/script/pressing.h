// SPDX-License-Identifier: GPL-3.0-or-later
// How much a session presses: the time a side at the longest, and the rounds of each region.
#ifndef LOOSEN_PRESSING_H
#define LOOSEN_PRESSING_H

#include "diagnostic.h"
#include "node.h"

enum { PRESSING_REGIONS_MAX = 32 };

struct pressing {
    int64_t frames; // a side, at the longest
    bool told;      // that it is too long
    struct {
        struct text name;
        int64_t rounds;
    } regions[PRESSING_REGIONS_MAX]; // pressed so far
    size_t region_count;
};

// Count a @contact that comes `rounds` times at most, and report when the session now presses
// longer or more often than it may.
void pressing_add(struct pressing *pressing, const struct node *contact, int64_t rounds,
                  struct diagnostics *list);

#endif
