// SPDX-License-Identifier: GPL-3.0-or-later
// The file is read entry by entry, and written anew with the latest version of each language.
#include "notice_memory.h"

#include "buffer.h"
#include "file_read.h"
#include "number.h"
#include "safe_file.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096, FILE_MAX = 4 * 1024 };

// The folder, made if it is missing.
static bool make_folder(char folder[PATH_SIZE])
{
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = mkdir(folder, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return mkdir(folder, 0700) == 0 || errno == EEXIST;
}

static bool find_folder(char folder[PATH_SIZE])
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int size = -1;
    if (state && state[0] == '/')
        size = snprintf(folder, PATH_SIZE, "%s/loosen", state);
    else if (home && home[0] == '/')
        size = snprintf(folder, PATH_SIZE, "%s/.local/state/loosen", home);
    return size > 0 && size < PATH_SIZE;
}

static bool find_file(char path[PATH_SIZE], const char *folder)
{
    int size = snprintf(path, PATH_SIZE, "%s/notices", folder);
    return size > 0 && size < PATH_SIZE;
}

// All of the file, or nothing.
static struct text read_memory(struct arena *arena)
{
    char folder[PATH_SIZE], path[PATH_SIZE];
    struct text content = {NULL, 0};
    if (find_folder(folder) && find_file(path, folder) &&
        file_read(&content, arena, path, FILE_MAX, NULL) != STATUS_OK)
        content.size = 0;
    return content;
}

// The next line of `*rest`, split at its space.
static bool next_entry(struct text *rest, struct text *language, int64_t *version)
{
    while (rest->size > 0) {
        struct text line = text_head(*rest, text_find(*rest, '\n'));
        *rest = text_skip(*rest, line.size + 1);
        *language = text_head(line, text_find(line, ' '));
        struct text digits = text_skip(line, language->size + 1);
        if (language->size > 0 && number_whole(digits, 0, INT_MAX, version))
            return true;
    }
    return false;
}

bool notice_memory_given(struct text language, int version)
{
    struct arena arena = ARENA_INIT;
    struct text rest = read_memory(&arena);
    struct text name;
    int64_t kept;
    bool given = false;
    while (!given && next_entry(&rest, &name, &kept))
        given = text_equal(name, language) && kept >= version;
    arena_free(&arena);
    return given;
}

enum status notice_memory_keep(struct text language, int version, struct error *error)
{
    char folder[PATH_SIZE], path[PATH_SIZE];
    if (!find_folder(folder) || !find_file(path, folder))
        return error_set(error, STATUS_IO, "neither XDG_STATE_HOME nor HOME names a folder");
    if (!make_folder(folder))
        return error_set_at(error, STATUS_IO, folder, 0, 0, "cannot be made: %s", strerror(errno));
    struct buffer out = BUFFER_INIT;
    struct arena arena = ARENA_INIT;
    struct text rest = read_memory(&arena);
    struct text name;
    int64_t kept;
    while (next_entry(&rest, &name, &kept))
        if (!text_equal(name, language))
            buffer_printf(&out, "%.*s %d\n", TEXT_ARG(name), (int)kept);
    buffer_printf(&out, "%.*s %d\n", TEXT_ARG(language), version);
    enum status status =
        out.failed ? error_no_memory(error) : safe_file_save(path, true, out.data, out.size, error);
    buffer_free(&out);
    arena_free(&arena);
    return status;
}
