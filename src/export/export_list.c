// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions, languages and lengths are multiplied; what can't be made becomes a problem.
#include "export_list.h"

#include "export_name.h"
#include "export_paths.h"
#include "export_target.h"
#include "inputs_manifest.h"
#include "pipeline.h"
#include "safe_file.h"
#include "session_stream.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool export_list_is_wanted(const struct settings *settings)
{
    return settings->operand_count > 1 || settings->run.jobs > 0 || settings->run.jobs_list ||
           settings->run.skip_impossible ||
           (settings->what.length.list && strchr(settings->what.length.list, ',')) ||
           strchr(settings->what.language, ',');
}

// Whether both say the same, and leave out the same.
static bool is_same(const struct export_problem *a, const struct export_problem *b)
{
    return strcmp(a->text, b->text) == 0 &&
           strcmp(a->left_out ? a->left_out : "", b->left_out ? b->left_out : "") == 0;
}

// What was just said is not said again.
static enum status add_problem(struct export_list *list, const struct export_problem *problem,
                               struct error *error)
{
    if (list->last && is_same(list->last, problem))
        return STATUS_OK;
    struct export_problem *copy = arena_alloc(&list->arena, sizeof *copy);
    if (!copy)
        return error_no_memory(error);
    copy->file = problem->file;
    copy->text = arena_copy(&list->arena, text_from(problem->text)).data;
    if (problem->left_out)
        copy->left_out = arena_copy(&list->arena, text_from(problem->left_out)).data;
    if (!copy->text || (problem->left_out && !copy->left_out))
        return error_no_memory(error);
    *(list->last ? &list->last->next : &list->problems) = copy;
    list->last = copy;
    return STATUS_OK;
}

static const char *default_pattern(const struct settings *settings)
{
    return export_name_usual(strchr(settings->what.language, ','), settings->what.from);
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
            arena_copy(&list->arena, text_from(pipeline->settings->what.language)).data;
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
    return strchr(settings->what.language, ',') && pipeline->session.language.size &&
           !text_equal_c(pipeline->session.language, pipeline->settings->what.language);
}

// "wall-ball in de at 2:00 (6:00 to 30:00 is possible)"
static void print_left_out(struct buffer *out, const struct pipeline *pipeline,
                           const struct export_subject *subject, const struct error *error)
{
    const struct session *session = &pipeline->session;
    buffer_printf(out, "%s in %s", subject->session ? subject->session : "the scene",
                  subject->language);
    if (error->status == STATUS_NOT_FOUND) {
        buffer_printf(out, " (%s)",
                      session->id.size ? "it is in another language" : "there is none");
        return;
    }
    buffer_add_c(out, " at ");
    duration_print_clock(out, pipeline->total_frames);
    if (session->length.most == 0) {
        buffer_printf(out, " (%s)", error->text);
        return;
    }
    buffer_add_c(out, " (");
    duration_print_clock(out, session->length.least);
    buffer_add_c(out, " to ");
    duration_print_clock(out, session->length.most);
    buffer_add_c(out, " is possible)");
}

static enum status add_impossible(struct export_list *list, const struct pipeline *pipeline,
                                  const struct export_subject *subject, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    struct buffer left_out = BUFFER_INIT;
    if (list->several_languages)
        buffer_printf(&text, "%s: ", subject->language);
    buffer_add_c(&text, error->text);
    print_left_out(&left_out, pipeline, subject, error);
    const struct export_problem problem = {.text = text.data, .left_out = left_out.data};
    list->impossible++;
    enum status status = text.failed || left_out.failed ? error_no_memory(error)
                                                        : add_problem(list, &problem, error);
    buffer_free(&text);
    buffer_free(&left_out);
    return status;
}

// What is known of a session after its combinations so far.
struct search {
    bool found; // there is one in one of the languages
    bool told;  // what there is to say of it
};

// What is left out of a language is told once.
static enum status tell_own_language(struct export_list *list, const struct pipeline *pipeline,
                                     struct error *error)
{
    struct buffer code = BUFFER_INIT;
    struct buffer told = BUFFER_INIT;
    enum status status = STATUS_OK;
    buffer_printf(&code, ",%.*s,", TEXT_ARG(pipeline->session.language));
    buffer_printf(&told, "%.*s%s", TEXT_ARG(list->told), code.failed ? "" : code.data);
    if (!code.failed && text_find_text(list->told, buffer_text(&code)) == list->told.size) {
        pipeline_tell_own_language(pipeline);
        list->told = arena_copy(&list->arena, buffer_text(&told));
    }
    if (code.failed || told.failed || !list->told.data)
        status = error_no_memory(error);
    buffer_free(&code);
    buffer_free(&told);
    return status;
}

// One combination: an item, or a problem.
static enum status add_combination(struct export_list *list, const struct settings *settings,
                                   const struct export_subject *subject, struct search *search,
                                   struct error *error)
{
    struct pipeline pipeline;
    struct settings one = *settings;
    one.what.language = subject->language;
    one.what.length.first_frames = subject->length_frames;
    enum status status = pipeline_open(&pipeline, &one, subject->session, error);
    search->found |= status != STATUS_NOT_FOUND;
    if (status == STATUS_OK && !search->told)
        pipeline_tell_warnings(&pipeline);
    search->told |= status == STATUS_OK;
    if (status == STATUS_OK)
        status = tell_own_language(list, &pipeline, error);
    if (status == STATUS_OK && is_other_language(&pipeline, settings))
        status = error_set(error, STATUS_NOT_FOUND, "%s is in another language than %s",
                           subject->session, subject->language);
    if (status == STATUS_OK)
        status = add_item(list, settings, &pipeline, subject->session, error);
    else if (status == STATUS_NOT_FOUND ||
             status == STATUS_BAD_ARGUMENT) // no session, no such length
        status = add_impossible(list, &pipeline, subject, error);
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
    const char *scene =
        settings->what.scene_only ? settings->what.scene_only : settings->what.scene;
    struct text rest =
        text_from(strchr(settings->what.language, ',') ? settings->what.language : "");
    enum status status = data_folders_find(&folders, settings->what.data, error);
    while (status == STATUS_OK && rest.size > 0) {
        const char *language = arena_copy(&list->arena, next_item(&rest)).data;
        status =
            language ? catalogue_check_language(&folders, language, error) : error_no_memory(error);
    }
    if (status != STATUS_OK || !scene || settings->what.no_scene)
        return status;
    status = catalogue_scene_path(path, &folders, scene, error);
    if (status == STATUS_OK && access(path, R_OK) != 0)
        status = error_set(error, STATUS_NOT_FOUND, "cannot open %s: %s", path, strerror(errno));
    return status;
}

static enum status add_lengths(struct export_list *list, const struct settings *settings,
                               struct export_subject *subject, struct search *search,
                               struct error *error)
{
    struct text rest = text_from(settings->what.length.list);
    enum status status = STATUS_OK;
    do {
        subject->length_frames = 0;
        (void)duration_parse_length(next_item(&rest), &subject->length_frames); // checked before
        status = add_combination(list, settings, subject, search, error);
    } while (status == STATUS_OK && rest.size > 0);
    return status;
}

static enum status add_session(struct export_list *list, const struct settings *settings,
                               const char *session, struct error *error)
{
    struct text rest = text_from(settings->what.language);
    enum status status = STATUS_OK;
    struct search search = {false, false};
    while (status == STATUS_OK && rest.size > 0) {
        const char *language = arena_copy(&list->arena, next_item(&rest)).data;
        struct export_subject subject = {.session = session, .language = language};
        status = language ? add_lengths(list, settings, &subject, &search, error)
                          : error_no_memory(error);
    }
    if (status == STATUS_OK && !search.found) // `error` says so already
        status = STATUS_NOT_FOUND;
    return status;
}

enum status export_list_add_wrong(struct export_list *list, const char *path, const char *text,
                                  struct error *error)
{
    const struct export_problem problem = {.file = path, .text = text};
    list->wrong++;
    return add_problem(list, &problem, error);
}

// Each file is made by a process of its own, perhaps later: all of them read the session.
static enum status check_operand(const char *operand, struct error *error)
{
    if (session_stream_descriptor(operand) == SESSION_STREAM_NONE)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "%s can be read once, for one export: save it as a file to make several",
                     session_stream_name(operand));
}

enum status export_list_build(struct export_list *list, const struct settings *settings,
                              struct error *error)
{
    *list = (struct export_list){.arena = ARENA_INIT,
                                 .several_languages = strchr(settings->what.language, ','),
                                 .told = TEXT("")};
    list->items = calloc(EXPORT_ITEMS_MAX, sizeof *list->items);
    if (!list->items)
        return error_no_memory(error);
    enum status status = check_named(list, settings, error);
    if (status == STATUS_OK && settings->what.scene_only)
        status = add_session(list, settings, NULL, error);
    for (size_t i = 0; i < settings->operand_count && status == STATUS_OK; i++)
        status = check_operand(settings->operands[i], error);
    for (size_t i = 0; i < settings->operand_count && status == STATUS_OK; i++)
        status = add_session(list, settings, settings->operands[i], error);
    return status;
}

// The names beside the audio, all but the manifest's, which a batch always wants.
static enum status check_beside(const char *path, const struct settings *settings,
                                struct error *error)
{
    struct export_paths beside;
    enum status status = export_paths_list(&beside, settings, path, error);
    for (size_t i = 0; i < beside.count && status == STATUS_OK; i++)
        status = safe_file_check(beside.paths[i], settings->run.force, error);
    return status;
}

enum status export_list_check_files(struct export_list *list, const struct settings *settings,
                                    struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *path = list->items[i].path;
        char manifest[CATALOGUE_PATH_MAX];
        enum status status = inputs_manifest_path(manifest, path, error);
        bool ours = status == STATUS_OK && access(manifest, F_OK) == 0;
        THEN(status, safe_file_check(path, settings->run.force || ours, error));
        if (status == STATUS_OK && !ours)
            status = check_beside(path, settings, error);
        if (status != STATUS_OK)
            status = export_list_add_wrong(list, path, error->text, error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

void export_list_arguments(struct arguments *arguments, const struct export_item *item,
                           const struct settings *settings)
{
    struct buffer path = BUFFER_INIT;
    arguments_init(arguments, settings, &item->subject);
    export_name_quote(&path, item->path);
    arguments->failed |= path.failed;
    arguments_add(arguments, "output", path.data);
    arguments_add(arguments, "resume", NULL);
    if (settings->run.force)
        arguments_add(arguments, "force", NULL);
    buffer_free(&path);
}

void export_list_free(struct export_list *list)
{
    free(list->items);
    arena_free(&list->arena);
    *list = (struct export_list){.arena = ARENA_INIT};
}
