// SPDX-License-Identifier: GPL-3.0-or-later
// What an export, a report or a picture may write over.
#ifndef LOOSEN_OVERWRITE_H
#define LOOSEN_OVERWRITE_H

#include "pipeline.h"

struct overwrite_guard {
    struct pipeline *pipeline; // opened, borrowed; its scenes are loaded when they have to be known
    const char *audio_path;    // borrowed; NULL: there is none
    bool resumes;              // what the manifest lists is made again: of it something is gone
};

// Whether a file at `path` may go: *replace. With --force any may. Without, where an audio file
// that is gone has left its manifest: that manifest, and what it lists if it is still as it says.
// Not even --force writes over what all this is made from, or over a record: STATUS_BAD_ARGUMENT.
enum status overwrite_check(const struct overwrite_guard *guard, const char *path, bool *replace,
                            struct error *error);

#endif
