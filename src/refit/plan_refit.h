// SPDX-License-Identifier: GPL-3.0-or-later
// Fits the rest of a session again while it plays.
#ifndef LOOSEN_PLAN_REFIT_H
#define LOOSEN_PLAN_REFIT_H

#include "error.h"
#include "plan_refit_config.h"

// Fit the rest of the session again after a request. STATUS_OK: *timeline, to be freed with
// timeline_free, is as the present one for all that begins before now_frame (a clip or block under
// way there may end early), and has the length that was chosen exactly, or a longer one: with flex,
// or where what follows PLAN_NEXT is at its shortest. Where what follows PLAN_NEXT cannot fill the
// time that this frees, with lines that fill long rests, the session ends earlier, by
// few whole seconds (one that ends in sleep has more quiet at its end instead); what is asked for
// later may use that time again. STATUS_BAD_ARGUMENT: it cannot be done; the error's text is one
// plain sentence for the listener, and nothing has changed. STATUS_NO_MEMORY.
//
// What holds of every plan holds of what was done and what follows together, but for what the
// listener left or repeated: a touch that is left early is as short on the second side; a longer
// one is as long there; both within the limits of the place. Lines that every session says are
// dropped only with the touch, movement or breath that was left. Waits for the voice stay within
// the bound of the session's length or as they were, but for quiet that the listener asked for.
enum status plan_refit(struct timeline *timeline, const struct plan_refit_config *config,
                       struct error *error);

#endif
