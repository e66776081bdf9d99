// SPDX-License-Identifier: GPL-3.0-or-later
// The command "import" makes a script of a text: prose, Markdown, captions, SSML.
#include "catalogue.h"
#include "command.h"
#include "file_read.h"
#include "import.h"
#include "proof.h"
#include "report.h"
#include "safe_file.h"
#include "session_limits.h"
#include "session_load.h"
#include "session_stream.h"

#include <string.h>

// One text, and how it is read.
struct import_text {
    const char *path;
    struct text data;
    struct session_source source;
};

// The text, read; its faults are told, and for a script there is nothing to do.
static enum status read_text(struct session *session, struct diagnostics *list,
                             const struct import_text *text, struct error *error)
{
    enum status status = session_parse(session, text->data, &text->source, list, error);
    if (status == STATUS_BAD_INPUT)
        report_diagnostics(list);
    if (status == STATUS_OK && !session->plain) {
        session_free(session);
        return error_set_at(error, STATUS_BAD_ARGUMENT, text->path, 0, 0,
                            "is a script already: loosen check looks for faults in it");
    }
    return status;
}

static enum status make(struct buffer *script, const struct import_text *text, bool blocks,
                        struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct import_config config = {&text->source, blocks};
    diagnostics_init(&list, session_stream_name(text->path));
    buffer_clear(script);
    enum status status = read_text(&session, &list, text, error);
    if (status == STATUS_OK) {
        status = import_print(script, &session, &config, &list, error);
        session_free(&session);
        if (status == STATUS_BAD_INPUT && blocks) // it would break a rule: lines stay lines
            status = make(script, text, false, error);
    }
    diagnostics_free(&list);
    return status;
}

// The bytes of a file. What is too large to be a text may be something else, which is told.
static enum status read_bytes(struct import_text *text, struct arena *arena, struct error *error)
{
    struct session session;
    struct diagnostics list;
    enum status status = file_read(&text->data, arena, text->path, SESSION_FILE_MAX, error);
    if (status != STATUS_BAD_INPUT)
        return status;
    diagnostics_init(&list, text->path);
    status = session_load(&session, text->path, &text->source, &list, error);
    if (status == STATUS_OK) // it was changed meanwhile
        session_free(&session);
    report_diagnostics(&list);
    diagnostics_free(&list);
    return status == STATUS_OK ? error_set_at(error, STATUS_IO, text->path, 0, 0, "was changed")
                               : status;
}

static enum status read_and_make(struct buffer *script, const struct settings *settings,
                                 const struct data_folders *folders, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct buffer data = BUFFER_INIT;
    struct import_text text = {.path = settings->operands[0]};
    text.source = data_folders_source(folders);
    text.source.plain_language = settings->what.language;
    enum status status = catalogue_check_language(folders, settings->what.language, error);
    if (session_stream_descriptor(text.path) == SESSION_STREAM_NONE) {
        THEN(status, read_bytes(&text, &arena, error));
    } else {
        THEN(status, session_stream_read(&data, text.path, error));
        text.data = buffer_text(&data);
    }
    THEN(status, make(script, &text, true, error));
    arena_free(&arena);
    buffer_free(&data);
    return status;
}

int command_import(const struct settings *settings)
{
    struct data_folders folders;
    struct error error;
    struct buffer script = BUFFER_INIT;
    const char *output = settings->run.output;
    const bool prints = !output || strcmp(output, "-") == 0;
    size_t faults = 0;
    if (settings->operand_count != 1) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "import takes one text, such as: loosen import notes.md -o notes.session");
        return report_error(&error);
    }
    enum status status = data_folders_find(&folders, settings->what.data, &error);
    THEN(status, read_and_make(&script, settings, &folders, &error));
    THEN(status,
         proof_tell(&folders, prints ? "<stdout>" : output, buffer_text(&script), &faults, &error));
    if (status == STATUS_OK && !prints)
        status = safe_file_save(output, settings->run.force, script.data, script.size, &error);
    if (status != STATUS_OK || !prints) {
        buffer_free(&script);
        return status != STATUS_OK ? report_error(&error) : faults ? EXIT_SCRIPT : EXIT_DONE;
    }
    int code = report_output(&script);
    return code != EXIT_DONE ? code : faults ? EXIT_SCRIPT : EXIT_DONE;
}
