// SPDX-License-Identifier: GPL-3.0-or-later
// Ambient scenes: a text recipe (audio/NAME.scene) of layers (noise, drops, tones) that swell with
// the breath, and the generator that renders it. Everything is a function of recipe, seed and
// swell, so that the same inputs give the same samples.
#ifndef LOOSEN_SCENE_H
#define LOOSEN_SCENE_H

#include "diagnostic.h"
#include "duration.h"
#include "error.h"

struct scene_recipe; // parsed recipe; see recipe.h
struct recording;
struct scene; // one running generator

enum { SCENE_FILE_MAX = 64 * 1024 }; // bytes of a recipe

// Parse and check a recipe, reporting every fault to `list`. STATUS_OK: *recipe is owned by the
// caller. STATUS_BAD_INPUT: list->errors > 0 and *recipe is untouched. STATUS_NO_MEMORY.
enum status scene_recipe_parse(struct scene_recipe **recipe, struct text data,
                               struct diagnostics *list, struct error *error);

// Read the regular file at `path`, of at most SCENE_FILE_MAX bytes, and parse it. Also
// STATUS_NOT_FOUND and STATUS_IO; STATUS_BAD_INPUT with an empty list when it is no file to read.
enum status scene_recipe_load(struct scene_recipe **recipe, const char *path,
                              struct diagnostics *list, struct error *error);
void scene_recipe_free(struct scene_recipe *recipe);

// The recipe's one line about itself, "" when it has none; lives as long as the recipe.
const char *scene_recipe_summary(const struct scene_recipe *recipe);

// What a mixer must know of a recipe's movement: bounds over its layers, before brightness.
struct scene_movement {
    double breath_db;     // crest over trough in a paced breath
    double free_db;       // crest over trough of the free swell
    double free_slope_db; // steepest slope of the free swell, dB a second
};
struct scene_movement scene_recipe_movement(const struct scene_recipe *recipe);

// A recording that a recipe names: `path` is relative to the recipe's folder, without "..", and
// lives as long as the recipe.
struct scene_file {
    const char *path;
    int line, column;    // where it is named
    int64_t fade_frames; // of its joint
};

// The recording with this index, in the order of the layers; false when there are not so many.
bool scene_recipe_file(const struct scene_recipe *recipe, size_t index, struct scene_file *file);

// Give the recipe what it names; a recipe without all of its recordings can not be rendered.
// `take_recording` is now owned by the recipe.
void scene_recipe_set_recording(struct scene_recipe *recipe, size_t index,
                                struct recording *take_recording);

// How long scene_recipe_sample must be for the recipe's loudness.
size_t scene_recipe_sample_frames(const struct scene_recipe *recipe);

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
