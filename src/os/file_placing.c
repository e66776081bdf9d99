// SPDX-License-Identifier: GPL-3.0-or-later
// Data first get a nameless inode in the target's folder; placing links that inode.
//
//   nothing at the name          linkat(inode, name), which fails rather than replace
//   a file that may go           linkat(inode, temporary), exchange(temporary, name); the old file,
//                                now under the temporary name, goes once the new one is kept, and
//                                comes back when it is not
//   no O_TMPFILE (FAT, NFS ...)  the data have the temporary name from the start
#define _GNU_SOURCE 1 // O_TMPFILE and renameat2: Linux only
#include "file_placing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SHOWN_MAX = 300,      // bytes of the path in messages
    TEMPORARY_TRIES = 100 // names taken by others before giving up
};

const char *file_placing_shown(const struct file_placing *placing)
{
    size_t size = strlen(placing->path);
    return placing->path + (size > SHOWN_MAX ? size - SHOWN_MAX : 0);
}

// A name that cannot be is not the disk's fault.
static enum status refuse(const struct file_placing *placing, int cause, struct error *error)
{
    const bool name = cause == ENOENT || cause == ENOTDIR || cause == EACCES || cause == EROFS ||
                      cause == ENAMETOOLONG || cause == ELOOP;
    return error_set(error, name ? STATUS_BAD_ARGUMENT : STATUS_IO, "cannot write %s: %s",
                     file_placing_shown(placing), strerror(cause));
}

// Whether what stands at the name (if anything) may go.
enum status file_placing_check(const struct file_placing *placing, struct error *error)
{
    struct stat found;
    const char *shown = file_placing_shown(placing);
    if (fstatat(placing->folder, placing->name, &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return STATUS_OK;
        return refuse(placing, errno, error);
    }
    if (S_ISLNK(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "%s is a symbolic link, which is neither followed nor replaced", shown);
    if (!S_ISREG(found.st_mode))
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists and is no regular file", shown);
    if (!placing->replace)
        return error_set(error, STATUS_BAD_ARGUMENT, "%s exists already; --force replaces it",
                         shown);
    return STATUS_OK;
}

// Try temporary names until `make` succeeds or fails for another reason than a taken name. Names
// need not be secret: O_EXCL and linkat never follow or reuse what another left there.
static int make_temporary(struct file_placing *placing, int (*make)(struct file_placing *placing))
{
    int result = -1;
    for (int i = 0; i < TEMPORARY_TRIES && result < 0; i++) {
        snprintf(placing->temporary, sizeof placing->temporary, ".loosen-%ld-%d", (long)getpid(),
                 i);
        result = make(placing);
        if (result < 0 && errno != EEXIST)
            break;
    }
    if (result < 0)
        placing->temporary[0] = '\0';
    return result;
}

static int create_named(struct file_placing *placing)
{
    return openat(placing->folder, placing->temporary,
                  O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

static void print_link_path(const struct file_placing *placing, char *path, size_t size)
{
    snprintf(path, size, "/proc/self/fd/%d", placing->data);
}

// A nameless file, if it will be possible to name it later (which takes /proc).
static int create_nameless(const struct file_placing *placing)
{
    return openat(placing->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
}

static bool create_data(struct file_placing *placing)
{
    char path[FILE_PLACING_TEMPORARY_MAX];
    placing->data = create_nameless(placing);
    if (placing->data >= 0) {
        print_link_path(placing, path, sizeof path);
        if (access(path, F_OK) == 0)
            return true;
        close(placing->data);
    }
    placing->data = make_temporary(placing, create_named);
    return placing->data >= 0;
}

static int open_folder(const struct file_placing *placing)
{
    size_t size = (size_t)(placing->name - placing->path);
    char *folder = size ? strndup(placing->path, size) : strdup(".");
    if (!folder)
        return -1;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int cause = errno;
    free(folder);
    errno = cause;
    return descriptor;
}

enum status file_placing_open(struct file_placing *placing, const char *path, bool replace,
                              struct error *error)
{
    const char *slash = strrchr(path, '/');
    *placing = (struct file_placing){.path = path,
                                     .name = slash ? slash + 1 : path,
                                     .replace = replace,
                                     .folder = -1,
                                     .data = -1};
    if (!placing->name[0])
        return error_set(error, STATUS_BAD_ARGUMENT, "\"%s\" names no file",
                         file_placing_shown(placing));
    placing->folder = open_folder(placing);
    if (placing->folder < 0)
        return refuse(placing, errno, error);
    enum status status = file_placing_check(placing, error);
    if (status == STATUS_OK && !create_data(placing))
        status = refuse(placing, errno, error);
    return status;
}

static int sync_descriptor(int descriptor)
{
    int result;
    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    return result;
}

// Some network file systems cannot sync a folder and say EINVAL: there is nothing more to be done.
static int sync_folder(const struct file_placing *placing)
{
    int result = sync_descriptor(placing->folder);
    return result != 0 && errno == EINVAL ? 0 : result;
}

static int link_nameless(const struct file_placing *placing, const char *name)
{
    char path[FILE_PLACING_TEMPORARY_MAX];
    print_link_path(placing, path, sizeof path);
    return linkat(AT_FDCWD, path, placing->folder, name, AT_SYMLINK_FOLLOW);
}

static int link_temporary(struct file_placing *placing)
{
    return link_nameless(placing, placing->temporary);
}

static void drop_temporary(struct file_placing *placing)
{
    if (placing->temporary[0])
        (void)unlinkat(placing->folder, placing->temporary, 0);
    placing->temporary[0] = '\0';
}

// Give the name to the data; fails with EEXIST when something stands there.
static int place_new(struct file_placing *placing)
{
    if (!placing->temporary[0])
        return link_nameless(placing, placing->name);
    if (renameat2(placing->folder, placing->temporary, placing->folder, placing->name,
                  RENAME_NOREPLACE) == 0) {
        placing->temporary[0] = '\0';
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return linkat(placing->folder, placing->temporary, placing->folder, placing->name, 0);
}

static int exchange(const struct file_placing *placing)
{
    return renameat2(placing->folder, placing->temporary, placing->folder, placing->name,
                     RENAME_EXCHANGE);
}

// Give the name to the data in place of a file, which then has the temporary name.
static int place_over(struct file_placing *placing)
{
    if (!placing->temporary[0] && make_temporary(placing, link_temporary) < 0)
        return -1;
    if (exchange(placing) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    // No exchange on this file system: the old file goes at once, and cannot come back.
    if (renameat(placing->folder, placing->temporary, placing->folder, placing->name) != 0)
        return -1;
    placing->temporary[0] = '\0';
    return 0;
}

int file_placing_place(struct file_placing *placing)
{
    int result = place_new(placing);
    if (result == 0) {
        placing->placed = PLACED_NEW;
    } else if (errno == EEXIST && placing->replace) {
        result = place_over(placing);
        placing->placed = result == 0 ? PLACED_OVER : PLACED_NOT;
    }
    return result != 0 || sync_folder(placing) != 0 ? errno : 0;
}

// The name as it was before.
static void take_back(struct file_placing *placing)
{
    if (placing->placed == PLACED_NEW)
        (void)unlinkat(placing->folder, placing->name, 0);
    else if (placing->placed == PLACED_OVER && placing->temporary[0])
        (void)exchange(placing);
    placing->placed = PLACED_NOT;
}

void file_placing_keep(struct file_placing *placing)
{
    placing->placed = PLACED_NOT;
}

void file_placing_close(struct file_placing *placing)
{
    take_back(placing);
    drop_temporary(placing);
    // Nothing to learn from these: the data were synced, or are not wanted.
    if (placing->data >= 0)
        (void)close(placing->data);
    if (placing->folder >= 0)
        (void)close(placing->folder);
    placing->data = -1;
    placing->folder = -1;
}
