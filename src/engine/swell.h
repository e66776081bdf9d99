// SPDX-License-Identifier: GPL-3.0-or-later
// How the scene moves with the breath over a session: paced in bouts, and less deep while a breath
// accompanies a touch or a movement; free between them. And what that leaves to the bed's own
// slopes.
#ifndef LOOSEN_SWELL_H
#define LOOSEN_SWELL_H

#include "bed_gain.h"
#include "envelope.h"
#include "error.h"
#include "scene.h"
#include "scene_recipe.h"
#include "timeline.h"

#define SWELL_SLOPE_DB 6.0                          // bound of bed and swell together, a second
#define SWELL_BED_SLOPE_DB 4.5                      // bound of the bed, a second
#define SWELL_PACE_FRAMES ((int64_t)6 * FRAME_RATE) // free swell to paced one, and back

// Breaths without a break, from the first phase to the last: a bout, or those of a touch.
struct swell_stretch {
    int64_t start_frame, end_frame;
    size_t first, last; // phases, counted over the session
    double depth;       // of the swell
};

struct swell {
    struct envelope breath;          // 0 trough .. 1 crest of a bout
    struct envelope pacing;          // 0 free .. 1 paced
    struct swell_stretch *stretches; // ascending
    size_t stretch_count;
    struct bed_gain_slope *slopes; // of the bed: sorted
    size_t slope_count;
};

// STATUS_NO_MEMORY. The envelopes lie in `kept`, the rest in `scratch`. The swell grows
// during the first breath of a touch and goes during its last; it turns at the exact frames of the
// phases.
enum status swell_build(struct swell *swell, struct arena *kept, struct arena *scratch,
                        const struct timeline *timeline, const struct scene_movement *movement,
                        struct error *error);

// How steep the bed may be, in dB a second, beside a swell of `swell_db` a second.
double swell_bed_slope_db(double swell_db);

#endif
