// SPDX-License-Identifier: GPL-3.0-or-later
// The name of the file decides its format, and the format which bits and rates it can have.
#include "export_target.h"

#include "export_name.h"
#include <string.h>
#include <unistd.h>

static enum status choose_path(struct export_target *target, const struct pipeline *pipeline,
                               const char *pattern, struct error *error)
{
    const struct session *session = &pipeline->session;
    const struct settings *settings = pipeline->settings;
    const struct export_name fields = {
        .session = session->id,
        .title = session->title,
        .language = session->language.size ? session->language : text_from(settings->what.language),
        .length_frames = pipeline->total_frames,
        .from = settings->what.from,
    };
    struct buffer path = BUFFER_INIT;
    enum status status = export_name_fill(
        &path, settings->run.output ? settings->run.output : pattern, &fields, error);
    if (status == STATUS_OK && path.size >= sizeof target->path)
        status = error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
    // The standard output is asked for, never what a name happens to become.
    const char *asked = settings->run.output ? settings->run.output : "";
    if (status == STATUS_OK && strcmp(path.data, "-") == 0 && strcmp(asked, "-") != 0)
        status = error_set(error, STATUS_BAD_ARGUMENT, "\"%s\" leaves no name for a file", asked);
    if (status == STATUS_OK)
        memcpy(target->path, path.data, path.size + 1);
    buffer_free(&path);
    return status;
}

enum status export_target_choose(struct export_target *target, const struct pipeline *pipeline,
                                 const char *pattern, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    enum status status = choose_path(target, pipeline, pattern, error);
    THEN(status,
         encoder_format_from_path(&target->format, target->path, settings->form.bits, error));
    if (status == STATUS_OK && settings->form.sample_rate)
        status = encoder_format_check_rate(target->format, settings->form.sample_rate, error);
    return status;
}

bool export_target_is_stream(const struct export_target *target)
{
    return strcmp(target->path, "-") == 0;
}

enum status export_target_check_stream(const struct settings *settings, struct error *error)
{
    if (settings->run.json)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "-o - and --json both need the standard output");
    if (isatty(STDOUT_FILENO))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "-o - writes sound, which a terminal cannot show: send it to a file or "
                         "another program");
    return STATUS_OK;
}
