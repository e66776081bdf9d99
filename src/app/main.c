// SPDX-License-Identifier: GPL-3.0-or-later
// The program begins here: it finds the command of the first word.
#include "command.h"
#include "command_entry.h"
#include "command_help.h"
#include "interrupt.h"
#include "options.h"
#include "report.h"
#include "workers.h"
#include <string.h>

static int run_command(enum command command, int count, char **args)
{
    struct settings settings;
    struct error error;
    if (options_parse(&settings, command, count, args, &error) != STATUS_OK)
        return report_error(&error);
    return settings.run.help ? command_help(command) : command_entry(command)->run(&settings);
}

static bool asks_for_help(const char *word)
{
    return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

// "help" alone, or with the command that it is to be about.
static int help(int count, char **words)
{
    enum command command;
    if (count == 0 || asks_for_help(words[0]))
        return command_help_all();
    if (command_entry_find(&command, words[0]))
        return command_help(command);
    return command_help_unknown(words[0]);
}

static int print_version(void)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_c(&out, "loosen " LOOSEN_VERSION "\n");
    return report_output(&out);
}

int main(int argc, char **argv)
{
    int code;
    enum command command;
    if (workers_run(&code, argc, argv))
        return code;
    report_open();
    interrupt_install();
    if (argc < 2)
        return command_overview();
    if (command_entry_find(&command, argv[1]))
        return run_command(command, argc - 2, argv + 2);
    if (asks_for_help(argv[1]))
        return help(argc - 2, argv + 2);
    if (strcmp(argv[1], "--version") == 0)
        return print_version();
    return command_help_unknown(argv[1]);
}
