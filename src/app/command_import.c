// SPDX-License-Identifier: GPL-3.0-or-later
// The command "import" makes a script of a text: prose, Markdown, captions, SSML.
#include "catalogue.h"
#include "command.h"
#include "import.h"
#include "report.h"
#include "safe_file.h"
#include "script_check.h"
#include "session_load.h"
#include "session_stream.h"

#include <string.h>

// The text, read; its faults are told, and for a script there is nothing to do.
static enum status read_text(struct session *session, struct diagnostics *list, const char *path,
                             const struct session_source *source, struct error *error)
{
    struct buffer data = BUFFER_INIT;
    enum status status;
    if (session_stream_descriptor(path) == SESSION_STREAM_NONE) {
        status = session_load(session, path, source, list, error);
    } else {
        status = session_stream_read(&data, path, error);
        THEN(status, session_parse(session, buffer_text(&data), source, list, error));
    }
    buffer_free(&data);
    if (status == STATUS_BAD_INPUT)
        report_diagnostics(list);
    if (status == STATUS_OK && !session->plain) {
        session_free(session);
        return error_set_at(error, STATUS_BAD_ARGUMENT, path, 0, 0,
                            "is a script already: loosen check looks for faults in it");
    }
    return status;
}

// What the check says of the script, under the name that it gets. Faults do not keep it from being
// written: its author goes on from there.
static enum status prove(const struct data_folders *folders, const char *name, struct text script,
                         size_t *faults, struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&list, name);
    enum status status = session_parse(&session, script, &source, &list, error);
    if (status == STATUS_OK) {
        status = script_check(&session, folders, &list, error);
        session_free(&session);
    }
    if (status == STATUS_BAD_INPUT)
        status = STATUS_OK;
    diagnostics_sort(&list);
    report_diagnostics(&list);
    *faults = list.errors;
    diagnostics_free(&list);
    return status;
}

static enum status make(struct buffer *script, const struct data_folders *folders, const char *path,
                        struct error *error)
{
    struct session session;
    struct diagnostics list;
    const struct session_source source = data_folders_source(folders);
    diagnostics_init(&list, session_stream_name(path));
    enum status status = read_text(&session, &list, path, &source, error);
    if (status == STATUS_OK) {
        status = import_print(script, &session, &list, error);
        session_free(&session);
    }
    diagnostics_free(&list);
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
    THEN(status, make(&script, &folders, settings->operands[0], &error));
    THEN(status,
         prove(&folders, prints ? "<stdout>" : output, buffer_text(&script), &faults, &error));
    if (status == STATUS_OK && !prints)
        status = safe_file_save(output, settings->run.force, script.data, script.size, &error);
    if (status != STATUS_OK || !prints) {
        buffer_free(&script);
        return status != STATUS_OK ? report_error(&error) : faults ? EXIT_SCRIPT : EXIT_DONE;
    }
    int code = report_output(&script);
    return code != EXIT_DONE ? code : faults ? EXIT_SCRIPT : EXIT_DONE;
}
