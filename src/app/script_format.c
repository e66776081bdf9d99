// SPDX-License-Identifier: GPL-3.0-or-later
// The script is read once, so that what is printed is what was checked.
#include "script_format.h"

#include "file_read.h"
#include "remark_reader.h"
#include "report.h"
#include "script_check.h"
#include "script_walk.h"
#include "session_limits.h"
#include "session_load.h"
#include "session_print.h"
#include "session_stream.h"

static enum status check_settings(const struct settings *settings, struct error *error)
{
    if (settings->run.json)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--format prints a script, and --json what is wrong with one: choose one");
    if (settings->operand_count != 1)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--format takes one script, or - for the standard input");
    const enum script_kind kind = script_kind(settings->operands[0]);
    if (kind != SCRIPT_SESSION && kind != SCRIPT_OTHER)
        return error_set_at(error, STATUS_BAD_ARGUMENT, settings->operands[0], 0, 0,
                            "is no script of a session: --format takes nothing else");
    return STATUS_OK;
}

// All of it, in `buffer` or `arena`.
static enum status read_script(struct text *data, struct buffer *buffer, struct arena *arena,
                               const char *operand, struct error *error)
{
    if (session_stream_descriptor(operand) == SESSION_STREAM_NONE)
        return file_read(data, arena, operand, SESSION_FILE_MAX, error);
    enum status status = session_stream_read(buffer, operand, error);
    *data = buffer_text(buffer);
    return status;
}

static enum status print(struct buffer *out, const struct session *session, struct text data,
                         struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct remarks remarks;
    enum status status = STATUS_OK;
    if (session->plain) // its lines become others, between which no place is the old one
        session_print(session, out);
    else
        status = remark_reader_read(&remarks, &arena, data);
    if (status == STATUS_OK && !session->plain)
        session_print_remarks(session, &remarks, out);
    arena_free(&arena);
    return status == STATUS_OK && !out->failed ? STATUS_OK : error_no_memory(error);
}

// Parse, check and print; what is told of it is in `list`.
static enum status format(struct buffer *out, struct text data, const struct settings *settings,
                          struct diagnostics *list, struct error *error)
{
    struct data_folders folders;
    struct session session;
    enum status status = data_folders_find(&folders, settings->what.data, error);
    if (status != STATUS_OK)
        return status;
    const struct session_source source = data_folders_source(&folders);
    status = session_parse(&session, data, &source, list, error);
    if (status != STATUS_OK)
        return status;
    status = script_check(&session, &folders, list, error);
    if (status == STATUS_OK && list->errors == 0)
        status = print(out, &session, data, error);
    session_free(&session);
    return status;
}

int script_format(const struct settings *settings)
{
    struct arena arena = ARENA_INIT;
    struct buffer stream = BUFFER_INIT, out = BUFFER_INIT;
    struct diagnostics list;
    struct text data;
    struct error error;
    enum status status = check_settings(settings, &error);
    if (status != STATUS_OK)
        return report_error(&error);
    diagnostics_init(&list, session_stream_name(settings->operands[0]));
    status = read_script(&data, &stream, &arena, settings->operands[0], &error);
    THEN(status, format(&out, data, settings, &list, &error));
    diagnostics_sort(&list);
    report_diagnostics(&list);
    int code = list.errors > 0 ? EXIT_SCRIPT : EXIT_DONE;
    if (status != STATUS_OK && !(status == STATUS_BAD_INPUT && list.errors > 0))
        code = report_error(&error);
    diagnostics_free(&list);
    buffer_free(&stream);
    arena_free(&arena);
    if (code == EXIT_DONE)
        return report_output(&out);
    buffer_free(&out);
    return code;
}
