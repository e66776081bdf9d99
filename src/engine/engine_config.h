// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine is made of: the scenes of a session, and how they sound.
#ifndef LOOSEN_ENGINE_CONFIG_H
#define LOOSEN_ENGINE_CONFIG_H

#include "text.h"

struct scene_recipe;

// One scene of a session. All of it is only read by engine_new, but for the recordings of a recipe,
// which must live as long as the engine.
struct engine_scene {
    struct text name; // by which EVENT_SCENE asks for it
    const struct scene_recipe *recipe;
    double gain; // brings the recipe to ENGINE_SCENE_LUFS at mid-swell; engine_scene_gain
};

struct engine_config {
    uint64_t seed;
    const struct engine_scene
        *scenes;        // the first sounds from the start; the timeline may change to
                        // any of them, and its other names are passed over
    size_t scene_count; // 0: no scene, a soft breath tone paces instead
    bool breath_tone;   // pace by tone also with a scene
    bool clear;         // 23 LU between voice and scene instead of 20
};

#endif
