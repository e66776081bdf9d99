// SPDX-License-Identifier: GPL-3.0-or-later
// The time that a touch, a movement or breaths are said to take, where they stay lines.
#ifndef LOOSEN_IMPORT_QUIET_H
#define LOOSEN_IMPORT_QUIET_H

#include "touch_model.h"

// Seconds of quiet for what these sentences ask; 0: they name no time, or none that is clear.
int import_quiet_seconds(const struct touch_sentence *sentences, size_t count);

#endif
