// SPDX-License-Identifier: GPL-3.0-or-later
// Every quantum: read the automation at the quantum's end, and let scene, voice and cue render;
// gains are ramped linearly from their last values. The buffer of one quantum lies between this
// fixed grid and the caller's block sizes.
#include "engine.h"

#include "automation.h"
#include "cue.h"
#include "curve.h"
#include "playback.h"
#include "scene_mixer.h"
#include "tilt.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TONE_WITH_SCENE_DB (-6.0) // the tone is the smaller part of the two
#define CLEAR_DB (-3.0)
#define SHADE_HZ 2000.0

// A scene that swells less is still set as if it swelled by so much: all are equally loud.
#define SCENE_BREATH_DB 6.0
#define SCENE_FREE_DB 3.0

// A timeline never asks for more than this in a second; a re-fitted one that begins elsewhere is
// approached no faster.
#define BREATH_SLOPE 1.0
#define PACING_SLOPE 0.6
#define SHADE_SLOPE_DB (1.1 * AUTOMATION_SHADE_SLOPE_DB) // beside it the evening grows darker

static_assert((int)SCENE_QUANTUM == (int)TILT_BLOCK, "one block of a scene");

// All that a timeline gives; replaced as a whole.
struct score {
    struct automation automation;
    struct playback playback;
};

struct engine {
    struct scene_mixer mixer;
    struct automation_config automation_config;
    struct score score;
    bool has_score;
    struct cue cue;
    struct tilt tilt;             // of the scene
    struct automation_values now; // at the last quantum's end
    double gain_now;              // of the scene, likewise
    double shade_now;             // gain of its upper range, likewise
    int64_t frame;                // next quantum's start, a multiple of SCENE_QUANTUM
    size_t left;                  // frames of `quantum` not given out yet, its last ones
    float quantum[SCENE_QUANTUM * STEM_CHANNELS];
};

// ---- One quantum --------------------------------------------------------------------------------

static double approach(double from, double to, double slope)
{
    const double most = slope * SCENE_QUANTUM / FRAME_RATE;
    return fmax(from - most, fmin(from + most, to));
}

static struct automation_values next_values(struct engine *engine)
{
    struct automation_values next =
        automation_at(&engine->score.automation, engine->frame + SCENE_QUANTUM);
    const struct automation_values *now = &engine->now;
    next.bed_db = approach(now->bed_db, next.bed_db, SWELL_SLOPE_DB);
    next.shade_db = approach(now->shade_db, next.shade_db, SHADE_SLOPE_DB);
    next.level_db = approach(now->level_db, next.level_db, SWELL_SLOPE_DB);
    next.swell.breath = approach(now->swell.breath, next.swell.breath, BREATH_SLOPE);
    next.swell.pacing = approach(now->swell.pacing, next.swell.pacing, PACING_SLOPE);
    return next;
}

static double bed_gain(const struct automation_values *values)
{
    return curve_gain(values->bed_db + values->fade_db);
}

static void render_scene(struct engine *engine, const struct automation_values *next, double gain,
                         float *stems)
{
    const double gains[2] = {engine->gain_now, gain};
    const double shades[2] = {engine->shade_now, curve_gain(next->shade_db)};
    float stereo[2 * SCENE_QUANTUM];
    scene_mixer_render(&engine->mixer, engine->frame, &next->swell, gains, stereo);
    tilt_process(&engine->tilt, shades, stereo, stems + 2 * STEM_SCENE, STEM_CHANNELS);
    engine->gain_now = gains[1];
    engine->shade_now = shades[1];
}

// The level of the whole, over all stems alike.
static void apply_level(const struct engine *engine, const struct automation_values *next,
                        float *stems)
{
    if (engine->now.level_db == 0 && next->level_db == 0)
        return;
    float gain = (float)curve_gain(engine->now.level_db);
    const float step = ((float)curve_gain(next->level_db) - gain) / SCENE_QUANTUM;
    for (int f = 0; f < SCENE_QUANTUM; f++, stems += STEM_CHANNELS) {
        gain += step;
        for (int c = 0; c < STEM_CHANNELS; c++)
            stems[c] *= gain;
    }
}

// The first and last sample of a session are 0, with a ramp of one quantum beside them.
static void close_ends(const struct engine *engine, float *stems)
{
    int64_t last = engine->score.automation.total_frames - 1;
    if (engine->frame > 0 && engine->frame + 2 * SCENE_QUANTUM <= last)
        return;
    for (int f = 0; f < SCENE_QUANTUM; f++) {
        int64_t frame = engine->frame + f;
        int64_t near = frame < last - frame ? frame : last - frame;
        if (near >= SCENE_QUANTUM)
            continue;
        float gain = near > 0 ? (float)near / SCENE_QUANTUM : 0;
        for (int c = 0; c < STEM_CHANNELS; c++)
            stems[f * STEM_CHANNELS + c] *= gain;
    }
}

static void render_quantum(struct engine *engine, float *stems)
{
    memset(stems, 0, SCENE_QUANTUM * STEM_CHANNELS * sizeof *stems);
    if (engine->has_score && engine->frame < engine->score.automation.total_frames) {
        struct automation_values next = next_values(engine);
        const double gain = bed_gain(&next);
        if (engine->mixer.count > 0)
            render_scene(engine, &next, gain, stems);
        playback_render(&engine->score.playback, engine->frame, SCENE_QUANTUM,
                        stems + 2 * STEM_VOICE, STEM_CHANNELS);
        cue_render(&engine->cue, engine->frame, gain, &next.swell, stems + 2 * STEM_CUE,
                   STEM_CHANNELS);
        apply_level(engine, &next, stems);
        engine->now = next;
        close_ends(engine, stems);
    }
    engine->frame += SCENE_QUANTUM;
}

// The next quantum into the buffer between the grid and the caller.
static void fill_quantum(struct engine *engine)
{
    render_quantum(engine, engine->quantum);
    engine->left = SCENE_QUANTUM;
}

// ---- Position -----------------------------------------------------------------------------------

// Everything as it stands at frame 0 of the score.
static void rewind_all(struct engine *engine)
{
    engine->frame = 0;
    engine->left = 0;
    if (!engine->has_score)
        return;
    engine->now = automation_at(&engine->score.automation, 0);
    engine->gain_now = bed_gain(&engine->now);
    engine->shade_now = curve_gain(engine->now.shade_db);
    tilt_init(&engine->tilt, SHADE_HZ);
    playback_rewind(&engine->score.playback);
    cue_reset(&engine->cue, bed_gain(&engine->now));
    scene_mixer_reset(&engine->mixer, &engine->now.swell);
}

int64_t engine_position(const struct engine *engine)
{
    return engine->frame - (int64_t)engine->left;
}

void engine_seek(struct engine *engine, int64_t frame)
{
    rewind_all(engine);
    while (engine->frame < frame)
        fill_quantum(engine);
    engine->left = (size_t)(engine->frame - frame);
}

void engine_render(struct engine *engine, float *stems, size_t frames)
{
    while (frames > 0) {
        if (engine->left == 0 && frames >= SCENE_QUANTUM) {
            render_quantum(engine, stems); // no copy
            stems += SCENE_QUANTUM * STEM_CHANNELS;
            frames -= SCENE_QUANTUM;
            continue;
        }
        if (engine->left == 0)
            fill_quantum(engine);
        size_t count = frames < engine->left ? frames : engine->left;
        const float *from = engine->quantum + (SCENE_QUANTUM - engine->left) * STEM_CHANNELS;
        memcpy(stems, from, count * STEM_CHANNELS * sizeof *stems);
        engine->left -= count;
        stems += count * STEM_CHANNELS;
        frames -= count;
    }
}

// ---- States -------------------------------------------------------------------------------------

struct engine_state {
    struct cue cue; // of which what the timeline gives is not taken back
    struct tilt tilt;
    struct automation_values now;
    double gain_now, shade_now;
    int64_t frame;
    size_t left;
    float quantum[SCENE_QUANTUM * STEM_CHANNELS];
    char mixer[]; // scene_mixer_state_size
};

enum status engine_state_new(struct engine_state **out, const struct engine *engine,
                             struct error *error)
{
    *out = calloc(1, sizeof **out + scene_mixer_state_size(&engine->mixer));
    return *out ? STATUS_OK : error_no_memory(error);
}

void engine_state_free(struct engine_state *state)
{
    free(state);
}

void engine_save(const struct engine *engine, struct engine_state *state)
{
    state->cue = engine->cue;
    state->tilt = engine->tilt;
    state->now = engine->now;
    state->gain_now = engine->gain_now;
    state->shade_now = engine->shade_now;
    state->frame = engine->frame;
    state->left = engine->left;
    memcpy(state->quantum, engine->quantum, sizeof state->quantum);
    scene_mixer_save(&engine->mixer, state->mixer);
}

void engine_restore(struct engine *engine, const struct engine_state *state)
{
    engine->tilt = state->tilt;
    engine->now = state->now;
    engine->gain_now = state->gain_now;
    engine->shade_now = state->shade_now;
    engine->frame = state->frame;
    engine->left = state->left;
    memcpy(engine->quantum, state->quantum, sizeof state->quantum);
    scene_mixer_restore(&engine->mixer, state->mixer);
    scene_mixer_catch_up(&engine->mixer, engine->frame);
    cue_restore(&engine->cue, &state->cue);
    playback_rewind(&engine->score.playback);
}

int64_t engine_state_frame(const struct engine_state *state)
{
    return state->frame - (int64_t)state->left;
}

// ---- Set-up -------------------------------------------------------------------------------------

double engine_scene_gain(double recipe_lufs)
{
    return recipe_lufs > -200 ? curve_gain(ENGINE_SCENE_LUFS - recipe_lufs) : 0;
}

// Scenes and tone together move as far as the one that moves farthest.
static struct scene_movement movement_of(const struct engine_config *config)
{
    struct scene_movement movement = {.breath_db = 0};
    if (config->scene_count > 0)
        movement = (struct scene_movement){.breath_db = SCENE_BREATH_DB, .free_db = SCENE_FREE_DB};
    for (size_t i = 0; i < config->scene_count; i++) {
        struct scene_movement scene = scene_recipe_movement(config->scenes[i].recipe);
        movement.breath_db = fmax(movement.breath_db, scene.breath_db);
        movement.free_db = fmax(movement.free_db, scene.free_db);
        movement.free_slope_db = fmax(movement.free_slope_db, scene.free_slope_db);
    }
    if (config->scene_count == 0 || config->breath_tone)
        movement.breath_db = fmax(movement.breath_db, CUE_TONE_BREATH_DB);
    return movement;
}

enum status engine_new(struct engine **out, const struct engine_config *config, struct error *error)
{
    struct engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return error_no_memory(error);
    engine->automation_config = (struct automation_config){.movement = movement_of(config),
                                                           .bed_db = config->clear ? CLEAR_DB : 0,
                                                           .rise_db = ENGINE_SCENE_RISE_DB};
    double tone_db = config->scene_count == 0 ? 0
                     : config->breath_tone    ? TONE_WITH_SCENE_DB
                                              : -HUGE_VAL;
    cue_init(&engine->cue, tone_db);
    enum status status = scene_mixer_init(&engine->mixer, config, error);
    if (status != STATUS_OK) {
        free(engine);
        return status;
    }
    *out = engine;
    return STATUS_OK;
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    scene_mixer_deinit(&engine->mixer);
    automation_free(&engine->score.automation);
    free(engine);
}

enum status engine_set_timeline(struct engine *engine, const struct timeline *timeline,
                                const struct clip_bank *bank, struct error *error)
{
    struct score score;
    struct cue cue = engine->cue;
    struct scene_mixer mixer = engine->mixer;
    enum status status =
        automation_build(&score.automation, timeline, &engine->automation_config, error);
    if (status != STATUS_OK)
        return status;
    struct arena *arena = &score.automation.arena;
    THEN(status,
         playback_build(&score.playback, arena, timeline, bank, AUTOMATION_FIRST_DB, error));
    THEN(status, cue_build(&cue, arena, timeline, error));
    THEN(status, scene_mixer_build(&mixer, arena, timeline, engine->frame, error));
    if (status != STATUS_OK) {
        automation_free(&score.automation);
        return status;
    }
    automation_free(&engine->score.automation);
    engine->score = score;
    engine->cue = cue;
    engine->mixer = mixer;
    engine->has_score = true;
    if (engine->frame == 0) // nothing was heard: the beginning may be another
        rewind_all(engine);
    return STATUS_OK;
}
