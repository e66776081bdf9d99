// SPDX-License-Identifier: GPL-3.0-or-later
// A step of a text becomes blocks of a script: sides, rounds, the touch or movement itself, and
// what is said before, in and behind it.
#ifndef LOOSEN_IMPORT_BLOCK_H
#define LOOSEN_IMPORT_BLOCK_H

#include "import_lines.h"

// Add the blocks of the step. `ended`: what follows in the text says that it is over.
void import_block_make(struct import_state *state, struct import_list *list,
                       const struct touch_step *step, const struct touch_source *source,
                       bool ended);

#endif
