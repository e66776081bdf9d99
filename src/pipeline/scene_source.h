// SPDX-License-Identifier: GPL-3.0-or-later
// A scene with all that belongs to it: a recipe and the recordings that it names, or a recording by
// itself.
#ifndef LOOSEN_SCENE_SOURCE_H
#define LOOSEN_SCENE_SOURCE_H

#include "scene_recipe.h"

// True when the file begins as a recording does.
bool scene_source_is_recording(const char *path);

// Read the scene at `path`, decode its recordings (in a process without rights) and make loops of
// them. A recording of a recipe is looked for below the recipe's folder, and symbolic links are not
// followed there. `list` gets every fault of the recipe and of its recordings, and warnings:
// "scene-cut" and "scene-damaged" when not all of a recording is used, "scene-sudden",
// "scene-short". STATUS_BAD_INPUT with list->errors > 0 as scene_recipe_load; STATUS_INTERRUPTED by
// a signal.
enum status scene_source_load(struct scene_recipe **recipe, const char *path,
                              struct diagnostics *list, struct error *error);

// The same for a recording by itself: it follows the breath by SCENE_SOURCE_BREATH_DB, at its own
// width.
enum status scene_source_load_recording(struct scene_recipe **recipe, const char *path,
                                        struct diagnostics *list, struct error *error);

#define SCENE_SOURCE_BREATH_DB 5

#endif
