// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of its commands. Each function returns the exit code.
#ifndef LOOSEN_COMMAND_HELP_H
#define LOOSEN_COMMAND_HELP_H

#include "option_rows.h"

// All commands, a line each.
int command_help_all(void);

// One command and its options.
int command_help(enum command command);

// `word` stands where a command does and is none: say what is probably meant.
int command_help_unknown(const char *word);

#endif
