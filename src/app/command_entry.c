// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each command.
#include "command_entry.h"

#include "command.h"
#include <string.h>

static const struct command_entry entries[COMMAND_COUNT] = {
    [COMMAND_PLAY] = {"play", command_play, "[SESSION] [-t LENGTH]", "run a session live"},
    [COMMAND_EXPORT] = {"export", command_export, "SESSION [-t LENGTH] [-o FILE]",
                        "write a session to an audio file"},
    [COMMAND_PLAN] = {"plan", command_plan, "SESSION [-t LENGTH]",
                      "show a session's timeline, without sound"},
    [COMMAND_CHECK] = {"check", command_check, "FILE|FOLDER|-...",
                       "look for faults in scripts and scenes"},
    [COMMAND_NEW] = {"new", command_new, "[FILE]", "begin a script of your own, by four questions"},
    [COMMAND_IMPORT] = {"import", command_import, "TEXT [-o FILE]",
                        "make a script of a text, to go on from"},
    [COMMAND_VERIFY] = {"verify", command_verify, "FILE|FILE.manifest...",
                        "make an export again and compare"},
    [COMMAND_WHY] = {"why", command_why, "SESSION|SESSION:LINE", "tell what lines are said for"},
    [COMMAND_SAY] = {"say", command_say, "SESSION:LINE", "speak one line, as it will sound"},
    [COMMAND_LIST] = {"list", command_list, "[sessions|scenes|devices]", "show what there is"},
};

const struct command_entry *command_entry(enum command command)
{
    return &entries[command];
}

bool command_entry_find(enum command *command, const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, entries[i].name) == 0) {
            *command = (enum command)i;
            return true;
        }
    return false;
}
