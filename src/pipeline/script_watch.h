// SPDX-License-Identifier: GPL-3.0-or-later
// Watches the script of a session that plays: once it was saved, it is read again.
#ifndef LOOSEN_SCRIPT_WATCH_H
#define LOOSEN_SCRIPT_WATCH_H

#include "pipeline.h"
#include <sys/stat.h>

struct script_watch {
    char path[CATALOGUE_PATH_MAX];
    struct stat seen; // of the version that was read last
    struct stat last; // at the last look: a file that still changes is not read
    int line;         // where the new version is to go on; 0: there is none
};

// Begin with the script of an opened pipeline. STATUS_BAD_ARGUMENT: it is no file.
enum status script_watch_begin(struct script_watch *watch, const struct pipeline *pipeline,
                               struct error *error);

// Whether the script was saved since it was read, and is at rest since the last call; to be called
// every half second or so. True once for each version.
bool script_watch_saved(struct script_watch *watch);

// Read the saved script. STATUS_OK: it can be played at the length of `pipeline`, and watch->line
// is where what was said at `line` stands in it. Else `error` says with its place what is wrong,
// and the pipeline goes on with what it has.
enum status script_watch_read(struct script_watch *watch, const struct pipeline *pipeline, int line,
                              struct error *error);

#endif
