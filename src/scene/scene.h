// SPDX-License-Identifier: GPL-3.0-or-later
// Ambient scenes: a text recipe (audio/NAME.scene) of layers (noise, drops, tones) that swell with
// the breath, and the generator that renders it. Everything is a function of recipe, seed and
// swell, so that the same inputs give the same samples.
#ifndef LOOSEN_SCENE_H
#define LOOSEN_SCENE_H

#include "duration.h"
#include "error.h"

struct scene_recipe; // parsed recipe; see recipe.h
struct scene;        // one running generator

// Render `frames` stereo frames of the recipe held at mid-swell, where every layer has its written
// level: what its loudness is measured on. A layer of "level 0 dB" has -20 dBFS RMS a channel
// before its filters; for drops this is the loudest one's crest.
enum status scene_recipe_sample(const struct scene_recipe *recipe, float *stereo, size_t frames,
                                struct error *error);

// A generator from `seed`. All memory is taken here. The recipe may be freed afterwards, unless it
// has recordings: these are borrowed. STATUS_BAD_ARGUMENT: a recording is missing.
enum status scene_new(struct scene **scene, const struct scene_recipe *recipe, uint64_t seed,
                      struct error *error);
void scene_free(struct scene *scene);

enum { SCENE_QUANTUM = 128 }; // frames; control values are ramped over one quantum

// The swell that drives a quantum, at its end (ramped from the last one).
struct scene_swell {
    double breath; // position of the paced breath: 0 trough .. 1 crest
    double pacing; // 0 free swell .. 1 paced by the breath: cross-faded, so that nothing jumps
};

// Back to frame 0, with the swell standing at `swell`. Not RT: the layers' past is cleared.
void scene_reset(struct scene *scene, const struct scene_swell *swell);

// What a generator remembers, as plain bytes: scene_save writes scene_state_size of them, and
// scene_restore takes them back into the same scene, which then goes on as it did before. RT.
size_t scene_state_size(const struct scene *scene);
void scene_save(const struct scene *scene, void *state);
void scene_restore(struct scene *scene, const void *state);

// RT. Render exactly SCENE_QUANTUM stereo frames, interleaved; a gain goes from gains[0] to
// gains[1], of which 1 is the recipe's own loudness. The free swell (9-13 s at random, 3 dB) runs
// inside, from the seed.
void scene_process(struct scene *scene, const struct scene_swell *swell, const double gains[2],
                   float *stereo);

#endif
