// SPDX-License-Identifier: GPL-3.0-or-later
// The places at which a laid-out session can be entered: where a line, a touch, a bout of breath or
// a chime begins and nothing else is under way. A place within two sides is entered with the first.
#ifndef LOOSEN_ENTRY_H
#define LOOSEN_ENTRY_H

#include "timeline.h"

// The last such place up to `frame`, or the first of all, as a frame of the timeline. A touch, a
// movement or a bout is entered with the line before it, which says what to do.
int64_t entry_at(const struct timeline *timeline, int64_t frame);

// The first such place of a section (index into session.sections), or of those behind it that take
// part at this length.
int64_t entry_of_section(const struct timeline *timeline, int section);

// The start of the first thing that is said or done at `line` (1-based, of the script) or below;
// -1: there is none. It may lie on the second side, or within a touch.
int64_t entry_of_line(const struct timeline *timeline, int line);

#endif
