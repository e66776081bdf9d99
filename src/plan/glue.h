// SPDX-License-Identifier: GPL-3.0-or-later
// Glue: the exact length of every box, once a section's length is known.
#ifndef LOOSEN_GLUE_H
#define LOOSEN_GLUE_H

#include "box.h"

// Share `frames`, between the least and most of the section's box, among all boxes that are on,
// down to the leaves (box.frames). Every length lies within its box's limits, and together they are
// exact.
void glue_spread(struct box *section, int64_t frames);

#endif
