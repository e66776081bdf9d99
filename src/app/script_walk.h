// Files that a command was given: single ones, the standard input as "-", and folders with all
// sessions and scenes below them.
#ifndef LOOSEN_SCRIPT_WALK_H
#define LOOSEN_SCRIPT_WALK_H

#include "error.h"
#include <stdbool.h>

// Called with each file; false ends the walk.
typedef bool script_visit(void *context, const char *path);

// Visit `path`, or, when it is a folder, every *.session and *.scene below it in the order of their
// names; symbolic links to folders are not followed. STATUS_IO with the folder that can't be read;
// STATUS_NOT_FOUND when a folder holds neither.
enum status script_walk(const char *path, script_visit *visit, void *context, struct error *error);

#endif
