// SPDX-License-Identifier: GPL-3.0-or-later
// What is neither voice nor scene: the breath tone, which rises and falls with a paced breath where
// no scene does, and chimes. Levels are relative to a bed of ENGINE_SCENE_LUFS.
#ifndef LOOSEN_CUE_H
#define LOOSEN_CUE_H

#include "arena.h"
#include "error.h"
#include "scene.h"
#include "timeline.h"

struct chime {
    int64_t start_frame;
    int64_t frames;
    double gain; // of its crest
};

struct cue {
    struct chime *chimes; // in the arena
    size_t chime_count;
    size_t chime_at;   // first that may not have ended
    double tone_gain;  // 0: no breath tone
    double tone_turns; // phase of the breath tone
    double tone_step;  // turns a frame at the last quantum's end
    double tone_now;   // gain at the last quantum's end
    double bed_now;    // likewise
};

// What the breath tone adds to the mix's movement.
#define CUE_TONE_BREATH_DB 7.0

// `tone_db`: the breath tone's level around the bed's, -HUGE_VAL for none.
void cue_init(struct cue *cue, double tone_db);

// Place the timeline's chimes. STATUS_NO_MEMORY.
enum status cue_build(struct cue *cue, struct arena *arena, const struct timeline *timeline,
                      struct error *error);

// Back to frame 0, with the bed at `bed_gain`.
void cue_reset(struct cue *cue, double bed_gain);

// Back to where the tone stood in `then`, an earlier copy; the chimes stay those of the timeline.
void cue_restore(struct cue *cue, const struct cue *then);

// RT. Add SCENE_QUANTUM frames from `frame` on to both channels of `stems`; `bed_gain` and `swell`
// are those at the quantum's end.
void cue_render(struct cue *cue, int64_t frame, double bed_gain, const struct scene_swell *swell,
                float *stems, size_t stride);

#endif
