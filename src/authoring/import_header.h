// SPDX-License-Identifier: GPL-3.0-or-later
// What the header of an imported script says besides: notice, position, what to have ready.
#ifndef LOOSEN_IMPORT_HEADER_H
#define LOOSEN_IMPORT_HEADER_H

#include "import_lines.h"

// Fill it in from what the lines clearly say. STATUS_NO_MEMORY.
enum status import_header_fill(struct import_state *state, struct error *error);

#endif
