// SPDX-License-Identifier: GPL-3.0-or-later
// The command "plan" prints a timeline as a table, as JSON, as captions or as a picture.
#include "captioning.h"
#include "command.h"
#include "overwrite.h"
#include "pipeline.h"
#include "plan_json.h"
#include "point_meanings.h"
#include "report.h"
#include "safe_file.h"
#include "timeline_print.h"
#include <string.h>

// The picture, into its file or as what is printed.
static enum status draw(struct pipeline *pipeline, struct buffer *out, struct error *error)
{
    const char *path = pipeline->settings->run.svg;
    const struct overwrite_guard guard = {.pipeline = pipeline};
    struct buffer svg = BUFFER_INIT;
    const bool prints = strcmp(path, "-") == 0;
    timeline_print_svg(&pipeline->timeline, &pipeline->utterances, prints ? out : &svg);
    if (prints)
        return STATUS_OK;
    bool replace;
    enum status status =
        svg.failed ? error_no_memory(error) : overwrite_check(&guard, path, &replace, error);
    THEN(status, safe_file_save(path, replace, svg.data, svg.size, error));
    buffer_free(&svg);
    return status;
}

// Captions or transcript: one text for one output.
static enum status print_captions(const struct pipeline *pipeline, struct buffer *out,
                                  struct error *error)
{
    const struct settings *settings = pipeline->settings;
    int wanted =
        settings->form.captions | (settings->form.transcript ? 1 << CAPTION_TRANSCRIPT : 0);
    for (int format = CAPTION_VTT; format <= CAPTION_TRANSCRIPT; format++)
        if (wanted == 1 << format)
            return captioning_print(out, (enum caption_format)format, pipeline, error);
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "plan prints one kind of captions, or the transcript");
}

// The table or its JSON, with what the tags of its lines mean where that was asked for.
static enum status print_timeline(const struct pipeline *pipeline, struct buffer *out,
                                  struct error *error)
{
    const struct settings *settings = pipeline->settings;
    struct arena arena = ARENA_INIT;
    struct points meanings = {{{NULL, 0}}};
    const struct points *points = settings->run.why ? &meanings : NULL;
    enum status status = STATUS_OK;
    if (points)
        status = point_meanings_load(&meanings, &arena, &pipeline->folders,
                                     pipeline->session.language, error);
    const struct plan_json_config config = {(uint64_t)settings->what.seed, points};
    if (status == STATUS_OK && settings->run.json)
        status = plan_json_print(&pipeline->timeline, &pipeline->utterances, &config, out, error);
    else if (status == STATUS_OK)
        timeline_print_table(&pipeline->timeline, &pipeline->utterances, points, out);
    arena_free(&arena);
    return status;
}

static enum status print_plan(struct pipeline *pipeline, struct buffer *out, struct error *error)
{
    const struct settings *settings = pipeline->settings;
    if (settings->form.captions || settings->form.transcript)
        return print_captions(pipeline, out, error);
    if (settings->run.svg)
        return draw(pipeline, out, error);
    return print_timeline(pipeline, out, error);
}

int command_plan(const struct settings *settings)
{
    struct error error;
    struct pipeline pipeline;
    struct buffer out = BUFFER_INIT;
    if (settings->operand_count != 1) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "plan takes one session, such as: loosen plan wall-ball");
        return report_error(&error);
    }
    enum status status = pipeline_open(&pipeline, settings, settings->operands[0], &error);
    if (status == STATUS_OK) {
        pipeline_tell_warnings(&pipeline);
        pipeline_tell_own_language(&pipeline);
    }
    THEN(status, pipeline_start_voice(&pipeline, SPEECH_CLIPS_OF_TIMELINE, &error));
    THEN(status, pipeline_wait_voice(&pipeline, &error));
    THEN(status, pipeline_plan(&pipeline, &error));
    THEN(status, print_plan(&pipeline, &out, &error));
    pipeline_close(&pipeline);
    if (status != STATUS_OK) {
        buffer_free(&out);
        return report_error(&error);
    }
    return report_output(&out);
}
