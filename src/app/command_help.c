// SPDX-License-Identifier: GPL-3.0-or-later
// Help is printed, and a word that is no command is answered with the nearest one, or with the
// session of that name.
#include "command_help.h"

#include "arguments.h"
#include "catalogue.h"
#include "command_entry.h"
#include "options.h"
#include "report.h"
#include <unistd.h>

int command_help_all(void)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_c(&out, "usage: loosen COMMAND ...\n\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command_entry *entry = command_entry((enum command)i);
        buffer_printf(&out, "  loosen %-6s %-31s %s\n", entry->name, entry->usage, entry->purpose);
    }
    buffer_add_c(&out, "\nloosen help COMMAND tells the options. loosen is for relaxation; it is "
                       "not a medical device.\n");
    return report_output(&out);
}

int command_help(enum command command)
{
    struct buffer out = BUFFER_INIT;
    const struct command_entry *entry = command_entry(command);
    buffer_printf(&out, "usage: loosen %s %s\n\n%s\n\n", entry->name, entry->usage, entry->purpose);
    options_help(command, &out);
    return report_output(&out);
}

// A session, or a file, that was to be played: whoever types one means that.
static bool is_session(const char *word)
{
    struct data_folders folders;
    char path[CATALOGUE_PATH_MAX];
    return word[0] != '-' && data_folders_find(&folders, NULL, NULL) == STATUS_OK &&
           catalogue_session_path(path, &folders, "en", word, NULL) == STATUS_OK &&
           access(path, R_OK) == 0;
}

int command_help_unknown(const char *word)
{
    const char *names[COMMAND_COUNT + 1];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = command_entry((enum command)i)->name;
    names[COMMAND_COUNT] = "help";
    const char *nearest = text_nearest(text_from(word), names, COMMAND_COUNT + 1);
    struct buffer operand = BUFFER_INIT;
    arguments_print_operand(word, &operand);
    if (is_session(word) && !operand.failed)
        report_note("\"%s\" is no command: loosen play %s plays it", word, operand.data);
    else if (nearest)
        report_note("\"%s\" is no command, did you mean \"%s\"?", word, nearest);
    else
        report_note("\"%s\" is no command: loosen help shows them", word);
    buffer_free(&operand);
    return EXIT_USAGE;
}
