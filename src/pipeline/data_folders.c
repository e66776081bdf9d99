// SPDX-License-Identifier: GPL-3.0-or-later
// The environment and the place of the program tell where data are.
#include "data_folders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status too_long(struct error *error)
{
    return error_set(error, STATUS_BAD_ARGUMENT, "a path is longer than %d bytes",
                     DATA_PATH_MAX - 1);
}

bool data_folders_join(char path[DATA_PATH_MAX], const char *folder, const char *name,
                       const char *suffix)
{
    int size = snprintf(path, DATA_PATH_MAX, "%s/%s%s", folder, name, suffix);
    return size > 0 && size < DATA_PATH_MAX;
}

bool data_folders_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool data_folders_is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISDIR(info.st_mode);
}

static enum status find_installed(struct data_folders *folders, struct error *error)
{
    char base[DATA_PATH_MAX];
    const char *given = getenv("LOOSEN_DATA");
    if (given && given[0]) {
        if (!data_folders_join(base, given, "", ""))
            return too_long(error);
    } else {
        char program[DATA_PATH_MAX];
        ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
        if (size <= 0)
            return error_set(error, STATUS_IO, "cannot read /proc/self/exe: %s", strerror(errno));
        program[size] = '\0';
        *strrchr(program, '/') = '\0';
        if (!data_folders_join(base, program, "../share/loosen", ""))
            return too_long(error);
    }
    if (!data_folders_join(folders->scripts, base, "scripts", "") ||
        !data_folders_join(folders->audio, base, "audio", ""))
        return too_long(error);
    if (!data_folders_is_folder(folders->scripts))
        return error_set_at(error, STATUS_IO, folders->scripts, 0, 0,
                            "the folder of the sessions is missing: is loosen installed whole? "
                            "(LOOSEN_DATA names another place)");
    return STATUS_OK;
}

// Relative paths are invalid there, says the XDG Base Directory Specification 0.8, and ignored.
static const char *absolute(const char *variable)
{
    const char *value = getenv(variable);
    return value && value[0] == '/' ? value : NULL;
}

static bool join_own(struct data_folders *folders, const char *base, const char *name)
{
    if (!data_folders_join(folders->own, base, name, ""))
        return false;
    size_t size = strlen(folders->own);
    while (size > 1 && folders->own[size - 1] == '/')
        folders->own[--size] = '\0';
    return data_folders_join(folders->own_scripts, folders->own, "scripts", "") &&
           data_folders_join(folders->own_audio, folders->own, "audio", "");
}

// A folder that is asked for is there, or it is told; of one that might be, nothing is told.
static enum status find_own(struct data_folders *folders, const char *own, struct error *error)
{
    const char *data = absolute("XDG_DATA_HOME");
    const char *home = absolute("HOME");
    folders->own[0] = folders->own_scripts[0] = folders->own_audio[0] = '\0';
    if (!own && (data || home))
        return join_own(folders, data ? data : home, data ? "loosen" : ".local/share/loosen")
                   ? STATUS_OK
                   : too_long(error);
    if (!own)
        return STATUS_OK;
    if (!data_folders_is_folder(own))
        return error_set(error, STATUS_BAD_ARGUMENT, "--data takes a folder: %s is none", own);
    if (access(own, R_OK | X_OK) != 0)
        return error_set(error, STATUS_BAD_ARGUMENT, "--data: cannot read %s: %s", own,
                         strerror(errno));
    return join_own(folders, own, "") ? STATUS_OK : too_long(error);
}

enum status data_folders_find(struct data_folders *folders, const char *own, struct error *error)
{
    enum status status = find_own(folders, own, error);
    THEN(status, find_installed(folders, error));
    return status;
}

const char *data_folders_own_part(const struct data_folders *folders, const char *path)
{
    const size_t size = strlen(folders->own);
    return size > 0 && strncmp(path, folders->own, size) == 0 && path[size] == '/' ? path + size + 1
                                                                                   : NULL;
}

struct session_source data_folders_source(const struct data_folders *folders)
{
    return (struct session_source){.scripts_dir = folders->scripts,
                                   .own_dir = folders->own[0] ? folders->own_scripts : NULL};
}

enum status data_folders_language_file(char path[DATA_PATH_MAX], const struct data_folders *folders,
                                       struct text language, const char *name, struct error *error)
{
    const struct session_source source = data_folders_source(folders);
    struct buffer folder = BUFFER_INIT;
    session_source_add_folder(&folder, &source, language);
    enum status status = folder.failed ? error_no_memory(error) : STATUS_OK;
    if (status == STATUS_OK && !data_folders_join(path, folder.data, name, ""))
        status = too_long(error);
    buffer_free(&folder);
    return status;
}

bool data_folders_own_file(char path[DATA_PATH_MAX], const struct data_folders *folders,
                           struct text language, const char *name)
{
    const struct session_source source = data_folders_source(folders);
    return source.own_dir && session_source_is_installed(&source, language) &&
           snprintf(path, DATA_PATH_MAX, "%s/%.*s/%s", source.own_dir, TEXT_ARG(language), name) <
               DATA_PATH_MAX &&
           access(path, F_OK) == 0;
}
