// SPDX-License-Identifier: GPL-3.0-or-later
// The command "check" finds faults in scripts, scenes and language files, and reports them all.
#include "actions.h"
#include "catalogue.h"
#include "command.h"
#include "dangers.h"
#include "diagnostic_json.h"
#include "file_read.h"
#include "interrupt.h"
#include "lexicon.h"
#include "notices.h"
#include "own_language.h"
#include "points_parser.h"
#include "report.h"
#include "scene_recipe.h"
#include "scene_source.h"
#include "script_check.h"
#include "script_format.h"
#include "script_walk.h"
#include "session_figures.h"
#include "session_limits.h"
#include "session_load.h"
#include "session_stream.h"
#include "style_check.h"
#include "template.h"
#include "touch_check.h"
#include "words_parser.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// One run over all that was named.
struct check {
    struct data_folders folders;
    struct diagnostic_json *document; // NULL: text
    struct buffer out;                // what goes to stdout: the diagnostics were asked for
    struct buffer figures;            // of the file that is checked
    int worst;                        // exit code
};

// What is good to know of a session without faults. For a length that it cannot have there is none.
static void add_figures(struct check *check, const struct session *session)
{
    struct session_figures figures;
    const int64_t least = session->length.least;
    const int64_t length = session->natural > least ? session->natural : least;
    if (session_figures_guess(&figures, session, length, NULL) != STATUS_OK)
        return;
    const struct checked_session checked = {session->file, figures.length, figures.total_frames,
                                            figures.speech_frames, figures.quiet_frames};
    if (check->document)
        diagnostic_json_add_session(check->document, &checked);
    else
        session_figures_print(&figures, session, &check->figures);
}

// A parsed session against the planner; it is freed.
static enum status prove(struct check *check, struct session *session, struct diagnostics *list,
                         struct error *error)
{
    enum status status = script_check(session, &check->folders, list, error);
    if (status == STATUS_OK && list->errors == 0)
        add_figures(check, session);
    session_free(session);
    return status;
}

static enum status check_text(struct check *check, struct text data, struct diagnostics *list,
                              struct error *error)
{
    struct session session;
    const struct session_source source = data_folders_source(&check->folders);
    enum status status = session_parse(&session, data, &source, list, error);
    return status == STATUS_OK ? prove(check, &session, list, error) : status;
}

static enum status check_session(struct check *check, const char *path, struct diagnostics *list,
                                 struct error *error)
{
    struct session session;
    const struct session_source source = data_folders_source(&check->folders);
    enum status status = session_load(&session, path, &source, list, error);
    return status == STATUS_OK ? prove(check, &session, list, error) : status;
}

static enum status check_scene(const char *path, struct diagnostics *list, struct error *error)
{
    struct scene_recipe *recipe = NULL;
    enum status status = scene_source_is_recording(path)
                             ? scene_source_load_recording(&recipe, path, list, error)
                             : scene_source_load(&recipe, path, list, error);
    scene_recipe_free(recipe);
    return status;
}

static enum status check_lexicon(const char *path, struct diagnostics *list, struct error *error)
{
    struct lexicon lexicon;
    enum status status = lexicon_load(&lexicon, path, list, error);
    if (status == STATUS_OK)
        lexicon_free(&lexicon);
    return status;
}

// The phrases beside a file of notices. Without them, or with faults in them, nothing is found:
// those are told with the phrases themselves.
static enum status read_phrases_beside(struct style_rules *phrases, struct arena *arena,
                                       const char *path)
{
    char beside[CATALOGUE_PATH_MAX];
    struct text data;
    struct error ignored;
    const char *slash = strrchr(path, '/');
    *phrases = (struct style_rules){{NULL}};
    if (snprintf(beside, sizeof beside, "%.*sphrases", slash ? (int)(slash + 1 - path) : 0, path) >=
            (int)sizeof beside ||
        file_read(&data, arena, beside, SESSION_FILE_MAX, &ignored) != STATUS_OK)
        return STATUS_OK;
    struct diagnostics faults;
    diagnostics_init(&faults, beside);
    enum status status = style_rules_parse(phrases, arena, data, &faults);
    diagnostics_free(&faults);
    return status;
}

static enum status check_notices(const char *path, struct arena *arena, struct text data,
                                 struct diagnostics *list)
{
    struct session notices;
    struct style_rules phrases;
    enum status status = notices_parse(&notices, arena, data, list);
    THEN(status, read_phrases_beside(&phrases, arena, path));
    if (status == STATUS_OK)
        style_check(&notices, data, &phrases, true, list);
    return status;
}

static enum status check_touch(struct arena *arena, struct text data, struct diagnostics *list)
{
    struct touch_words words;
    enum status status = touch_words_parse(&words, arena, data, list);
    if (status == STATUS_OK)
        touch_check(&words, list);
    return status;
}

// What is put together of it is checked where it is made.
static enum status check_template(struct text data, struct diagnostics *list)
{
    struct buffer ignored = BUFFER_INIT;
    const struct template_choice choice = {.title = TEXT("")};
    template_print(&ignored, data, &choice, list);
    const bool failed = ignored.failed;
    buffer_free(&ignored);
    return failed ? STATUS_NO_MEMORY : STATUS_OK;
}

// A file of a language: here by itself, else with the scripts that use it.
static enum status check_language(const char *path, enum script_kind kind, struct diagnostics *list,
                                  struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct text data;
    struct words words;
    struct style_rules phrases;
    struct actions actions;
    struct dangers dangers;
    struct points points;
    enum status status = file_read(&data, &arena, path, SESSION_FILE_MAX, error);
    if (status == STATUS_OK && kind == SCRIPT_WORDS)
        words_parse(&words, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_PHRASES)
        status = style_rules_parse(&phrases, &arena, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_ACTIONS)
        status = actions_parse(&actions, &arena, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_DANGERS)
        status = dangers_parse(&dangers, &arena, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_POINTS)
        points_parse(&points, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_TOUCH)
        status = check_touch(&arena, data, list);
    else if (status == STATUS_OK && kind == SCRIPT_TEMPLATE)
        status = check_template(data, list);
    else if (status == STATUS_OK)
        status = check_notices(path, &arena, data, list);
    arena_free(&arena);
    return status == STATUS_NO_MEMORY ? error_no_memory(error) : status;
}

// A file of a language by itself, or of what an author has beside it.
static enum status check_language_of(const struct check *check, const char *path,
                                     enum script_kind kind, struct diagnostics *list,
                                     struct error *error)
{
    struct arena arena = ARENA_INIT;
    const char *slash = strrchr(path, '/');
    struct text language = own_language_of(&arena, &check->folders, path);
    enum status status = STATUS_OK;
    if (language.size == 0)
        status = kind == SCRIPT_LEXICON ? check_lexicon(path, list, error)
                                        : check_language(path, kind, list, error);
    else if (own_language_check(&check->folders, language, slash ? slash + 1 : path, list) !=
             STATUS_OK)
        status = error_no_memory(error);
    arena_free(&arena);
    return status;
}

static enum status check_stream(struct check *check, const char *operand, struct diagnostics *list,
                                struct error *error)
{
    struct buffer data = BUFFER_INIT;
    enum status status = session_stream_read(&data, operand, error);
    THEN(status, check_text(check, buffer_text(&data), list, error));
    buffer_free(&data);
    return status;
}

static enum status check_path(struct check *check, const char *path, struct diagnostics *list,
                              struct error *error)
{
    enum script_kind kind = script_kind(path);
    switch (kind) {
    case SCRIPT_SCENE:
        return check_scene(path, list, error);
    case SCRIPT_LEXICON:
    case SCRIPT_WORDS:
    case SCRIPT_PHRASES:
    case SCRIPT_ACTIONS:
    case SCRIPT_DANGERS:
    case SCRIPT_NOTICES:
    case SCRIPT_POINTS:
    case SCRIPT_TOUCH:
    case SCRIPT_TEMPLATE:
        return check_language_of(check, path, kind, list, error);
    case SCRIPT_SESSION:
        break;
    case SCRIPT_OTHER: // a recording, or a session under another name
        if (scene_source_is_recording(path))
            return check_scene(path, list, error);
        break;
    }
    return check_session(check, path, list, error);
}

static void keep_worst(struct check *check, int code)
{
    // A file that could not be read says more than faults in one that could.
    bool failed = code != EXIT_DONE && code != EXIT_SCRIPT;
    if (check->worst == EXIT_DONE || (failed && check->worst == EXIT_SCRIPT))
        check->worst = code;
}

static bool check_file(void *context, const char *path)
{
    struct check *check = context;
    struct diagnostics list;
    struct error error;
    bool stream = session_stream_descriptor(path) != SESSION_STREAM_NONE;
    diagnostics_init(&list, stream ? session_stream_name(path) : path);
    enum status status =
        stream ? check_stream(check, path, &list, &error) : check_path(check, path, &list, &error);
    diagnostics_sort(&list);
    if (check->document)
        diagnostic_json_add(check->document, &list);
    else
        diagnostics_print(&list, &check->out);
    buffer_add(&check->out, buffer_text(&check->figures)); // behind its warnings
    check->out.failed |= check->figures.failed;
    buffer_clear(&check->figures);
    keep_worst(check, list.errors ? EXIT_SCRIPT : EXIT_DONE);
    if (status != STATUS_OK && !(status == STATUS_BAD_INPUT && list.errors))
        keep_worst(check, report_error(&error));
    diagnostics_free(&list);
    return !interrupt_signal();
}

int command_check(const struct settings *settings)
{
    struct check check = {.worst = EXIT_DONE};
    struct error error;
    if (settings->run.format)
        return script_format(settings);
    const char *const *operands = settings->operands;
    size_t count = settings->operand_count;
    if (count == 0 && settings->what.data) { // all of that folder
        operands = &settings->what.data;
        count = 1;
    }
    if (count == 0) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "check takes files or folders (or - for the standard input)");
        return report_error(&error);
    }
    if (data_folders_find(&check.folders, settings->what.data, &error) != STATUS_OK)
        return report_error(&error);
    if (settings->run.json && !(check.document = diagnostic_json_new()))
        return report_exit_code(STATUS_NO_MEMORY);
    for (size_t i = 0; i < count && !interrupt_signal(); i++)
        if (script_walk(operands[i], check_file, &check, &error) != STATUS_OK)
            keep_worst(&check, report_error(&error));
    if (check.document && diagnostic_json_print(check.document, &check.out, &error) != STATUS_OK)
        keep_worst(&check, report_error(&error));
    diagnostic_json_free(check.document);
    buffer_free(&check.figures);
    int code = report_output(&check.out);
    return code != EXIT_DONE ? code : check.worst;
}
