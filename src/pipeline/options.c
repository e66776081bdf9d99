// SPDX-License-Identifier: GPL-3.0-or-later
// getopt_long finds the options, and the table of rows says what each is.
// It is a GNU interface; this file alone needs it.
#define _GNU_SOURCE

#include "options.h"

#include "option_value.h"
#include "plan_config.h"
#include "template.h"
#include <getopt.h>
#include <string.h>

enum {
    ROWS_MAX = 64, // that one command takes
    LONG_ID = 256, // of the first row, for getopt: no letter is that high
};

// getopt's tables of the options that `command` takes.
struct tables {
    char letters[2 * ROWS_MAX + 2];
    struct option longs[ROWS_MAX + 1];
};

static bool is_taken(const struct option_row *row, enum command command)
{
    return row->commands & 1 << command;
}

static void make_tables(struct tables *tables, enum command command)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    char *letters = tables->letters;
    struct option *longs = tables->longs;
    *letters++ = ':';
    for (size_t i = 0; i < count; i++) {
        if (!is_taken(&rows[i], command))
            continue;
        *longs++ = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument,
                                   NULL, LONG_ID + (int)i};
        if (rows[i].letter) {
            *letters++ = rows[i].letter;
            if (rows[i].argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
    *longs = (struct option){0};
}

// The row that getopt names by its place or its letter.
static const struct option_row *find_row(enum command command, int id)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (is_taken(&rows[i], command) &&
            (LONG_ID + (int)i == id || (rows[i].letter && rows[i].letter == id)))
            return &rows[i];
    return NULL;
}

static enum status unknown_option(enum command command, const char *argument, struct error *error)
{
    const char *names[ROWS_MAX];
    size_t count;
    size_t taken = 0;
    const struct option_row *rows = option_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (is_taken(&rows[i], command))
            names[taken++] = rows[i].name;
    struct text word = text_from(argument);
    while (word.size > 0 && word.data[0] == '-')
        word = text_skip(word, 1);
    const char *nearest = text_nearest(text_head(word, text_find(word, '=')), names, taken);
    if (nearest)
        return error_set(error, STATUS_BAD_ARGUMENT, "unknown option %s, did you mean --%s?",
                         argument, nearest);
    return error_set(error, STATUS_BAD_ARGUMENT, "unknown option %s", argument);
}

static enum status take_option(struct settings *settings, enum command command,
                               const struct option_row *row, const char *value, struct error *error)
{
    // Nobody speaks 8000 words a minute: for a file this is the other rate.
    if (command == COMMAND_EXPORT && strcmp(row->name, "rate") == 0 && strlen(value) > 3)
        row = option_rows_find(command, "sample-rate");
    if (!option_value_parse(settings, row, value))
        return error_set(error, STATUS_BAD_ARGUMENT, "--%s takes %s, not \"%s\": %s", row->name,
                         row->argument, value, row->help);
    if (settings->given_count == GIVEN_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than %d options", GIVEN_MAX);
    settings->given[settings->given_count++] = (struct given_option){row->name, value, row->group};
    return STATUS_OK;
}

// Nothing that is asked for is dropped unsaid.
static enum status check_scene_only(const struct settings *settings, struct error *error)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    if (settings->what.scene || settings->what.no_scene)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--scene-only takes the place of --scene and --no-scene");
    if (settings->operand_count > 0)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--scene-only plays a scene without a session");
    for (size_t i = 0; i < count; i++)
        if (rows[i].of_session && settings_given(settings, rows[i].name))
            return error_set(error, STATUS_BAD_ARGUMENT,
                             "--%s is for a session: in a scene alone nobody speaks, and no breath "
                             "is paced",
                             rows[i].name);
    return STATUS_OK;
}

static enum status check_together(const struct settings *settings, struct error *error)
{
    if (settings->run.flex && settings->run.strict_end)
        return error_set(error, STATUS_BAD_ARGUMENT, "--flex and --strict-end exclude each other");
    if (settings->run.watch && (settings->run.record || settings->run.report))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--watch plays a script that changes: it has neither --record nor "
                         "--report");
    if (settings->what.scene_only)
        return check_scene_only(settings, error);
    if (settings->what.scene && settings->what.no_scene)
        return error_set(error, STATUS_BAD_ARGUMENT, "--scene and --no-scene exclude each other");
    return STATUS_OK;
}

enum status options_parse(struct settings *settings, enum command command, int count, char **args,
                          struct error *error)
{
    *settings = (struct settings){
        .what = {.language = "en", .breaths = PLAN_BREATHS_DEFAULT, .seed = 1},
        .form = {.bits = 16},
        .run = {.position = PLACE_CHAIR, .kind = TEMPLATE_BREATH},
    };
    struct tables tables = {.letters = ""};
    make_tables(&tables, command);
    opterr = 0;
    optind = 0; // GNU: start afresh. args[-1] stands in for the program's name.
    int id;
    while ((id = getopt_long(count + 1, args - 1, tables.letters, tables.longs, NULL)) != -1) {
        const struct option_row *row = find_row(command, id == ':' ? optopt : id);
        if (id == ':' && row)
            return error_set(error, STATUS_BAD_ARGUMENT, "--%s needs a value: %s", row->name,
                             row->argument);
        if (id == '?' || !row) {
            char letter[3] = {'-', (char)optopt, '\0'};
            bool is_long = optopt == 0 || optopt > 255;
            return unknown_option(command, is_long ? args[optind - 2] : letter, error);
        }
        enum status status = take_option(settings, command, row, optarg, error);
        if (status != STATUS_OK)
            return status;
    }
    settings->run.manifest |= settings->run.resume; // which knows by it whether a file is the same
    settings->operands = (const char *const *)args + (optind - 1);
    settings->operand_count = (size_t)(count + 1 - optind);
    if (settings->operand_count > OPERANDS_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than %d files", OPERANDS_MAX);
    return check_together(settings, error);
}

enum { HELP_COLUMN = 30 }; // behind the longest option

static void add_help(const struct option_row *row, struct buffer *out)
{
    size_t start = out->size;
    if (row->letter)
        buffer_printf(out, "  -%c, ", row->letter);
    else
        buffer_add_c(out, "      ");
    buffer_printf(out, "--%s%s%s", row->name, row->argument ? " " : "",
                  row->argument ? row->argument : "");
    size_t width = out->size - start;
    buffer_printf(out, "%*s%s\n", width < HELP_COLUMN ? (int)(HELP_COLUMN - width) : 1, "",
                  row->help);
}

void options_help(enum command command, struct buffer *out)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (is_taken(&rows[i], command))
            add_help(&rows[i], out);
}
