// SPDX-License-Identifier: GPL-3.0-or-later
// The commands: one file each. Each returns the program's exit code.
#ifndef LOOSEN_COMMAND_H
#define LOOSEN_COMMAND_H

#include "settings.h"

int command_play(const struct settings *settings);
int command_export(const struct settings *settings);
int command_plan(const struct settings *settings);
int command_check(const struct settings *settings);
int command_new(const struct settings *settings);
int command_import(const struct settings *settings);
int command_list(const struct settings *settings);
int command_verify(const struct settings *settings);
int command_why(const struct settings *settings);
int command_say(const struct settings *settings);

// What `loosen` alone prints: the sessions and how to start one.
int command_overview(void);

#endif
