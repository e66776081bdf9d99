// SPDX-License-Identifier: GPL-3.0-or-later
// The rest of a session from a place on, as a timeline of its own.
#ifndef LOOSEN_EXCERPT_H
#define LOOSEN_EXCERPT_H

#include "error.h"
#include "timeline.h"

// Fill `excerpt` with what `whole` has from `frame` on (a place of entry.h), behind the scene alone
// and, unless they were `heard` already, the lines before that nobody may miss: the safety notices
// and what tags of light breath say. Everything keeps its length and its distances; the plan can be
// fitted again as before. A touch or a movement under way begins with the entry. STATUS_NO_MEMORY.
// Free with timeline_free; `whole` stays the caller's and may go.
enum status excerpt_build(struct timeline *excerpt, const struct timeline *whole, int64_t frame,
                          bool heard, struct error *error);

#endif
