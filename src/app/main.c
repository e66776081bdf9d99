// SPDX-License-Identifier: GPL-3.0-or-later
// The program begins here: it finds the command of the first word, and its help.
#include "command.h"
#include "interrupt.h"
#include "options.h"
#include "report.h"
#include "workers.h"
#include <stdio.h>
#include <string.h>

struct entry {
    const char *name;
    int (*run)(const struct settings *settings);
    const char *usage;
    const char *purpose;
};

static const struct entry entries[COMMAND_COUNT] = {
    [COMMAND_PLAY] = {"play", command_play, "[SESSION] [-t LENGTH]", "run a session live"},
    [COMMAND_EXPORT] = {"export", command_export, "SESSION [-t LENGTH] [-o FILE]",
                        "write a session to an audio file"},
    [COMMAND_PLAN] = {"plan", command_plan, "SESSION [-t LENGTH]",
                      "show a session's timeline, without sound"},
    [COMMAND_CHECK] = {"check", command_check, "FILE|FOLDER|-...",
                       "look for faults in scripts and scenes"},
    [COMMAND_VERIFY] = {"verify", command_verify, "FILE|FILE.manifest...",
                        "make an export again and compare"},
    [COMMAND_WHY] = {"why", command_why, "SESSION|SESSION:LINE", "tell what lines are said for"},
    [COMMAND_LIST] = {"list", command_list, "[sessions|scenes|devices]", "show what there is"},
};

static int print_help(enum command command)
{
    struct buffer out = BUFFER_INIT;
    const struct entry *entry = &entries[command];
    buffer_printf(&out, "usage: loosen %s %s\n\n%s\n\n", entry->name, entry->usage, entry->purpose);
    options_help(command, &out);
    return report_output(&out);
}

static int print_usage(void)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_c(&out, "usage: loosen COMMAND ...\n\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        buffer_printf(&out, "  loosen %-6s %-31s %s\n", entries[i].name, entries[i].usage,
                      entries[i].purpose);
    buffer_add_c(&out, "\nloosen COMMAND --help tells the options. loosen is for relaxation; it is "
                       "not a medical device.\n");
    return report_output(&out);
}

static int run_command(enum command command, int count, char **args)
{
    struct settings settings;
    struct error error;
    if (options_parse(&settings, command, count, args, &error) != STATUS_OK)
        return report_error(&error);
    return settings.run.help ? print_help(command) : entries[command].run(&settings);
}

int main(int argc, char **argv)
{
    int code;
    if (workers_run(&code, argc, argv))
        return code;
    report_open();
    interrupt_install();
    if (argc < 2)
        return command_overview();
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], entries[i].name) == 0)
            return run_command((enum command)i, argc - 2, argv + 2);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_usage();
    if (strcmp(argv[1], "--version") == 0)
        return puts("loosen " LOOSEN_VERSION) < 0;
    report_note("\"%s\" is no command: loosen --help shows them", argv[1]);
    return EXIT_USAGE;
}
