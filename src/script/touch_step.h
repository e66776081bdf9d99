// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one step of a text that is a timed touch or movement, as far as its words say it clearly.
#ifndef LOOSEN_TOUCH_STEP_H
#define LOOSEN_TOUCH_STEP_H

#include "touch_model.h"

// Read the step. TOUCH_STEP_NOTHING: it is none, or none that is clear; where it nearly is one,
// `refusal` says why not.
void touch_step_read(struct touch_step *step, const struct touch_source *source);

#endif
