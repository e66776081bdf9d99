// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit that goes on where the session is: the last line again, or more of what there is.
#ifndef LOOSEN_REFIT_STAY_H
#define LOOSEN_REFIT_STAY_H

#include "refit_cut.h"

// Note what PLAN_AGAIN or PLAN_MORE want. STATUS_BAD_ARGUMENT: it cannot be had here, with the
// reason; STATUS_NO_MEMORY.
enum status refit_stay_choose(struct refit *refit, struct error *error);

#endif
