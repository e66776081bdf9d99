#include "export_list.h"

#include "export_manifest.h"
#include "export_name.h"
#include "export_paths.h"
#include "export_target.h"
#include "export_twins.h"
#include "pipeline.h"
#include "safe_file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool export_list_is_wanted(const struct settings *settings)
{
    return settings->operand_count > 1 || settings->jobs > 0 || settings->jobs_list ||
           settings->skip_impossible || (settings->lengths && strchr(settings->lengths, ',')) ||
           strchr(settings->language, ',');
}

void export_list_add_problem(struct export_list *list, const char *text)
{
    size_t size = strlen(text);
    if (list->problems.size >= size && size > 0 &&
        strcmp(list->problems.data + list->problems.size - size, text) == 0)
        return;
    buffer_add_c(&list->problems, list->problems.size ? "\n" : "");
    buffer_add_c(&list->problems, text);
}

static const char *default_pattern(const struct settings *settings)
{
    return strchr(settings->language, ',') ? "{session}-{lang}-{length}.wav"
                                           : "{session}-{length}.wav";
}

static enum status add_item(struct export_list *list, const struct settings *settings,
                            const struct pipeline *pipeline, const char *session,
                            struct error *error)
{
    struct export_target target;
    enum status status = export_target_choose(&target, pipeline, default_pattern(settings), error);
    if (status == STATUS_OK && export_target_is_stream(&target))
        status = error_set(error, STATUS_BAD_ARGUMENT, "-o - can take one export only");
    if (status == STATUS_OK && list->count == EXPORT_ITEMS_MAX)
        status = error_set(error, STATUS_BAD_ARGUMENT, "more than %d files", EXPORT_ITEMS_MAX);
    if (status == STATUS_OK) {
        struct export_item *item = &list->items[list->count++];
        item->subject.session = session;
        item->subject.language =
            arena_copy(&list->arena, text_from(pipeline->settings->language)).data;
        item->subject.length_frames = pipeline->total_frames;
        item->path = arena_copy(&list->arena, text_from(target.path)).data;
        if (!item->path || !item->subject.language)
            status = error_no_memory(error);
    }
    return status;
}

// A script given by its path has one language, whatever others are asked for beside it.
static bool is_other_language(const struct pipeline *pipeline, const struct settings *settings)
{
    return strchr(settings->language, ',') && pipeline->session.language.size &&
           !text_equal_c(pipeline->session.language, pipeline->settings->language);
}

// One combination: an item, or a problem. *found: there is such a session in that language.
static enum status add_combination(struct export_list *list, const struct settings *settings,
                                   const struct export_subject *subject, bool *found,
                                   struct error *error)
{
    struct pipeline pipeline;
    struct settings one = *settings;
    one.language = subject->language;
    one.length_frames = subject->length_frames;
    enum status status = pipeline_open(&pipeline, &one, subject->session, error);
    *found |= status != STATUS_NOT_FOUND;
    if (status == STATUS_OK && !is_other_language(&pipeline, settings)) {
        status = add_item(list, settings, &pipeline, subject->session, error);
    } else if (status == STATUS_OK) {
        error_set(error, STATUS_NOT_FOUND, "%s is in another language than %s", subject->session,
                  subject->language);
        status = STATUS_NOT_FOUND;
    } else if (status == STATUS_BAD_ARGUMENT) {
        status = STATUS_NOT_FOUND; // a length that the session does not have
    }
    if (status == STATUS_NOT_FOUND) {
        char line[sizeof error->text + 32];
        bool several = strchr(settings->language, ',');
        snprintf(line, sizeof line, "%s%s%s", several ? subject->language : "", several ? ": " : "",
                 error->text);
        export_list_add_problem(list, line);
        list->impossible++;
        status = STATUS_OK;
    }
    pipeline_close(&pipeline);
    return status;
}

// The item up to the next comma, which `rest` then begins behind.
static struct text next_item(struct text *rest)
{
    struct text item = text_head(*rest, text_find(*rest, ','));
    *rest = text_skip(*rest, item.size + 1);
    return item;
}

// What the command line names and no session has to have: every language, and the scene.
// (A single language is looked for by each session: one given by its path needs none.)
static enum status check_named(struct export_list *list, const struct settings *settings,
                               struct error *error)
{
    struct data_folders folders;
    char path[CATALOGUE_PATH_MAX];
    const char *scene = settings->scene_only ? settings->scene_only : settings->scene;
    struct text rest = text_from(strchr(settings->language, ',') ? settings->language : "");
    enum status status = data_folders_find(&folders, error);
    while (status == STATUS_OK && rest.size > 0) {
        const char *language = arena_copy(&list->arena, next_item(&rest)).data;
        status =
            language ? catalogue_check_language(&folders, language, error) : error_no_memory(error);
    }
    if (status != STATUS_OK || !scene || settings->no_scene)
        return status;
    status = catalogue_scene_path(path, &folders, scene, error);
    if (status == STATUS_OK && access(path, R_OK) != 0)
        status = error_set(error, STATUS_NOT_FOUND, "cannot open %s: %s", path, strerror(errno));
    return status;
}

static enum status add_lengths(struct export_list *list, const struct settings *settings,
                               struct export_subject *subject, bool *found, struct error *error)
{
    struct text rest = text_from(settings->lengths);
    enum status status = STATUS_OK;
    do {
        subject->length_frames = 0;
        (void)duration_parse_length(next_item(&rest), &subject->length_frames); // checked before
        status = add_combination(list, settings, subject, found, error);
    } while (status == STATUS_OK && rest.size > 0);
    return status;
}

static enum status add_session(struct export_list *list, const struct settings *settings,
                               const char *session, struct error *error)
{
    struct text rest = text_from(settings->language);
    enum status status = STATUS_OK;
    bool found = false;
    while (status == STATUS_OK && rest.size > 0) {
        const char *language = arena_copy(&list->arena, next_item(&rest)).data;
        struct export_subject subject = {.session = session, .language = language};
        status = language ? add_lengths(list, settings, &subject, &found, error)
                          : error_no_memory(error);
    }
    if (status == STATUS_OK && !found) // `error` says so already
        status = STATUS_NOT_FOUND;
    return status;
}

enum status export_list_build(struct export_list *list, const struct settings *settings,
                              struct error *error)
{
    *list = (struct export_list){.arena = ARENA_INIT, .problems = BUFFER_INIT};
    list->items = calloc(EXPORT_ITEMS_MAX, sizeof *list->items);
    if (!list->items)
        return error_no_memory(error);
    enum status status = check_named(list, settings, error);
    if (status == STATUS_OK && settings->scene_only)
        status = add_session(list, settings, NULL, error);
    for (size_t i = 0; i < settings->operand_count && status == STATUS_OK; i++)
        status = add_session(list, settings, settings->operands[i], error);
    if (status == STATUS_OK)
        status = export_twins_find(list, settings, error);
    return status;
}

// The names beside the audio, all but the manifest's, which a batch always wants.
static enum status check_beside(const char *path, const struct settings *settings,
                                struct error *error)
{
    struct export_paths beside;
    enum status status = export_paths_list(&beside, settings, path, error);
    for (size_t i = 0; i < beside.count && status == STATUS_OK; i++)
        status = safe_file_check(beside.paths[i], settings->force, error);
    return status;
}

void export_list_check_files(struct export_list *list, const struct settings *settings)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *path = list->items[i].path;
        char manifest[CATALOGUE_PATH_MAX];
        struct error error;
        enum status status = export_manifest_path(manifest, path, &error);
        bool ours = status == STATUS_OK && access(manifest, F_OK) == 0;
        if (status == STATUS_OK)
            status = safe_file_check(path, settings->force || ours, &error);
        if (status == STATUS_OK && !ours)
            status = check_beside(path, settings, &error);
        if (status == STATUS_OK)
            continue;
        export_list_add_problem(list, error.text);
        list->wrong++;
    }
}

void export_list_arguments(struct export_arguments *arguments, const struct export_item *item,
                           const struct settings *settings)
{
    struct buffer path = BUFFER_INIT;
    export_arguments_init(arguments, settings, &item->subject);
    export_name_quote(&path, item->path);
    arguments->failed |= path.failed;
    export_arguments_add(arguments, "output", path.data);
    export_arguments_add(arguments, "resume", NULL);
    if (settings->force)
        export_arguments_add(arguments, "force", NULL);
    buffer_free(&path);
}

void export_list_free(struct export_list *list)
{
    free(list->items);
    arena_free(&list->arena);
    buffer_free(&list->problems);
    *list = (struct export_list){.arena = ARENA_INIT, .problems = BUFFER_INIT};
}
