// SPDX-License-Identifier: GPL-3.0-or-later
// Every file that an export reads is visited once, in an order that does not change.
#include "inputs.h"

#include "scene_recipe.h"
#include "scene_source.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum status visit(const struct export_source_visitor *visitor, const char *path,
                         struct error *error)
{
    return visitor->visit(visitor->context, path, error);
}

// The files that belong to a language, and what an author has beside them; those that are not there
// are not read either.
static enum status visit_language(const struct pipeline *pipeline,
                                  const struct export_source_visitor *visitor, struct error *error)
{
    static const char *const names[] = {"words",   "phrases", "actions",
                                        "dangers", "notices", "lexicon"};
    static const char *const own[] = {"words", "lexicon"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == STATUS_OK; i++) {
        char path[CATALOGUE_PATH_MAX];
        status = data_folders_language_file(path, &pipeline->folders, pipeline->session.language,
                                            names[i], error);
        if (status == STATUS_OK && access(path, F_OK) == 0)
            status = visit(visitor, path, error);
    }
    for (size_t i = 0; i < sizeof own / sizeof *own && status == STATUS_OK; i++) {
        char path[CATALOGUE_PATH_MAX];
        if (data_folders_own_file(path, &pipeline->folders, pipeline->session.language, own[i]))
            status = visit(visitor, path, error);
    }
    return status;
}

// The recordings that a recipe names.
static enum status visit_recordings(const struct scene_recipe *recipe, const char *recipe_path,
                                    const struct export_source_visitor *visitor,
                                    struct error *error)
{
    struct scene_file file;
    const char *slash = strrchr(recipe_path, '/');
    int folder = slash ? (int)(slash + 1 - recipe_path) : 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && scene_recipe_file(recipe, i, &file); i++) {
        char path[CATALOGUE_PATH_MAX];
        int size = snprintf(path, sizeof path, "%.*s%s", folder, recipe_path, file.path);
        status = size < (int)sizeof path
                     ? visit(visitor, path, error)
                     : error_set(error, STATUS_BAD_ARGUMENT, "a recording's path is too long");
    }
    return status;
}

static enum status visit_scenes(const struct pipeline *pipeline,
                                const struct export_source_visitor *visitor, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < pipeline->scene_set.count && status == STATUS_OK; i++) {
        const char *path = pipeline->scene_set.paths[i];
        status = visit(visitor, path, error);
        if (status == STATUS_OK && !scene_source_is_recording(path))
            status = visit_recordings(pipeline->scene_set.recipes[i], path, visitor, error);
    }
    return status;
}

static enum status visit_script(const struct pipeline *pipeline,
                                const struct export_source_visitor *visitor, struct error *error)
{
    char path[CATALOGUE_PATH_MAX];
    const struct text file =
        pipeline->origin.stream[0] ? text_from(pipeline->origin.stream) : pipeline->session.file;
    int size = snprintf(path, sizeof path, "%.*s", TEXT_ARG(file));
    enum status status = size < (int)sizeof path ? visit(visitor, path, error)
                                                 : error_set(error, STATUS_BAD_ARGUMENT,
                                                             "the script's path is too long");
    THEN(status, visit_language(pipeline, visitor, error));
    return status;
}

enum status inputs_visit(struct pipeline *pipeline, const struct export_source_visitor *visitor,
                         struct error *error)
{
    enum status status = STATUS_OK;
    if (!pipeline->settings->what.scene_only)
        status = visit_script(pipeline, visitor, error);
    THEN(status, pipeline_load_scenes(pipeline, error));
    THEN(status, visit_scenes(pipeline, visitor, error));
    return status;
}
