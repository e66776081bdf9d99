// SPDX-License-Identifier: GPL-3.0-or-later
// The engine: timeline -> stems. One pass for playing and for exporting; it works in quanta of
// SCENE_QUANTUM frames inside, so any block size gives the same bits.
#ifndef LOOSEN_ENGINE_H
#define LOOSEN_ENGINE_H

#include "clip.h"
#include "engine_config.h"
#include "scene.h"
#include "timeline.h"

enum {
    STEM_VOICE, // stereo pairs, in this order, interleaved: voice L R, scene L R, cue L R
    STEM_SCENE,
    STEM_CUE,
    STEM_COUNT,
    STEM_CHANNELS = 2 * STEM_COUNT,
};

// Levels of the mix (LUFS): what the engine aims at and the tests read back. Under speech the crest
// of the scene's swell is at ENGINE_SCENE_LUFS, so that it is 20 LU below the voice at every
// moment; in pauses over 5 s and in breath bouts the scene is ENGINE_SCENE_RISE_DB louder, and a
// bright one, which is darker under speech, up to 1.5 LU more. A session that ends in sleep has all
// of this AUTOMATION_SLEEP_DB softer, and falling.
#define ENGINE_SPEECH_LUFS (-18.0)
#define ENGINE_SCENE_LUFS (-38.0)
#define ENGINE_SCENE_RISE_DB 6.5

// The gain of a recipe of which scene_recipe_sample has `recipe_lufs`; 0 for silence.
double engine_scene_gain(double recipe_lufs);

struct engine;

enum status engine_new(struct engine **engine, const struct engine_config *config,
                       struct error *error);
void engine_free(struct engine *engine);

// Follow `timeline` from now on; both are borrowed until the next call or engine_free. `bank` may
// be NULL while there is nothing to say. What lies before the engine's position must be the same as
// before: swapping a lead for the whole plan while still in the lead gives the same bits as having
// had the plan from the start; a plan re-fitted from a later frame on is joined without a jump in
// level. On failure the engine goes on with what it had. Not RT.
enum status engine_set_timeline(struct engine *engine, const struct timeline *timeline,
                                const struct clip_bank *bank, struct error *error);

// Frames rendered so far.
int64_t engine_position(const struct engine *engine);

// Start again at `frame` (a resume or a step): renders silently up to it from the start, so that
// what follows is bit-identical to a run without a seek. Not RT.
void engine_seek(struct engine *engine, int64_t frame);

// A moment of an engine, to which it can go back: all that it remembers, but not what it follows.
struct engine_state;

// Room for the states of this engine, without any state in it yet. STATUS_NO_MEMORY.
enum status engine_state_new(struct engine_state **state, const struct engine *engine,
                             struct error *error);
void engine_state_free(struct engine_state *state);

// Keep how things stand, and go back there. No allocation, no lock, no system call. Going back
// while the engine follows the timeline that it followed then, the same bits are rendered again;
// with another, it is joined there as by engine_set_timeline.
void engine_save(const struct engine *engine, struct engine_state *state);
void engine_restore(struct engine *engine, const struct engine_state *state);

// The position that was kept.
int64_t engine_state_frame(const struct engine_state *state);

// Render the next `frames` frames, STEM_CHANNELS floats each; beyond the end, and without a
// timeline: zeros. No allocation, no lock, no system call.
void engine_render(struct engine *engine, float *stems, size_t frames);

#endif
