// SPDX-License-Identifier: GPL-3.0-or-later
// The live levels of voice, scene and breath cue.
#ifndef LOOSEN_LEVELS_H
#define LOOSEN_LEVELS_H

#include "master.h"

// By how much a key changes a level, and how far keys go. Above, the limiter would be heard at
// work; --levels may begin beyond both ends.
#define LEVELS_STEP_DB 2.0
#define LEVELS_LEAST_DB (-24.0)
#define LEVELS_MOST_DB 6.0

struct levels {
    double db[MASTER_STEMS];
    bool voice_off;
};

// Begin with `db` (voice, scene, cue), and give them to the master.
void levels_init(struct levels *levels, const double db[MASTER_STEMS],
                 struct master_controls *controls);

// One step louder (direction 1) or quieter (-1). False when it was at that end already. A step of
// the voice brings it back when it was off.
bool levels_step(struct levels *levels, int stem, int direction, struct master_controls *controls);

// Voice off, or back to its level.
void levels_toggle_voice(struct levels *levels, struct master_controls *controls);

#endif
