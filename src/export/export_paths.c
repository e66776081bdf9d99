// SPDX-License-Identifier: GPL-3.0-or-later
// A suffix takes the place of a file's extension, and all names are made of such suffixes.
#include "export_paths.h"

#include "export_stems.h"
#include "sidecars.h"
#include <stdio.h>
#include <string.h>

_Static_assert(STEM_COUNT + SIDECARS_MAX <= EXPORT_PATHS_MAX, "room for all that can be wanted");

// The audio's path up to its extension; all of it when the name has none.
static size_t size_of_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? (size_t)(dot - path) : strlen(path);
}

enum status export_paths_replace_suffix(char path[CATALOGUE_PATH_MAX], const char *audio_path,
                                        const char *suffix, struct error *error)
{
    int size = snprintf(path, CATALOGUE_PATH_MAX, "%.*s%s", (int)size_of_stem(audio_path),
                        audio_path, suffix);
    return size < CATALOGUE_PATH_MAX
               ? STATUS_OK
               : error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
}

enum status export_paths_list(struct export_paths *paths, const struct settings *settings,
                              const char *audio_path, struct error *error)
{
    enum status status = STATUS_OK;
    paths->count = 0;
    for (int stem = 0; settings->stems && stem < STEM_COUNT && status == STATUS_OK; stem++)
        status = export_stems_path(paths->paths[paths->count++], audio_path, stem, error);
    const struct sidecar_kind *kind = NULL;
    while (status == STATUS_OK && (kind = sidecars_next_kind(kind, settings)))
        status = sidecars_path(paths->paths[paths->count++], kind, audio_path, error);
    return status;
}
