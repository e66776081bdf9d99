#include "captioning.h"
#include "command.h"
#include "pipeline.h"
#include "plan_json.h"
#include "report.h"
#include "timeline_print.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum status write_picture(const struct pipeline *pipeline, const char *path,
                                 struct error *error)
{
    struct buffer svg = BUFFER_INIT;
    timeline_print_svg(&pipeline->timeline, &pipeline->utterances, &svg);
    enum status status = svg.failed ? error_no_memory(error) : STATUS_OK;
    FILE *file = status == STATUS_OK ? fopen(path, "we") : NULL;
    bool written = file && fwrite(svg.data, 1, svg.size, file) == svg.size;
    if (file && fclose(file) != 0)
        written = false;
    if (status == STATUS_OK && !written)
        status =
            error_set_at(error, STATUS_IO, path, 0, 0, "cannot be written: %s", strerror(errno));
    buffer_free(&svg);
    return status;
}

// Captions or transcript: one text for one output.
static enum status print_captions(const struct pipeline *pipeline, struct buffer *out,
                                  struct error *error)
{
    const struct settings *settings = pipeline->settings;
    int wanted = settings->captions | (settings->transcript ? 1 << CAPTION_TRANSCRIPT : 0);
    for (int format = CAPTION_VTT; format <= CAPTION_TRANSCRIPT; format++)
        if (wanted == 1 << format)
            return captioning_print(out, (enum caption_format)format, pipeline, error);
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "plan prints one kind of captions, or the transcript");
}

static enum status print_plan(const struct pipeline *pipeline, struct buffer *out,
                              struct error *error)
{
    const struct settings *settings = pipeline->settings;
    if (settings->captions || settings->transcript)
        return print_captions(pipeline, out, error);
    if (settings->svg)
        return write_picture(pipeline, settings->svg, error);
    if (settings->json)
        return plan_json_print(&pipeline->timeline, &pipeline->utterances, settings->seed, out,
                               error);
    timeline_print_table(&pipeline->timeline, &pipeline->utterances, out);
    return STATUS_OK;
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
    if (status == STATUS_OK)
        status = pipeline_start_voice(&pipeline, &error);
    if (status == STATUS_OK)
        status = pipeline_wait_voice(&pipeline, &error);
    if (status == STATUS_OK)
        status = pipeline_plan(&pipeline, &error);
    if (status == STATUS_OK)
        status = print_plan(&pipeline, &out, &error);
    pipeline_close(&pipeline);
    if (status != STATUS_OK) {
        buffer_free(&out);
        return report_error(&error);
    }
    return report_output(&out);
}
