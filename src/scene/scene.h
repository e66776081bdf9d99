// Ambient scenes: a text recipe (audio/NAME.scene) of noise layers that swell with the breath, and
// the generator that renders it. Everything is a function of recipe, seed and swell, so that the
// same inputs give the same samples.
#ifndef LOOSEN_SCENE_H
#define LOOSEN_SCENE_H

#include "diagnostic.h"
#include "duration.h"
#include "error.h"

struct scene_recipe; // parsed recipe; see recipe.h
struct scene;        // one running generator

// Parse a recipe; faults go to `list` as in session_parse. *recipe is owned by the caller.
enum status scene_recipe_parse(struct scene_recipe **recipe, struct text data,
                               struct diagnostics *list, struct error *error);
enum status scene_recipe_load(struct scene_recipe **recipe, const char *path,
                              struct diagnostics *list, struct error *error);
void scene_recipe_free(struct scene_recipe *recipe);

// A generator from `seed`. All memory is taken here.
enum status scene_new(struct scene **scene, const struct scene_recipe *recipe, uint64_t seed,
                      struct error *error);
void scene_free(struct scene *scene);

enum { SCENE_QUANTUM = 64 }; // frames; control values are ramped over one quantum

// The swell that drives a quantum: 0 trough .. 1 crest, at its end (ramped from the last one).
struct scene_swell {
    float breath;  // position of the paced breath, 0 when none is paced
    float pacing;  // 0 free swell .. 1 paced by the breath: cross-faded, so that nothing jumps
};

// RT. Render exactly SCENE_QUANTUM stereo frames, interleaved, at the recipe's own loudness.
// The free swell (9-13 s at random, 3 dB) runs inside, from the seed.
void scene_process(struct scene *scene, const struct scene_swell *swell, float *stereo);

#endif
