// SPDX-License-Identifier: GPL-3.0-or-later
// The command "say" speaks one line of a script as it will sound, live or into a file.
#include "command.h"
#include "espeak_narrator.h"
#include "export_job.h"
#include "line_operand.h"
#include "pipeline.h"
#include "player.h"
#include "report.h"

static enum status play(const struct settings *settings, const char *session, struct error *error)
{
    struct pipeline pipeline;
    enum status status = pipeline_open(&pipeline, settings, session, error);
    THEN(status, player_run(&pipeline, NULL, error));
    pipeline_close(&pipeline);
    return status;
}

static enum status write(const struct settings *settings, const char *session, struct error *error)
{
    struct export_result result;
    const struct export_job_config config = {.settings = settings, .session = session};
    espeak_narrator_find_data(); // there are no threads yet
    return export_job_run(&result, &config, error);
}

int command_say(const struct settings *settings)
{
    struct error error;
    struct line_operand operand = {.line = 0};
    struct settings line = *settings;
    enum status status = STATUS_OK;
    if (settings->operand_count == 1)
        status = line_operand_read(&operand, settings->operands[0], &error);
    if (status == STATUS_OK && operand.line == 0)
        status = error_set(&error, STATUS_BAD_ARGUMENT,
                           "say takes one line of a session, such as: loosen say my.session:23");
    line.what.line = operand.line;
    line.run.plain = true;
    THEN(status, settings->run.output ? write(&line, operand.session, &error)
                                      : play(&line, operand.session, &error));
    return status == STATUS_OK ? EXIT_DONE : report_error(&error);
}
