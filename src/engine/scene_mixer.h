// SPDX-License-Identifier: GPL-3.0-or-later
// The scenes of a session: which of them sounds when, and the cross-fades from one to the next. All
// are made beforehand; one that is changed to begins at its own frame 0, so that the change sounds
// the same wherever in the session it comes.
//
// A cross-fade keeps the power of two independent sounds constant: the gains are cosine and sine of
// an angle that grows evenly: where only one of them has sound, it goes by at most 4 dB a second
// while it is within 10 dB of its level. Both scenes are equally loud, so the level stays within
// what their own swells do.
#ifndef LOOSEN_SCENE_MIXER_H
#define LOOSEN_SCENE_MIXER_H

#include "arena.h"
#include "engine_config.h"
#include "error.h"
#include "scene.h"
#include "timeline.h"

#define SCENE_MIXER_FADE_FRAMES ((int64_t)10 * FRAME_RATE)

// From one scene to another.
struct scene_mixer_change {
    int64_t start_frame; // of a quantum
    size_t to;           // index of the scene
};

struct scene_mixer_part {
    struct scene *scene; // owned
    struct text name;    // in the scene mixer's arena
    double gain;         // calibration
};

struct scene_mixer {
    struct arena arena;
    struct scene_mixer_part *parts; // in the arena
    size_t count;                   // 0: nothing sounds
    size_t now;                     // sounds, or fades out
    size_t next;                    // fades in; same as `now`: none does
    int64_t fade_start;
    struct scene_mixer_change *changes; // in the arena given to scene_mixer_build
    size_t change_count;
    size_t change_at; // first that has not begun
};

// The first scene is the one to begin with. STATUS_NO_MEMORY leaves nothing behind.
enum status scene_mixer_init(struct scene_mixer *mixer, const struct engine_config *config,
                             struct error *error);
void scene_mixer_deinit(struct scene_mixer *mixer);

// Take the timeline's changes after `frame`; names that are not among the scenes are passed over.
// STATUS_NO_MEMORY. When the last change before `frame` is to another scene than the one
// that sounds or fades in, it is made up for as soon as it can begin.
enum status scene_mixer_build(struct scene_mixer *mixer, struct arena *arena,
                              const struct timeline *timeline, int64_t frame, struct error *error);

// Back to frame 0.
void scene_mixer_reset(struct scene_mixer *mixer, const struct scene_swell *swell);

// Forget which changes have begun, and find out anew at `frame`: after scene_mixer_build or
// scene_mixer_restore.
void scene_mixer_catch_up(struct scene_mixer *mixer, int64_t frame);

// What scene_mixer_save writes, bytes: which scenes sound, and their states. scene_mixer_restore
// takes it back into the same scene mixer.
size_t scene_mixer_state_size(const struct scene_mixer *mixer);
void scene_mixer_save(const struct scene_mixer *mixer, void *state);
void scene_mixer_restore(struct scene_mixer *mixer, const void *state);

// RT. Write the quantum from `frame` on, calibrated, as interleaved stereo; its gain goes from
// gains[0] to gains[1], and `swell` is that at its end. Quanta follow each other.
void scene_mixer_render(struct scene_mixer *mixer, int64_t frame, const struct scene_swell *swell,
                        const double gains[2], float *stereo);

#endif
