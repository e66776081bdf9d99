// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit that goes on elsewhere: with the next step, or with one that was.
#ifndef LOOSEN_REFIT_MOVE_H
#define LOOSEN_REFIT_MOVE_H

#include "refit_cut.h"

// Choose where PLAN_NEXT or PLAN_PREVIOUS lead, and note what was passed. STATUS_BAD_ARGUMENT: only
// the end follows; STATUS_NO_MEMORY.
enum status refit_move_choose(struct refit *refit, struct error *error);

#endif
