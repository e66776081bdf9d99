// The scenes that a session can sound with, found by name, read and brought to the same loudness.
#ifndef LOOSEN_AMBIENCE_H
#define LOOSEN_AMBIENCE_H

#include "catalogue.h"
#include "engine.h"

enum { AMBIENCE_SCENES_MAX = 16, AMBIENCE_RECORDINGS_MAX = 4 };

struct ambience {
    struct arena arena;
    struct engine_scene scenes[AMBIENCE_SCENES_MAX];   // what the engine takes
    struct scene_recipe *recipes[AMBIENCE_SCENES_MAX]; // owned
    size_t count;
    size_t recordings; // of all recipes
};

// Take in one scene, named as on the command line, with its recordings. Faults of recipe and recordings
// go to stderr. A name that is
// there already adds nothing.
enum status ambience_add(struct ambience *ambience, const struct data_folders *folders,
                         struct text name, struct error *error);

// The scene that a session begins with, and all that its script changes to.
enum status ambience_add_session(struct ambience *ambience, const struct data_folders *folders,
                                 const struct session *session, struct error *error);

void ambience_free(struct ambience *ambience);

#endif
