// SPDX-License-Identifier: GPL-3.0-or-later
// A scene recipe as those see it who do not know what is in it: a text (audio/NAME.scene) that is
// parsed, and the recordings that it names.
#ifndef LOOSEN_SCENE_RECIPE_H
#define LOOSEN_SCENE_RECIPE_H

#include "diagnostic.h"
#include "error.h"

struct scene_recipe; // see recipe.h
struct recording;

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

#endif
