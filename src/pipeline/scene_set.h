// SPDX-License-Identifier: GPL-3.0-or-later
// The scenes that a session can sound with, found by name, read and brought to the same loudness.
#ifndef LOOSEN_SCENE_SET_H
#define LOOSEN_SCENE_SET_H

#include "catalogue.h"
#include "engine.h"

enum { SCENE_SET_SCENES_MAX = 16, SCENE_SET_RECORDINGS_MAX = 4 };

struct scene_set {
    struct arena arena;
    struct engine_scene scenes[SCENE_SET_SCENES_MAX];   // what the engine takes
    struct scene_recipe *recipes[SCENE_SET_SCENES_MAX]; // owned
    const char *paths[SCENE_SET_SCENES_MAX];            // where they were found
    size_t count;
    size_t recordings; // of all recipes
};

// Take in one scene, named as on the command line, with its recordings. Faults of recipe and
// recordings go to stderr. A name that is there already adds nothing.
enum status scene_set_add(struct scene_set *scene_set, const struct data_folders *folders,
                          const char *name, struct error *error);

// The scene that a session begins with, and all that its script changes to: those beside the
// script, too.
enum status scene_set_add_session(struct scene_set *scene_set, const struct data_folders *folders,
                                  const struct session *session, struct error *error);

void scene_set_free(struct scene_set *scene_set);

#endif
