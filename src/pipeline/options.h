// SPDX-License-Identifier: GPL-3.0-or-later
// From the words of a command line to settings, and --help.
#ifndef LOOSEN_OPTIONS_H
#define LOOSEN_OPTIONS_H

#include "buffer.h"
#include "error.h"
#include "option_rows.h"

// Parse the arguments behind the command's name (args[count] is NULL; the array is permuted so that
// operands come last). STATUS_BAD_ARGUMENT with one sentence that names the option and what it
// takes.
enum status options_parse(struct settings *settings, enum command command, int count, char **args,
                          struct error *error);

// The rows of the options that `command` takes, for --help.
void options_help(enum command command, struct buffer *out);

#endif
