// SPDX-License-Identifier: GPL-3.0-or-later
// Each scene that is named is loaded once, and calibrated to the same loudness.
#include "scene_set.h"

#include "loudness.h"
#include "report.h"
#include "scene_recipe.h"
#include "scene_source.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// A listener is told when not all of a recording is heard; other warnings are for authors.
static void tell_cut(const struct diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].rule, "scene-cut") == 0 ||
            strcmp(list->items[i].rule, "scene-damaged") == 0)
            report_note("%.*s", TEXT_ARG(list->items[i].message));
}

static enum status load(struct scene_recipe **recipe, const char *path, struct error *error)
{
    struct diagnostics list;
    diagnostics_init(&list, path);
    enum status status = scene_source_is_recording(path)
                             ? scene_source_load_recording(recipe, path, &list, error)
                             : scene_source_load(recipe, path, &list, error);
    if (status == STATUS_OK)
        tell_cut(&list);
    if (status == STATUS_BAD_INPUT && list.errors)
        report_faults(&list, error);
    diagnostics_free(&list);
    return status;
}

// How much the recipe must be raised to be as loud as every other scene.
static enum status calibrate(const struct scene_recipe *recipe, double *gain, struct error *error)
{
    size_t frames = scene_recipe_sample_frames(recipe);
    float *stereo = malloc(frames * 2 * sizeof *stereo);
    double lufs;
    enum status status =
        stereo ? scene_recipe_sample(recipe, stereo, frames, error) : error_no_memory(error);
    THEN(status, loudness_measure(&lufs, stereo, frames, 2, error));
    if (status == STATUS_OK && !isfinite(lufs))
        status = error_set(error, STATUS_BAD_INPUT, "the scene is silent");
    if (status == STATUS_OK)
        *gain = engine_scene_gain(lufs);
    free(stereo);
    return status;
}

static bool has(const struct scene_set *scene_set, struct text name)
{
    for (size_t i = 0; i < scene_set->count; i++)
        if (text_equal(scene_set->scenes[i].name, name))
            return true;
    return false;
}

static size_t count_recordings(const struct scene_recipe *recipe)
{
    struct scene_file file;
    size_t count = 0;
    while (scene_recipe_file(recipe, count, &file))
        count++;
    return count;
}

// Recordings take memory by the minute.
static enum status count_in(struct scene_set *scene_set, const struct scene_recipe *recipe,
                            struct error *error)
{
    scene_set->recordings += count_recordings(recipe);
    if (scene_set->recordings <= SCENE_SET_RECORDINGS_MAX)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_INPUT, "more than %d recordings in one session",
                     SCENE_SET_RECORDINGS_MAX);
}

static enum status add_found(struct scene_set *scene_set, struct text name, const char *path,
                             struct error *error)
{
    struct text copy = arena_copy(&scene_set->arena, name);
    const char *kept = arena_copy(&scene_set->arena, text_from(path)).data;
    if (!copy.data || !kept)
        return error_no_memory(error);
    struct scene_recipe *recipe = NULL;
    double gain = 0;
    enum status status = load(&recipe, path, error);
    THEN(status, count_in(scene_set, recipe, error));
    THEN(status, calibrate(recipe, &gain, error));
    if (status != STATUS_OK) {
        scene_recipe_free(recipe);
        return status;
    }
    scene_set->recipes[scene_set->count] = recipe;
    scene_set->paths[scene_set->count] = kept;
    scene_set->scenes[scene_set->count++] = (struct engine_scene){copy, recipe, gain};
    return STATUS_OK;
}

static enum status check_room(const struct scene_set *scene_set, struct error *error)
{
    return scene_set->count < SCENE_SET_SCENES_MAX
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT, "more than %d scenes in one session",
                           SCENE_SET_SCENES_MAX);
}

enum status scene_set_add(struct scene_set *scene_set, const struct data_folders *folders,
                          const char *name, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    if (has(scene_set, text_from(name)))
        return STATUS_OK;
    enum status status = check_room(scene_set, error);
    THEN(status, catalogue_scene_path(path, folders, name, error));
    THEN(status, add_found(scene_set, text_from(name), path, error));
    return status;
}

// One that the script names.
static enum status add_of(struct scene_set *scene_set, const struct data_folders *folders,
                          const struct session *session, struct text name, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    if (has(scene_set, name))
        return STATUS_OK;
    enum status status = check_room(scene_set, error);
    THEN(status, catalogue_scene_of(path, folders, session, name, error));
    THEN(status, add_found(scene_set, name, path, error));
    return status;
}

// Nesting is bounded by SESSION_NESTING_MAX.
static enum status add_nodes(struct scene_set *scene_set, const struct data_folders *folders,
                             const struct session *session, const struct node *node,
                             struct error *error)
{
    enum status status = STATUS_OK;
    for (; node && status == STATUS_OK; node = node->next)
        status = node->type == NODE_SCENE
                     ? add_of(scene_set, folders, session, node->as.scene.name, error)
                     : add_nodes(scene_set, folders, session, node->children, error);
    return status;
}

enum status scene_set_add_session(struct scene_set *scene_set, const struct data_folders *folders,
                                  const struct session *session, struct error *error)
{
    enum status status = add_of(scene_set, folders, session, session->scene, error);
    for (size_t i = 0; i < session->section_count && status == STATUS_OK; i++)
        status = add_nodes(scene_set, folders, session, session->sections[i].first, error);
    return status;
}

void scene_set_free(struct scene_set *scene_set)
{
    for (size_t i = 0; i < scene_set->count; i++)
        scene_recipe_free(scene_set->recipes[i]);
    arena_free(&scene_set->arena);
    *scene_set = (struct scene_set){.arena = ARENA_INIT};
}
