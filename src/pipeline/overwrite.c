// SPDX-License-Identifier: GPL-3.0-or-later
// What is about to be replaced is compared with what must stay, by device and inode.
#include "overwrite.h"

#include "inputs.h"
#include "inputs_manifest.h"
#include "session_stream.h"
#include <sys/stat.h>

static bool is_same_file(const struct stat *file, const char *path)
{
    struct stat other;
    return path && stat(path, &other) == 0 && other.st_dev == file->st_dev &&
           other.st_ino == file->st_ino;
}

// A visitor of sources.
static enum status refuse_same(void *context, const char *path, struct error *error)
{
    if (!is_same_file(context, path))
        return STATUS_OK;
    return error_set(error, STATUS_BAD_ARGUMENT,
                     "%s would be written over, which this is made from",
                     session_stream_name(path));
}

// "notes.txt", a script, exported to "notes.wav" with its transcript.
static enum status check_sources(const struct overwrite_guard *guard, const char *path,
                                 struct error *error)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return STATUS_OK; // nothing there, or something that is refused anyway
    const struct export_source_visitor visitor = {refuse_same, &file};
    enum status status = refuse_same(&file, guard->pipeline->settings->run.replay, error);
    if (is_same_file(&file, guard->pipeline->settings->run.record))
        status = error_set(error, STATUS_BAD_ARGUMENT, "%s is the record that is being kept", path);
    THEN(status, inputs_visit(guard->pipeline, &visitor, error));
    return status;
}

enum status overwrite_check(const struct overwrite_guard *guard, const char *path, bool *replace,
                            struct error *error)
{
    *replace = guard->pipeline->settings->run.force ||
               (guard->resumes && inputs_manifest_covers(guard->audio_path, path));
    return *replace ? check_sources(guard, path, error) : STATUS_OK;
}
