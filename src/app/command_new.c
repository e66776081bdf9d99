// SPDX-License-Identifier: GPL-3.0-or-later
// The command "new" begins a script of one's own: from four questions, or from options.
#include "command.h"
#include "draft.h"
#include "file_title.h"
#include "interrupt.h"
#include "proof.h"
#include "questions.h"
#include "report.h"
#include "safe_file.h"
#include "session_limits.h"

#include <string.h>
#include <unistd.h>

#define MINUTE ((int64_t)60 * FRAME_RATE)

enum { NATURAL_MINUTES = 10 }; // where no length is given

// The session's title from the name of its file, as far as that tells one.
static enum status take_file_title(struct draft *draft, const char *path, struct error *error)
{
    struct buffer title = BUFFER_INIT;
    const char *slash = strrchr(path, '/');
    file_title_read(&title, text_from(slash ? slash + 1 : path));
    if (title.size > 0)
        draft->choice.title = arena_copy(&draft->arena, buffer_text(&title));
    const bool failed = title.failed || !draft->choice.title.data;
    buffer_free(&title);
    return failed ? error_no_memory(error) : STATUS_OK;
}

// What the options say, and the defaults of the rest. `path`: NULL or "-" name no file.
static enum status choose(struct draft *draft, const struct settings *settings, const char *path,
                          struct error *error)
{
    const int64_t length = settings->what.length.first_frames;
    draft->choice.place = (enum place_kind)settings->run.position;
    draft->choice.kind = (enum template_kind)settings->run.kind;
    draft->choice.natural = length ? length : NATURAL_MINUTES * MINUTE;
    if (draft->choice.natural < SESSION_LENGTH_LEAST || draft->choice.natural > SESSION_LENGTH_MOST)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--length %s: every session has 2 to 90 minutes",
                         settings->what.length.list);
    if (settings->run.title)
        draft->choice.title = text_trim(text_from(settings->run.title));
    else if (path && strcmp(path, "-") != 0)
        return take_file_title(draft, path, error);
    return STATUS_OK;
}

// Where the script goes: into a file, or NULL for the standard output. Without a name it is named
// after its title where somebody sits at the terminal.
static enum status place(struct buffer *name, const char **file, const struct draft *draft,
                         const char *path, struct error *error)
{
    *file = path && strcmp(path, "-") != 0 ? path : NULL;
    if (path || !isatty(STDOUT_FILENO))
        return STATUS_OK;
    file_title_name(name, draft->choice.title);
    *file = name->data;
    return name->failed ? error_no_memory(error) : STATUS_OK;
}

static int write_script(const struct draft *draft, const struct settings *settings,
                        const struct data_folders *folders, const char *path)
{
    struct error error;
    struct buffer name = BUFFER_INIT, script = BUFFER_INIT;
    const char *file = NULL;
    size_t faults = 0;
    enum status status = place(&name, &file, draft, path, &error);
    THEN(status, draft_print(&script, draft, folders, &error));
    THEN(status,
         proof_tell(folders, file ? file : "<stdout>", buffer_text(&script), &faults, &error));
    if (file)
        THEN(status, safe_file_save(file, settings->run.force, script.data, script.size, &error));
    if (status == STATUS_OK && file)
        report_note("%s is written: loosen check, plan and play take it", file);
    int code = status == STATUS_OK ? EXIT_DONE : report_error(&error);
    if (status == STATUS_OK && !file)
        code = report_output(&script);
    else
        buffer_free(&script);
    buffer_free(&name);
    return code != EXIT_DONE ? code : faults ? EXIT_SCRIPT : EXIT_DONE;
}

static int leave(void)
{
    report_note("nothing was written");
    return interrupt_signal() ? EXIT_SIGNAL + interrupt_signal() : EXIT_DONE;
}

// Answers, where somebody can give them; then the script.
static int begin(struct draft *draft, const struct settings *settings,
                 const struct data_folders *folders, const char *path)
{
    struct error error;
    enum status status = choose(draft, settings, path, &error);
    if (settings->run.title || !questions_possible())
        THEN(status, draft_check_title(draft, folders, &error));
    if (path && strcmp(path, "-") != 0)
        THEN(status, safe_file_check(path, settings->run.force, &error));
    if (status != STATUS_OK)
        return report_error(&error);
    if (questions_possible()) {
        switch (questions_ask(draft, settings, folders, !path && isatty(STDOUT_FILENO))) {
        case ANSWERS_ALL:
            break;
        case ANSWERS_LEFT:
            return leave();
        case ANSWERS_FAILED:
            return EXIT_FAILED;
        }
    }
    return write_script(draft, settings, folders, path);
}

int command_new(const struct settings *settings)
{
    struct data_folders folders;
    struct draft draft;
    struct error error;
    const char *path = settings->operand_count == 1 ? settings->operands[0] : NULL;
    if (settings->operand_count > 1) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "new takes one file, such as: loosen new my-evening.session");
        return report_error(&error);
    }
    enum status status = data_folders_find(&folders, settings->what.data, &error);
    THEN(status, draft_open(&draft, &folders, settings->what.language, &error));
    if (status != STATUS_OK)
        return report_error(&error);
    int code = begin(&draft, settings, &folders, path);
    draft_close(&draft);
    return code;
}
