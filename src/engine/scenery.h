// The scenes of a session: which of them sounds when, and the cross-fades from one to the next. All are
// made beforehand; one that is changed to begins at its own frame 0, so that the change sounds the
// same wherever in the session it comes.
//
// A cross-fade keeps the power of two independent sounds constant: the gains are cosine and sine of an
// angle that grows evenly: where only one of them has sound, it goes by at most 4 dB a second while it
// is within 10 dB of its level. Both scenes are equally loud, so the level stays within what
// their own swells do.
#ifndef LOOSEN_SCENERY_H
#define LOOSEN_SCENERY_H

#include "arena.h"
#include "engine.h"

#define SCENERY_FADE_FRAMES ((int64_t)10 * FRAME_RATE)

// From one scene to another.
struct scenery_change {
    int64_t start_frame; // of a quantum
    size_t to;           // index of the scene
};

struct scenery_part {
    struct scene *scene; // owned
    struct text name;    // in the scenery's arena
    double gain;         // calibration
};

struct scenery {
    struct arena arena;
    struct scenery_part *parts; // in the arena
    size_t count;               // 0: nothing sounds
    size_t now;                 // sounds, or fades out
    size_t next;                // fades in; same as `now`: none does
    int64_t fade_start;
    struct scenery_change *changes; // in the arena given to scenery_build
    size_t change_count;
    size_t change_at; // first that has not begun
};

// The first scene is the one to begin with. STATUS_NO_MEMORY leaves nothing behind.
enum status scenery_init(struct scenery *scenery, const struct engine_config *config,
                         struct error *error);
void scenery_deinit(struct scenery *scenery);

// Take the timeline's changes after `frame`; names that are not among the scenes are passed over.
// False when out of memory. When the last change before `frame` is to another scene than the one that
// sounds or fades in, it is made up for as soon as it can begin.
bool scenery_build(struct scenery *scenery, struct arena *arena, const struct timeline *timeline,
                   int64_t frame);

// Back to frame 0.
void scenery_reset(struct scenery *scenery, const struct scene_swell *swell);

// Forget which changes have begun, and find out anew at `frame`: after scenery_build or
// scenery_restore.
void scenery_catch_up(struct scenery *scenery, int64_t frame);

// What scenery_save writes, bytes: which scenes sound, and their states. scenery_restore takes it back
// into the same scenery.
size_t scenery_state_size(const struct scenery *scenery);
void scenery_save(const struct scenery *scenery, void *state);
void scenery_restore(struct scenery *scenery, const void *state);

// RT. Write the quantum from `frame` on, calibrated, as interleaved stereo; its gain goes from gains[0]
// to gains[1], and `swell` is that at its end. Quanta follow each other.
void scenery_render(struct scenery *scenery, int64_t frame, const struct scene_swell *swell,
                    const double gains[2], float *stereo);

#endif
