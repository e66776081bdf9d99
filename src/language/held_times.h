// SPDX-License-Identifier: GPL-3.0-or-later
// Times that the lines of a plain text name for what is done: "hold for thirty seconds".
#ifndef LOOSEN_HELD_TIMES_H
#define LOOSEN_HELD_TIMES_H

#include "dangers.h"
#include "session_model.h"

// Let the action_frames of each line be no less than the longest time that it names for something
// that it, or the line before, asks the body to do. Behind actions_mark. False: out of memory.
bool held_times_mark(const struct dangers *dangers, struct session *session);

#endif
