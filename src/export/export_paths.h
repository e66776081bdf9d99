// SPDX-License-Identifier: GPL-3.0-or-later
// The names of all that an export writes beside its audio: stems, captions, page, manifest.
#ifndef LOOSEN_EXPORT_PATHS_H
#define LOOSEN_EXPORT_PATHS_H

#include "catalogue.h"
#include "settings.h"

enum { EXPORT_PATHS_MAX = 20 }; // stems and sidecars

struct export_paths {
    size_t count;
    char paths[EXPORT_PATHS_MAX][CATALOGUE_PATH_MAX];
};

// Where the settings want files beside `audio_path`, without the audio itself; nothing is looked
// for on the disk. STATUS_BAD_ARGUMENT when a path is too long.
enum status export_paths_list(struct export_paths *paths, const struct settings *settings,
                              const char *audio_path, struct error *error);

#endif
