// SPDX-License-Identifier: GPL-3.0-or-later
// `loosen check --format`: the canonical text of one script.
#ifndef LOOSEN_SCRIPT_FORMAT_H
#define LOOSEN_SCRIPT_FORMAT_H

#include "settings.h"

// Print the script that `settings` names, with its comments; what the check says of it goes to
// stderr, and one with faults is not printed. Returns the exit code.
int script_format(const struct settings *settings);

#endif
