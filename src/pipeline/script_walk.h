// SPDX-License-Identifier: GPL-3.0-or-later
// Files that a command was given: single ones, the standard input as "-", and folders with all
// sessions, scenes and language files below them.
#ifndef LOOSEN_SCRIPT_WALK_H
#define LOOSEN_SCRIPT_WALK_H

#include "error.h"
#include <stdbool.h>

enum script_kind {
    SCRIPT_OTHER,
    SCRIPT_SESSION, // *.session
    SCRIPT_SCENE,   // *.scene
    SCRIPT_WORDS,   // scripts/LANG/words and so on, by their name
    SCRIPT_PHRASES,
    SCRIPT_ACTIONS,
    SCRIPT_DANGERS,
    SCRIPT_NOTICES,
    SCRIPT_LEXICON,
    SCRIPT_POINTS,
    SCRIPT_TOUCH,
    SCRIPT_TEMPLATE,
};

// What a file of that path is, by its name.
enum script_kind script_kind(const char *path);

// Called with each file; false ends the walk.
typedef bool script_visit(void *context, const char *path);

// Visit `path`, or, when it is a folder, every file of a known kind below it in the order of their
// names; symbolic links to folders are not followed. STATUS_IO with the folder that can't be read;
// STATUS_NOT_FOUND when a folder holds none.
enum status script_walk(const char *path, script_visit *visit, void *context, struct error *error);

#endif
