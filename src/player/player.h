// SPDX-License-Identifier: GPL-3.0-or-later
// A live session: one thread renders into the speaker's ring, the main thread runs keys, signals,
// status lines and the watch over the device.
#ifndef LOOSEN_PLAYER_H
#define LOOSEN_PLAYER_H

#include "script_watch.h"

// Play the opened pipeline to its end, or until the user ends it. The pipeline stays the caller's.
// With a `watch` (NULL: none) it also ends, with a short fade, when the script was saved and can be
// played: watch->line is then where the new version goes on. What cannot be played is told.
// STATUS_OK at the end and after q; STATUS_INTERRUPTED after a signal; STATUS_NO_DEVICE when there
// is nothing to play on.
enum status player_run(struct pipeline *pipeline, struct script_watch *watch, struct error *error);

#endif
