// SPDX-License-Identifier: GPL-3.0-or-later
// A suffix takes the place of a file's extension.
#include "export_suffix.h"

#include <stdio.h>
#include <string.h>

// The audio's path up to its extension; all of it when the name has none.
static size_t size_of_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? (size_t)(dot - path) : strlen(path);
}

enum status export_suffix_replace(char path[CATALOGUE_PATH_MAX], const char *audio_path,
                                  const char *suffix, struct error *error)
{
    int size = snprintf(path, CATALOGUE_PATH_MAX, "%.*s%s", (int)size_of_stem(audio_path),
                        audio_path, suffix);
    return size < CATALOGUE_PATH_MAX
               ? STATUS_OK
               : error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
}
