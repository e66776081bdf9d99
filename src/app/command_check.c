#include "catalogue.h"
#include "command.h"
#include "plan.h"
#include "report.h"
#include "scene.h"
#include <string.h>

static bool is_scene(const char *path)
{
    struct text name = text_from(path);
    return name.size > 6 && strcmp(path + name.size - 6, ".scene") == 0;
}

// The header's promise against what the planner can do with clips of guessed length.
static enum status check_range(const struct session *session, struct diagnostics *list,
                               struct error *error)
{
    struct utterances utterances;
    enum status status = utterances_build(&utterances, session, session->natural, error);
    if (status != STATUS_OK)
        return status;
    struct arena arena = ARENA_INIT;
    struct range range;
    struct plan_config config = {.breaths_per_minute = PLAN_BREATHS_DEFAULT};
    int64_t *clips = arena_array(&arena, utterances.count, sizeof *clips);
    status = clips ? STATUS_OK : error_no_memory(error);
    for (size_t i = 0; status == STATUS_OK && i < utterances.count; i++)
        clips[i] = plan_guess_clip(utterances.items[i].spoken);
    if (status == STATUS_OK)
        status = plan_range(&range, session, &utterances, clips, &config, error);
    if (status == STATUS_OK &&
        (range.least > session->length.least || range.most < session->length.most)) {
        struct buffer text = BUFFER_INIT;
        duration_print_clock(&text, range.least);
        buffer_add_c(&text, " to ");
        duration_print_clock(&text, range.most);
        diagnostics_add(list, SEVERITY_ERROR, "length-range", 1, 1,
                        "the header promises a length that the script cannot take: its lines and "
                        "pauses fit %s",
                        text.data ? text.data : "");
        diagnostics_hint(list,
                         "shorten the must lines or give rests more room, or change `length`");
        buffer_free(&text);
    }
    arena_free(&arena);
    utterances_free(&utterances);
    return status;
}

static enum status check_session(const char *path, const struct data_folders *folders,
                                 struct diagnostics *list, struct error *error)
{
    struct session session;
    const struct session_source source = {folders->scripts};
    enum status status = session_load(&session, path, &source, list, error);
    if (status != STATUS_OK)
        return status;
    status = check_range(&session, list, error);
    session_free(&session);
    return status;
}

static enum status check_scene(const char *path, struct diagnostics *list, struct error *error)
{
    struct scene_recipe *recipe = NULL;
    enum status status = scene_recipe_load(&recipe, path, list, error);
    scene_recipe_free(recipe);
    return status;
}

// One file: its diagnostics to stdout, since they are what was asked for.
static int check_file(const char *path, const struct data_folders *folders, struct buffer *out)
{
    struct diagnostics list;
    struct error error;
    diagnostics_init(&list, path);
    enum status status = is_scene(path) ? check_scene(path, &list, &error)
                                        : check_session(path, folders, &list, &error);
    diagnostics_sort(&list);
    diagnostics_print(&list, out);
    int code = list.errors ? EXIT_SCRIPT : EXIT_DONE;
    if (status != STATUS_OK && !(status == STATUS_BAD_INPUT && list.errors))
        code = report_error(&error);
    diagnostics_free(&list);
    return code;
}

int command_check(const struct settings *settings)
{
    struct data_folders folders;
    struct error error;
    struct buffer out = BUFFER_INIT;
    if (settings->operand_count == 0) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "check takes files, such as: loosen check my.session");
        return report_error(&error);
    }
    if (data_folders_find(&folders, &error) != STATUS_OK)
        return report_error(&error);
    int worst = EXIT_DONE;
    for (size_t i = 0; i < settings->operand_count; i++) {
        int code = check_file(settings->operands[i], &folders, &out);
        if (worst == EXIT_DONE || code == EXIT_FAILED)
            worst = code > worst ? code : worst;
    }
    int code = report_output(&out);
    return code != EXIT_DONE ? code : worst;
}
