// SPDX-License-Identifier: GPL-3.0-or-later
// The sessions of one language as a shelf to choose from: by what they are for, in its own words.
#ifndef LOOSEN_SHELF_H
#define LOOSEN_SHELF_H

#include "catalogue.h"

// What to show of each session, and for which length: 0 is any, and then the natural one counts.
struct shelf_config {
    bool whole; // with its summary, and what to know before
    int64_t length_frames;
};

// Add those that fit, under what they are for, the author's own behind them under a heading of
// theirs; nothing where none does.
void shelf_print(struct buffer *out, const struct catalogue *catalogue,
                 const struct shelf_config *config);

// Whether a session can have that length; 0 fits all.
bool shelf_fits(const struct session *session, int64_t length_frames);

// The session with which a newcomer begins, or the first; NULL: there is none.
const struct session *shelf_newcomer(const struct catalogue *catalogue);

#endif
