// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the commands: the name, the usage and the function of each.
#ifndef LOOSEN_COMMAND_ENTRY_H
#define LOOSEN_COMMAND_ENTRY_H

#include "option_rows.h"

struct command_entry {
    const char *name;
    int (*run)(const struct settings *settings); // returns the exit code
    const char *usage;                           // what stands behind the name
    const char *purpose;
};

const struct command_entry *command_entry(enum command command);

// The command called `name`; false: there is none.
bool command_entry_find(enum command *command, const char *name);

#endif
