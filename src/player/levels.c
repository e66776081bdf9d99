// SPDX-License-Identifier: GPL-3.0-or-later
// A key moves one target by one step, and the audio callback follows.
#include "levels.h"

#include <math.h>

enum { VOICE = 0 };

static const float off_db = -60.0f; // the master's silence

static void give(const struct levels *levels, struct master_controls *controls)
{
    for (int stem = 0; stem < MASTER_STEMS; stem++) {
        bool off = stem == VOICE && levels->voice_off;
        atomic_store(&controls->stem_db[stem], off ? off_db : (float)levels->db[stem]);
    }
}

void levels_init(struct levels *levels, const double db[MASTER_STEMS],
                 struct master_controls *controls)
{
    *levels = (struct levels){.voice_off = false};
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        levels->db[stem] = db[stem];
    give(levels, controls);
}

bool levels_step(struct levels *levels, int stem, int direction, struct master_controls *controls)
{
    double *db = &levels->db[stem];
    bool back = stem == VOICE && levels->voice_off;
    bool room = direction > 0 ? *db < LEVELS_MOST_DB : *db > LEVELS_LEAST_DB;
    if (back)
        levels->voice_off = false;
    if (room && direction > 0)
        *db = fmin(fmax(*db + LEVELS_STEP_DB, LEVELS_LEAST_DB), LEVELS_MOST_DB);
    else if (room)
        *db = fmax(*db - LEVELS_STEP_DB, LEVELS_LEAST_DB);
    give(levels, controls);
    return room || back;
}

void levels_toggle_voice(struct levels *levels, struct master_controls *controls)
{
    levels->voice_off = !levels->voice_off;
    give(levels, controls);
}
