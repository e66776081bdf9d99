// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe is read from its file, summed up in a line, and freed.
#include "recipe.h"

#include "curve.h"
#include "file_read.h"
#include "scene_recipe.h"
#include <math.h>
#include <stdlib.h>

void scene_recipe_free(struct scene_recipe *recipe)
{
    if (!recipe)
        return;
    for (int i = 0; i < recipe->layer_count; i++)
        recording_free(recipe->layers[i].file.recording);
    free(recipe);
}

// ---- Recordings ---------------------------------------------------------------------------------

// The layer of the recording with this index.
static int find_file(const struct scene_recipe *recipe, size_t index)
{
    for (int i = 0; i < recipe->layer_count; i++)
        if (recipe->layers[i].kind == RECIPE_RECORDING && index-- == 0)
            return i;
    return -1;
}

bool scene_recipe_file(const struct scene_recipe *recipe, size_t index, struct scene_file *file)
{
    int i = find_file(recipe, index);
    if (i < 0)
        return false;
    const struct recipe_layer *layer = &recipe->layers[i];
    *file = (struct scene_file){layer->file.path, layer->line, layer->file.column,
                                layer->file.fade_frames};
    return true;
}

void scene_recipe_set_recording(struct scene_recipe *recipe, size_t index,
                                struct recording *take_recording)
{
    struct recipe_file *file = &recipe->layers[find_file(recipe, index)].file;
    recording_free(file->recording);
    file->recording = take_recording;
}

size_t scene_recipe_sample_frames(const struct scene_recipe *recipe)
{
    int64_t frames = RECIPE_SAMPLE_FRAMES;
    for (int i = 0; i < recipe->layer_count; i++) {
        const struct recording *recording = recipe->layers[i].file.recording;
        if (recording && recording->frames > frames)
            frames = recording->frames;
    }
    return (size_t)(frames < RECIPE_SAMPLE_MOST ? frames : RECIPE_SAMPLE_MOST);
}

// ---- The rest -----------------------------------------------------------------------------------

const char *scene_recipe_summary(const struct scene_recipe *recipe)
{
    return recipe->summary;
}

struct scene_movement scene_recipe_movement(const struct scene_recipe *recipe)
{
    struct scene_movement movement = {0, 0, 0};
    for (int i = 0; i < recipe->layer_count; i++) {
        const struct recipe_layer *layer = &recipe->layers[i];
        movement.breath_db = fmax(movement.breath_db, layer->breath_db);
        movement.free_db = fmax(movement.free_db, layer->free_db);
        if (layer->free_db > 0) {
            double rise_s = seconds_from_frames(layer->free_frames[0] / 2);
            movement.free_slope_db =
                fmax(movement.free_slope_db, layer->free_db * CURVE_RISE_SLOPE / rise_s);
        }
    }
    return movement;
}

// ---- Files --------------------------------------------------------------------------------------

enum status scene_recipe_load(struct scene_recipe **recipe, const char *path,
                              struct diagnostics *list, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    enum status status = file_read(&data, &arena, path, SCENE_FILE_MAX, error);
    THEN(status, scene_recipe_parse(recipe, data, list, error));
    arena_free(&arena);
    return status;
}
