// SPDX-License-Identifier: GPL-3.0-or-later
// Nanoseconds of processor time a frame of every unit that an export runs: layers, scenes, engine,
// master, quantiser and the steps of the voice. Each figure is the least of several rounds, since
// everything that disturbs a round makes it longer. And milliseconds for a plan.
#define _GNU_SOURCE // CLOCK_THREAD_CPUTIME_ID

#include "chord.h"
#include "curve.h"
#include "engine.h"
#include "grains.h"
#include "layer_bank.h"
#include "limiter.h"
#include "loudness.h"
#include "master.h"
#include "noise.h"
#include "pace.h"
#include "plan.h"
#include "polish.h"
#include "quantiser.h"
#include "recipe.h"
#include "resampler.h"
#include "scene_recipe.h"
#include "session_load.h"
#include "utterances.h"
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ROUNDS = 7,
    FRAMES = 4 * FRAME_RATE, // a round
    BLOCK = 4096,
};

static float stereo[2 * FRAMES], stems[BLOCK * STEM_CHANNELS];
static float quantum[2 * SCENE_QUANTUM], mix[2 * SCENE_QUANTUM];
static int16_t words[2 * FRAMES];

static void *checked(void *pointer)
{
    if (!pointer) {
        fputs("units: out of memory\n", stderr);
        exit(1);
    }
    return pointer;
}

static void check(enum status status, const struct error *error)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "units: %s\n", error->text);
    exit(1);
}

static double clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// Run `unit` over a round of FRAMES frames and print what the best one took.
static void measure(const char *name, void (*unit)(void *context), void *context)
{
    double least = HUGE_VAL;
    for (int i = 0; i < ROUNDS; i++) {
        double start = clock_ns();
        unit(context);
        least = fmin(least, clock_ns() - start);
    }
    printf("  %-28s %7.2f\n", name, least / FRAMES);
}

static void run_white(void *context)
{
    (void)context;
    for (uint64_t block = 0; block < FRAMES / NOISE_BLOCK; block++)
        noise_white(1, block, quantum);
}

static void run_colour(void *context)
{
    for (size_t block = 0; block < FRAMES / NOISE_BLOCK; block++) {
        noise_white(1, block, quantum);
        noise_filter_process(context, quantum);
    }
}

static void run_grains(void *context)
{
    for (int64_t frame = 0; frame < FRAMES; frame += SCENE_QUANTUM)
        grains_process(context, frame, quantum);
}

static void run_chord(void *context)
{
    for (int64_t frame = 0; frame < FRAMES; frame += SCENE_QUANTUM)
        chord_process(context, frame, quantum);
}

static void run_bank(void *context)
{
    noise_white(1, 2, quantum);
    for (size_t block = 0; block < FRAMES / SCENE_QUANTUM; block++) {
        memset(mix, 0, sizeof mix);
        layer_bank_aim(context, 0, 0.2 + 0.001 * (double)(block % 2), 0.5);
        layer_bank_process(context, quantum, quantum, mix);
    }
}

static void run_scene(void *context)
{
    const double plain[2] = {1, 1};
    for (size_t block = 0; block < FRAMES / SCENE_QUANTUM; block++) {
        struct scene_swell swell = {.breath = (double)(block % 512) / 512, .pacing = 0.5};
        scene_process(context, &swell, plain, quantum);
    }
}

static void run_engine(void *context)
{
    for (size_t done = 0; done < FRAMES; done += BLOCK)
        engine_render(context, stems, BLOCK < FRAMES - done ? BLOCK : FRAMES - done);
}

struct master_run {
    struct master master;
    struct master_controls controls;
    struct master_counters counters;
};

static void run_master(void *context)
{
    struct master_run *run = context;
    for (size_t done = 0; done + BLOCK <= FRAMES; done += BLOCK)
        master_process(&run->master, &run->controls, &run->counters, stems, stereo + 2 * done,
                       BLOCK);
}

static void run_limiter(void *context)
{
    for (size_t i = 0; i < 2 * FRAMES; i++)
        stereo[i] = 1.2f * (float)curve_sine((double)(i / 2) / 240);
    (void)limiter_process(context, stereo, FRAMES);
}

static void run_quantiser(void *context)
{
    (void)context;
    quantiser_to_16(words, stereo, 2 * FRAMES, 1, 0);
}

static void run_polish(void *context)
{
    polish_process(context, stereo, FRAMES);
}

static void run_loudness(void *context)
{
    (void)context;
    double lufs;
    struct error error;
    check(loudness_measure(&lufs, stereo, FRAMES, 1, &error), &error);
}

static void run_resampler(void *context)
{
    float *out;
    size_t count;
    struct error error;
    check(resampler_convert(context, &out, &count, stereo, FRAMES * 22050LL / FRAME_RATE, &error),
          &error);
    free(out);
}

static void measure_layers(void)
{
    static const char *const names[] = {"layer noise pink", "layer noise brown"};
    static const enum noise_colour colours[] = {NOISE_PINK, NOISE_BROWN};
    struct layer_bank bank;
    measure("layer noise white", run_white, NULL);
    for (size_t i = 0; i < 2; i++) {
        struct noise_filter filter;
        noise_filter_init(&filter, colours[i]);
        measure(names[i], run_colour, &filter);
    }
    layer_bank_init(&bank);
    layer_bank_set_highpass(&bank, 0, layer_bank_highpass(60));
    measure("filters of two layers", run_bank, &bank);
}

static void measure_recipe_layers(const struct scene_recipe *recipe)
{
    for (int i = 0; i < recipe->layer_count; i++) {
        const struct recipe_layer *layer = &recipe->layers[i];
        char name[64];
        if (layer->kind == RECIPE_GRAINS) {
            struct grains *grains = checked(malloc(sizeof *grains));
            grains_init(grains, 1, &layer->grains);
            snprintf(name, sizeof name, "layer %.20s (drops)", layer->name);
            measure(name, run_grains, grains);
            free(grains);
        } else if (layer->kind == RECIPE_CHORD) {
            struct chord *chord = checked(malloc(sizeof *chord));
            chord_init(chord, 1, &layer->chord, 0.3);
            snprintf(name, sizeof name, "layer %.20s (tones)", layer->name);
            measure(name, run_chord, chord);
            free(chord);
        }
    }
}

// The engine in a session without a word: the scene with all its automation.
static void measure_engine(const char *name, const struct engine_config *config)
{
    struct engine *engine;
    struct error error;
    struct session session = {.section_count = 0};
    struct timeline timeline;
    char title[96];
    check(engine_new(&engine, config, &error), &error);
    timeline_init_lead(&timeline, &session, (int64_t)3600 * FRAME_RATE);
    check(engine_set_timeline(engine, &timeline, NULL, &error), &error);
    snprintf(title, sizeof title, "engine with %s", name);
    measure(title, run_engine, engine);
    engine_free(engine);
    timeline_free(&timeline);
}

static void measure_scene(const char *folder, const char *file)
{
    char path[1024], name[64];
    struct diagnostics list;
    struct error error;
    struct scene_recipe *recipe;
    struct scene *scene;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    diagnostics_init(&list, path);
    check(scene_recipe_load(&recipe, path, &list, &error), &error);
    diagnostics_free(&list);
    measure_recipe_layers(recipe);
    check(scene_new(&scene, recipe, 1, &error), &error);
    snprintf(name, sizeof name, "scene %.*s", (int)strcspn(file, "."), file);
    measure(name, run_scene, scene);
    scene_free(scene);
    const struct engine_scene with = {text_from("scene"), recipe, 1};
    measure_engine(name + 6, &(struct engine_config){.seed = 1, .scenes = &with, .scene_count = 1});
    scene_recipe_free(recipe);
}

static void measure_scenes(const char *folder)
{
    DIR *dir = checked(opendir(folder));
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strstr(entry->d_name, ".scene"))
            measure_scene(folder, entry->d_name);
    closedir(dir);
}

static void measure_output(void)
{
    struct master_run *run = checked(calloc(1, sizeof *run));
    struct limiter *limiter = checked(calloc(1, sizeof *limiter));
    master_init(&run->master);
    master_controls_init(&run->controls);
    master_counters_init(&run->counters);
    measure("master", run_master, run);
    limiter_init(limiter);
    measure("limiter at work", run_limiter, limiter);
    measure("quantiser, 16 bit", run_quantiser, NULL);
    free(limiter);
    free(run);
}

// Frames here are of speech, at the rate that the step works at.
static void measure_voice(void)
{
    struct polish polish;
    struct resampler *resampler;
    struct error error;
    polish_init(&polish, 22050, false);
    measure("polish, at 22.05 kHz", run_polish, &polish);
    measure("loudness", run_loudness, NULL);
    check(resampler_new(&resampler, 22050, &error), &error);
    measure("resampler, 22.05 to 48 kHz", run_resampler, resampler);
    resampler_free(resampler);
}

// A plan of the longest session, whole-chain at its 90 minutes.
static void measure_planner(const char *scripts)
{
    const struct session_source source = {.scripts_dir = scripts};
    struct diagnostics list;
    struct error error;
    struct session session;
    struct utterances utterances;
    char path[1024];
    snprintf(path, sizeof path, "%s/en/whole-chain.session", scripts);
    diagnostics_init(&list, path);
    check(session_load(&session, path, &source, &list, &error), &error);
    diagnostics_free(&list);
    check(utterances_build(&utterances, &session, session.length.most, &error), &error);
    int64_t *clips = checked(calloc(utterances.count + 1, sizeof *clips));
    for (size_t i = 0; i < utterances.count; i++)
        clips[i] = pace_guess_clip(utterances.items[i].spoken);
    const struct plan_config config = {session.length.most, PLAN_BREATHS_DEFAULT, false};
    double least = HUGE_VAL;
    for (int i = 0; i < ROUNDS; i++) {
        struct timeline timeline;
        double start = clock_ns();
        check(plan_build(&timeline, &session, &utterances, clips, &config, &error), &error);
        least = fmin(least, clock_ns() - start);
        timeline_free(&timeline);
    }
    printf("ms of processor time\n  %-28s %7.2f\n", "plan of 90 minutes", least / 1e6);
    free(clips);
    utterances_free(&utterances);
    session_free(&session);
}

int main(int count, char **args)
{
    if (count != 3) {
        fputs("usage: units FOLDER_OF_SCENES FOLDER_OF_SCRIPTS\n", stderr);
        return 2;
    }
    puts("ns of processor time a frame");
    measure_layers();
    measure_scenes(args[1]);
    measure_output();
    measure_voice();
    measure_planner(args[2]);
    return 0;
}
