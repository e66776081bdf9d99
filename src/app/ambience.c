#include "ambience.h"

#include "loudness.h"
#include "report.h"
#include <math.h>
#include <stdlib.h>

static enum status load(struct scene_recipe **recipe, const char *path, struct error *error)
{
    struct diagnostics list;
    diagnostics_init(&list, path);
    enum status status = scene_recipe_load(recipe, path, &list, error);
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    diagnostics_free(&list);
    return status;
}

// How much the recipe must be raised to be as loud as every other scene.
static enum status calibrate(const struct scene_recipe *recipe, double *gain, struct error *error)
{
    enum { SECONDS = 10 }; // of a held swell: within 0.2 LU of a long measurement
    size_t frames = (size_t)SECONDS * FRAME_RATE;
    float *stereo = malloc(frames * 2 * sizeof *stereo);
    double lufs;
    enum status status =
        stereo ? scene_recipe_sample(recipe, stereo, frames, error) : error_no_memory(error);
    if (status == STATUS_OK)
        status = loudness_measure(&lufs, stereo, frames, 2, error);
    if (status == STATUS_OK && !isfinite(lufs))
        status = error_set(error, STATUS_BAD_INPUT, "the scene is silent");
    if (status == STATUS_OK)
        *gain = engine_scene_gain(lufs);
    free(stereo);
    return status;
}

static bool has(const struct ambience *ambience, struct text name)
{
    for (size_t i = 0; i < ambience->count; i++)
        if (text_equal(ambience->scenes[i].name, name))
            return true;
    return false;
}

enum status ambience_add(struct ambience *ambience, const struct data_folders *folders,
                         struct text name, struct error *error)
{
    if (has(ambience, name))
        return STATUS_OK;
    if (ambience->count == AMBIENCE_SCENES_MAX)
        return error_set(error, STATUS_BAD_INPUT, "more than %d scenes in one session",
                         AMBIENCE_SCENES_MAX);
    struct text copy = arena_copy(&ambience->arena, name);
    if (!copy.data)
        return error_no_memory(error);
    char path[CATALOGUE_PATH_MAX];
    struct scene_recipe *recipe = NULL;
    double gain = 0;
    enum status status = catalogue_scene_path(path, folders, copy.data, error);
    if (status == STATUS_OK)
        status = load(&recipe, path, error);
    if (status == STATUS_OK)
        status = calibrate(recipe, &gain, error);
    if (status != STATUS_OK) {
        scene_recipe_free(recipe);
        return status;
    }
    ambience->recipes[ambience->count] = recipe;
    ambience->scenes[ambience->count++] = (struct engine_scene){copy, recipe, gain};
    return STATUS_OK;
}

// Nesting is bounded by SESSION_NESTING_MAX.
static enum status add_nodes(struct ambience *ambience, const struct data_folders *folders,
                             const struct node *node, struct error *error)
{
    enum status status = STATUS_OK;
    for (; node && status == STATUS_OK; node = node->next)
        status = node->type == NODE_SCENE
                     ? ambience_add(ambience, folders, node->as.scene.name, error)
                     : add_nodes(ambience, folders, node->children, error);
    return status;
}

enum status ambience_add_session(struct ambience *ambience, const struct data_folders *folders,
                                 const struct session *session, struct error *error)
{
    enum status status = ambience_add(ambience, folders, session->scene, error);
    for (size_t i = 0; i < session->section_count && status == STATUS_OK; i++)
        status = add_nodes(ambience, folders, session->sections[i].first, error);
    return status;
}

void ambience_free(struct ambience *ambience)
{
    for (size_t i = 0; i < ambience->count; i++)
        scene_recipe_free(ambience->recipes[i]);
    arena_free(&ambience->arena);
    *ambience = (struct ambience){.arena = ARENA_INIT};
}
