// SPDX-License-Identifier: GPL-3.0-or-later
// The command "play" chooses a session where none was named, and gives it to the player.
#include "command.h"
#include "pipeline.h"
#include "player.h"
#include "report.h"
#include <stdio.h>
#include <string.h>

// The session to begin with when none was named: for the most common case, a long time in a chair,
// or the first there is.
static enum status choose_first(char *id, size_t size, const struct settings *settings,
                                struct error *error)
{
    struct data_folders folders;
    struct catalogue catalogue;
    enum status status = data_folders_find(&folders, settings->what.data, error);
    if (status != STATUS_OK)
        return status;
    status = catalogue_open(&catalogue, &folders, settings->what.language, error);
    if (status == STATUS_OK && catalogue.count == 0)
        status = error_set(error, STATUS_NOT_FOUND, "there are no sessions in \"%s\"",
                           settings->what.language);
    if (status == STATUS_OK) {
        snprintf(id, size, "%.*s", TEXT_ARG(catalogue.entries[0].session.id));
        for (size_t i = 0; i < catalogue.count; i++)
            if (text_equal_c(catalogue.entries[i].session.id, "after-sitting"))
                snprintf(id, size, "after-sitting");
        report_note("no session was named: playing %s (loosen list shows others)", id);
    }
    catalogue_close(&catalogue);
    return status;
}

static enum status play(const struct settings *settings, const char *name, struct error *error)
{
    struct pipeline pipeline;
    enum status status = pipeline_open(&pipeline, settings, name, error);
    if (status == STATUS_OK) {
        pipeline_tell_warnings(&pipeline);
        pipeline_tell_own_language(&pipeline);
    }
    THEN(status, player_run(&pipeline, NULL, error));
    pipeline_close(&pipeline);
    return status;
}

// Each version of the script is a session of its own, which goes on where the last one was.
static enum status play_watched(const struct settings *settings, const char *name,
                                struct error *error)
{
    struct script_watch watch = {.line = 0};
    enum status status = STATUS_OK;
    do {
        struct pipeline pipeline;
        status = pipeline_open(&pipeline, settings, name, error);
        if (status == STATUS_OK && watch.line > 0)
            pipeline.entry =
                (struct entry_choice){.kind = ENTRY_LINE, .line = watch.line, .again = true};
        else
            THEN(status, script_watch_begin(&watch, &pipeline, error));
        if (status == STATUS_OK) {
            pipeline_tell_warnings(&pipeline);
            pipeline_tell_own_language(&pipeline);
        }
        watch.line = 0;
        THEN(status, player_run(&pipeline, &watch, error));
        pipeline_close(&pipeline);
    } while (status == STATUS_OK && watch.line > 0);
    return status;
}

int command_play(const struct settings *settings)
{
    struct error error;
    char first[256];
    const char *name = settings->operand_count ? settings->operands[0] : first;
    enum status status = STATUS_OK;
    if (settings->operand_count > 1)
        status = error_set(&error, STATUS_BAD_ARGUMENT, "play takes one session");
    else if (settings->operand_count == 0 && !settings->what.scene_only)
        status = choose_first(first, sizeof first, settings, &error);
    if (status != STATUS_OK)
        return report_error(&error);
    status =
        settings->run.watch ? play_watched(settings, name, &error) : play(settings, name, &error);
    return status == STATUS_OK ? EXIT_DONE : report_error(&error);
}
