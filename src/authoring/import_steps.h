// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a plain session: headings become sections, and what is clearly a timed touch or
// movement becomes a block.
#ifndef LOOSEN_IMPORT_STEPS_H
#define LOOSEN_IMPORT_STEPS_H

#include "import_lines.h"

// Change the sections of state->words.session. `blocks`: also touches and movements are made; else
// lines stay lines. STATUS_NO_MEMORY.
enum status import_steps(struct import_state *state, bool blocks, struct error *error);

#endif
