// SPDX-License-Identifier: GPL-3.0-or-later
// A file is made of its bytes, which file_windows writes and compares, and its name, which
// file_placing gives it when they are all there.
#include "safe_file.h"

#include "file_placing.h"
#include "file_windows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct safe_file {
    struct file_placing placing;
    struct file_windows windows;
    char path[]; // as given
};

const char *safe_file_name(const struct safe_file *file)
{
    return file_placing_shown(&file->placing);
}

enum status safe_file_status(const struct safe_file *file, struct error *error)
{
    const int cause = file->windows.cause;
    if (!cause)
        return STATUS_OK;
    if (cause == EBADMSG)
        return error_set(error, STATUS_IO, "cannot write %s: reading it back gave other bytes",
                         safe_file_name(file));
    return error_set(error, STATUS_IO, "cannot %s %s: %s", file->windows.failed,
                     safe_file_name(file), strerror(cause));
}

int64_t safe_file_position(const struct safe_file *file)
{
    return file->windows.position;
}

int64_t safe_file_size(const struct safe_file *file)
{
    return file->windows.size;
}

void safe_file_seek(struct safe_file *file, int64_t position)
{
    file_windows_seek(&file->windows, position);
}

int64_t safe_file_write(struct safe_file *file, const void *data, int64_t size)
{
    return file_windows_write(&file->windows, data, size);
}

int64_t safe_file_read(struct safe_file *file, void *data, int64_t size)
{
    return file_windows_read(&file->windows, data, size);
}

enum status safe_file_sync(struct safe_file *file, struct error *error)
{
    file_windows_sync(&file->windows);
    return safe_file_status(file, error);
}

void safe_file_digest(struct safe_file *file, struct digest *digest)
{
    file_marks_set_digest(&file->windows.marks, digest);
}

enum status safe_file_verify(struct safe_file *file, struct error *error)
{
    file_windows_verify(&file->windows);
    return safe_file_status(file, error);
}

enum status safe_file_open(struct safe_file **out, const char *path, bool replace,
                           struct error *error)
{
    size_t size = strlen(path) + 1;
    struct safe_file *file = calloc(1, sizeof *file + size);
    if (!file)
        return error_no_memory(error);
    memcpy(file->path, path, size);
    enum status status = file_placing_open(&file->placing, file->path, replace, error);
    if (status != STATUS_OK) {
        safe_file_abort(file);
        return status;
    }
    file_windows_init(&file->windows, file->placing.data);
    *out = file;
    return STATUS_OK;
}

enum status safe_file_check(const char *path, bool replace, struct error *error)
{
    struct safe_file *file;
    enum status status = safe_file_open(&file, path, replace, error);
    if (status == STATUS_OK)
        safe_file_abort(file);
    return status;
}

enum status safe_file_place(struct safe_file *file, struct error *error)
{
    enum status status = safe_file_sync(file, error);
    THEN(status, file_placing_check(&file->placing, error));
    if (status != STATUS_OK)
        return status;
    int cause = file_placing_place(&file->placing);
    if (cause)
        file_windows_fail(&file->windows, "write", cause);
    return safe_file_status(file, error);
}

void safe_file_keep(struct safe_file *file)
{
    if (file)
        file_placing_keep(&file->placing);
    safe_file_abort(file);
}

enum status safe_file_commit(struct safe_file *file, struct error *error)
{
    enum status status = safe_file_place(file, error);
    if (status == STATUS_OK)
        safe_file_keep(file);
    else
        safe_file_abort(file);
    return status;
}

void safe_file_abort(struct safe_file *file)
{
    if (!file)
        return;
    file_placing_close(&file->placing);
    file_windows_deinit(&file->windows);
    free(file);
}

enum status safe_file_save(const char *path, bool replace, const void *data, size_t size,
                           struct error *error)
{
    struct safe_file *file;
    enum status status = safe_file_open(&file, path, replace, error);
    if (status != STATUS_OK)
        return status;
    (void)safe_file_write(file, data, (int64_t)size); // a failure is remembered
    return safe_file_commit(file, error);
}
