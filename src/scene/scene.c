// SPDX-License-Identifier: GPL-3.0-or-later
// The generator. Each layer is noise, drops or tones through one place of a layer bank; once a
// quantum the swell is turned into decibels per layer, from which its gain and the corner of its
// lowpass follow.
#include "scene.h"

#include "chord.h"
#include "curve.h"
#include "grains.h"
#include "layer_bank.h"
#include "quad.h"
#include "random.h"
#include "random_lfo.h"
#include "recipe.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BANKS = RECIPE_LAYERS_MAX / LAYER_BANK_LAYERS };

#define DRIFT_POWER 0.2 // of one channel's power that drifts to the other: 1.8 dB of balance
// Counters of the seeds, beyond those of the layers' noise. The same periods give the same swell.
#define DRIFT_SEED 1000
#define SWELL_SEED 1001
#define LAYER_SEED 2000

static_assert((int)SCENE_QUANTUM == (int)NOISE_BLOCK, "one block of noise a quantum");
static_assert((int)SCENE_QUANTUM == (int)SINE_BANK_BLOCK, "one block of tones");
static_assert((int)SCENE_QUANTUM == (int)LAYER_BANK_BLOCK, "one block of all layers");

struct layer {
    struct recipe_layer recipe;
    union {
        struct noise_filter noise;
        struct grains grains;
        struct chord chord;
    } source; // by recipe.kind
    struct random_lfo free;
    double *delayed_db; // ring of the swell's last decibels; owned; NULL without delay
    size_t delay_quanta;
    size_t delay_at; // oldest
    double lowpass;  // coefficient of a fixed lowpass
    double octaves;  // from the trough's to the crest's corner
};

struct scene {
    uint64_t seed;
    int layer_count;
    struct layer layers[RECIPE_LAYERS_MAX];
    struct layer_bank banks[BANKS];
    int64_t frame;      // next to be rendered
    double same, other; // how much of the own and the other channel goes into each
    double drift_hz;
    struct random_lfo drift;
    float balance[2]; // gain of left and right at the last quantum's end
};

// ---- Control, once a quantum --------------------------------------------------------------------

// Where the layer's swell stands, in decibels around its written level.
static double swell_db(struct layer *layer, const struct scene_swell *swell, int64_t frame)
{
    double paced = layer->recipe.breath_db * (swell->breath - 0.5);
    double unpaced = 0;
    if (layer->recipe.free_db > 0)
        unpaced = layer->recipe.free_db * (random_lfo_at(&layer->free, frame) - 0.5);
    return unpaced + (paced - unpaced) * swell->pacing;
}

static double delay(struct layer *layer, double db)
{
    if (layer->delay_quanta == 0)
        return db;
    double oldest = layer->delayed_db[layer->delay_at];
    layer->delayed_db[layer->delay_at] = db;
    layer->delay_at = (layer->delay_at + 1) % layer->delay_quanta;
    return oldest;
}

static double lowpass_at(const struct layer *layer, double db)
{
    if (layer->octaves <= 0)
        return layer->lowpass;
    double range_db = fmax(layer->recipe.breath_db, layer->recipe.free_db);
    double position = db / range_db + 0.5;
    return layer_bank_lowpass(layer->recipe.lowpass_hz[0] * curve_exp2(layer->octaves * position));
}

static void aim_layer(struct scene *scene, int i, double db)
{
    const struct layer *layer = &scene->layers[i];
    layer_bank_aim(&scene->banks[i / LAYER_BANK_LAYERS], i % LAYER_BANK_LAYERS,
                   lowpass_at(layer, db), curve_gain(layer->recipe.level_db + db));
}

static void aim(struct scene *scene, const struct scene_swell *swell, int64_t frame)
{
    for (int i = 0; i < scene->layer_count; i++) {
        struct layer *layer = &scene->layers[i];
        if (layer->recipe.breath_db > 0 || layer->recipe.free_db > 0)
            aim_layer(scene, i, delay(layer, swell_db(layer, swell, frame)));
    }
}

static void balance_at(struct scene *scene, int64_t frame, float balance[2])
{
    double tilt = 0;
    if (scene->drift_hz > 0)
        tilt = DRIFT_POWER * (2 * random_lfo_at(&scene->drift, frame) - 1);
    balance[0] = (float)sqrt(1 + tilt);
    balance[1] = (float)sqrt(1 - tilt);
}

// ---- Samples ------------------------------------------------------------------------------------

// Narrow the image to the recipe's width and let it drift, and bring it to its level.
static void place(struct scene *scene, const double gains[2], float *stereo)
{
    const float same = (float)scene->same, other = (float)scene->other;
    float end[2], from[2], step[2];
    balance_at(scene, scene->frame, end);
    for (int c = 0; c < 2; c++) {
        from[c] = scene->balance[c] * (float)gains[0];
        step[c] = (end[c] * (float)gains[1] - from[c]) / SCENE_QUANTUM;
    }
    quad gain = quad_ramp(from, step);
    const quad two_steps = 2 * quad_pair(step, step);
    for (size_t i = 0; i < 2 * SCENE_QUANTUM; i += 4) {
        const quad own = quad_load(stereo + i);
        gain += two_steps;
        quad_store(stereo + i, (same * own + other * quad_swapped(own)) * gain);
    }
    memcpy(scene->balance, end, sizeof end);
}

static void render_noise(struct scene *scene, int i, int64_t frame, float *stereo)
{
    noise_white(random_at(scene->seed, (uint64_t)i), (uint64_t)(frame / SCENE_QUANTUM), stereo);
    noise_filter_process(&scene->layers[i].source.noise, stereo);
}

// What the layer begins with.
static void render_source(struct scene *scene, int i, int64_t frame, float *stereo)
{
    struct layer *layer = &scene->layers[i];
    switch (layer->recipe.kind) {
    case RECIPE_NOISE:
        render_noise(scene, i, frame, stereo);
        break;
    case RECIPE_GRAINS:
        grains_process(&layer->source.grains, frame, stereo);
        break;
    case RECIPE_RECORDING:
        recording_render(layer->recipe.file.recording, frame, SCENE_QUANTUM, stereo);
        break;
    case RECIPE_CHORD:
        chord_process(&layer->source.chord, frame, stereo);
        break;
    }
}

// Add the layers of one bank, the first of which is `first`.
static void render_bank(struct scene *scene, int first, float *stereo)
{
    const int64_t start_frame = scene->frame - SCENE_QUANTUM;
    float one[2 * SCENE_QUANTUM], two[2 * SCENE_QUANTUM] = {0};
    render_source(scene, first, start_frame, one);
    if (first + 1 < scene->layer_count)
        render_source(scene, first + 1, start_frame, two);
    layer_bank_process(&scene->banks[first / LAYER_BANK_LAYERS], one, two, stereo);
}

void scene_process(struct scene *scene, const struct scene_swell *swell, const double gains[2],
                   float *stereo)
{
    scene->frame += SCENE_QUANTUM;
    aim(scene, swell, scene->frame);
    memset(stereo, 0, 2 * SCENE_QUANTUM * sizeof *stereo);
    for (int i = 0; i < scene->layer_count; i += LAYER_BANK_LAYERS)
        render_bank(scene, i, stereo);
    place(scene, gains, stereo);
}

// ---- Set-up -------------------------------------------------------------------------------------

static void reset_source(struct scene *scene, int i)
{
    struct layer *layer = &scene->layers[i];
    const uint64_t seed = random_at(scene->seed, LAYER_SEED + (uint64_t)i);
    switch (layer->recipe.kind) {
    case RECIPE_NOISE:
        noise_filter_init(&layer->source.noise, layer->recipe.colour);
        break;
    case RECIPE_GRAINS:
        grains_init(&layer->source.grains, seed, &layer->recipe.grains);
        break;
    case RECIPE_RECORDING:
        break; // a function of the frame
    case RECIPE_CHORD:
        chord_init(&layer->source.chord, seed, &layer->recipe.chord,
                   2 * scene->same * scene->other);
        break;
    }
}

static uint64_t swell_seed(const struct scene *scene, const struct recipe_layer *recipe)
{
    uint64_t seed = random_at(scene->seed, SWELL_SEED);
    for (int i = 0; i < 2; i++)
        seed = random_at(seed, (uint64_t)recipe->free_frames[i]);
    return seed;
}

// A swell's period is two pieces, up and down.
static void reset_layer(struct scene *scene, int i)
{
    struct layer *layer = &scene->layers[i];
    const struct recipe_layer *recipe = &layer->recipe;
    reset_source(scene, i);
    if (recipe->free_db > 0)
        random_lfo_init(&layer->free, swell_seed(scene, recipe), recipe->free_frames[0] / 2,
                        recipe->free_frames[1] / 2, true);
    layer_bank_set_highpass(&scene->banks[i / LAYER_BANK_LAYERS], i % LAYER_BANK_LAYERS,
                            layer_bank_highpass(recipe->highpass_hz));
}

void scene_reset(struct scene *scene, const struct scene_swell *swell)
{
    scene->frame = 0;
    for (int b = 0; b < BANKS; b++)
        layer_bank_init(&scene->banks[b]);
    for (int i = 0; i < scene->layer_count; i++) {
        struct layer *layer = &scene->layers[i];
        reset_layer(scene, i);
        double db = swell_db(layer, swell, 0);
        for (size_t q = 0; q < layer->delay_quanta; q++)
            layer->delayed_db[q] = db;
        layer->delay_at = 0;
        aim_layer(scene, i, db);
    }
    for (int b = 0; b < BANKS; b++)
        layer_bank_jump(&scene->banks[b]);
    if (scene->drift_hz > 0)
        random_lfo_init(&scene->drift, random_at(scene->seed, DRIFT_SEED),
                        (int64_t)(0.35 * FRAME_RATE / scene->drift_hz),
                        (int64_t)(0.65 * FRAME_RATE / scene->drift_hz), false);
    balance_at(scene, 0, scene->balance);
}

static bool init_layer(struct layer *layer, const struct recipe_layer *recipe)
{
    *layer = (struct layer){.recipe = *recipe, .lowpass = 1};
    layer->delay_quanta = (size_t)(recipe->delay_frames / SCENE_QUANTUM);
    if (layer->delay_quanta > 0) {
        layer->delayed_db = calloc(layer->delay_quanta, sizeof *layer->delayed_db);
        if (!layer->delayed_db)
            return false;
    }
    if (recipe->lowpass_hz[0] > 0) {
        layer->lowpass = layer_bank_lowpass(recipe->lowpass_hz[0]);
        layer->octaves = curve_log2(recipe->lowpass_hz[1] / recipe->lowpass_hz[0]);
    }
    return true;
}

enum status scene_new(struct scene **out, const struct scene_recipe *recipe, uint64_t seed,
                      struct error *error)
{
    struct scene *scene = calloc(1, sizeof *scene);
    if (!scene)
        return error_no_memory(error);
    scene->seed = seed;
    scene->drift_hz = recipe->drift_hz;
    // Independent channels mixed to a correlation of 1 - width at unchanged power.
    scene->same = (sqrt(2 - recipe->width) + sqrt(recipe->width)) / 2;
    scene->other = (sqrt(2 - recipe->width) - sqrt(recipe->width)) / 2;
    for (; scene->layer_count < recipe->layer_count; scene->layer_count++) {
        int i = scene->layer_count;
        const struct recipe_layer *layer = &recipe->layers[i];
        if (layer->kind == RECIPE_RECORDING && !layer->file.recording) {
            scene_free(scene);
            return error_set(error, STATUS_BAD_ARGUMENT, "the recording \"%s\" is not loaded",
                             layer->file.path);
        }
        if (!init_layer(&scene->layers[i], &recipe->layers[i])) {
            scene_free(scene);
            return error_no_memory(error);
        }
    }
    scene_reset(scene, &(struct scene_swell){0, 0});
    *out = scene;
    return STATUS_OK;
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    for (int i = 0; i < scene->layer_count; i++)
        free(scene->layers[i].delayed_db);
    free(scene);
}

// ---- States -------------------------------------------------------------------------------------

size_t scene_state_size(const struct scene *scene)
{
    size_t size = sizeof *scene;
    for (int i = 0; i < scene->layer_count; i++)
        size += scene->layers[i].delay_quanta * sizeof(double);
    return size;
}

void scene_save(const struct scene *scene, void *state)
{
    char *to = state;
    memcpy(to, scene, sizeof *scene);
    to += sizeof *scene;
    for (int i = 0; i < scene->layer_count; i++) {
        const struct layer *layer = &scene->layers[i];
        if (layer->delay_quanta > 0)
            memcpy(to, layer->delayed_db, layer->delay_quanta * sizeof(double));
        to += layer->delay_quanta * sizeof(double);
    }
}

// The rings of the swell stay where they are: the saved pointers are those of this same scene.
void scene_restore(struct scene *scene, const void *state)
{
    const char *from = state;
    memcpy(scene, from, sizeof *scene);
    from += sizeof *scene;
    for (int i = 0; i < scene->layer_count; i++) {
        struct layer *layer = &scene->layers[i];
        if (layer->delay_quanta > 0)
            memcpy(layer->delayed_db, from, layer->delay_quanta * sizeof(double));
        from += layer->delay_quanta * sizeof(double);
    }
}

// ---- Calibration --------------------------------------------------------------------------------

#define SAMPLE_SEED 1
#define SAMPLE_WARM_UP (FRAME_RATE / 2) // frames that are dropped: filters settle

enum status scene_recipe_sample(const struct scene_recipe *recipe, float *stereo, size_t frames,
                                struct error *error)
{
    struct scene *scene;
    enum status status = scene_new(&scene, recipe, SAMPLE_SEED, error);
    if (status != STATUS_OK)
        return status;
    const struct scene_swell middle = {.breath = 0.5, .pacing = 1};
    scene_reset(scene, &middle);
    const double plain[2] = {1, 1};
    float quantum[2 * SCENE_QUANTUM];
    for (int i = 0; i < SAMPLE_WARM_UP; i += SCENE_QUANTUM)
        scene_process(scene, &middle, plain, quantum);
    for (size_t at = 0; at < frames; at += SCENE_QUANTUM) {
        scene_process(scene, &middle, plain, quantum);
        for (size_t i = 0; i < 2 * SCENE_QUANTUM && 2 * at + i < 2 * frames; i++)
            stereo[2 * at + i] = quantum[i];
    }
    scene_free(scene);
    return STATUS_OK;
}
