// SPDX-License-Identifier: GPL-3.0-or-later
// Files are hashed in pieces, and folders by the digests of their files in order of name.
#include "digest.h"

#include "file_read.h"
#include <dirent.h>
#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_PATH_MAX = 4096, FOLDER_DEPTH_MAX = 16 };

struct digest {
    struct sha256_ctx state;
};

enum status digest_new(struct digest **out, struct error *error)
{
    struct digest *digest = malloc(sizeof *digest);
    if (!digest)
        return error_no_memory(error);
    sha256_init(&digest->state);
    *out = digest;
    return STATUS_OK;
}

void digest_add(struct digest *digest, const void *data, size_t size)
{
    sha256_update(&digest->state, size, data);
}

void digest_finish(struct digest *digest, char hex[DIGEST_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    if (digest && hex) {
        sha256_digest(&digest->state, sizeof bytes, bytes);
        for (size_t i = 0; i < sizeof bytes; i++)
            snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
    free(digest);
}

static enum status add_open(struct digest *digest, int64_t *bytes, int fd, const char *path,
                            struct error *error)
{
    char block[64 * 1024];
    *bytes = 0;
    for (;;) {
        ssize_t count = read(fd, block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_set(error, STATUS_IO, "cannot read %s: %s", path, strerror(errno));
        if (count == 0)
            return STATUS_OK;
        digest_add(digest, block, (size_t)count);
        *bytes += count;
    }
}

// The content of a file, behind what is there already.
static enum status add_file(struct digest *digest, int64_t *bytes, const char *path,
                            struct error *error)
{
    int fd;
    enum status status = file_read_open(&fd, bytes, path, error);
    if (status != STATUS_OK)
        return status;
    status = add_open(digest, bytes, fd, path, error);
    (void)close(fd); // it was read from only
    return status;
}

enum status digest_file(char hex[DIGEST_SIZE], int64_t *bytes, const char *path,
                        struct error *error)
{
    struct digest *digest = NULL;
    enum status status = digest_new(&digest, error);
    THEN(status, add_file(digest, bytes, path, error));
    digest_finish(digest, status == STATUS_OK ? hex : NULL);
    return status;
}

// ---- Folders ------------------------------------------------------------------------------------

struct folder {
    struct digest *digest;
    size_t root; // bytes of the path that are not part of the names
    int depth;
    char path[FOLDER_PATH_MAX];
};

// The same in every locale.
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static enum status add_folder(struct folder *folder, struct error *error);

// What folder->path names: its name without the root, its content, and how long that is, which
// keeps one from being taken for another.
static enum status add_entry(struct folder *folder, struct error *error)
{
    struct stat info;
    if (stat(folder->path, &info) != 0)
        return error_set(error, STATUS_IO, "cannot open %s: %s", folder->path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return add_folder(folder, error);
    if (!S_ISREG(info.st_mode))
        return STATUS_OK;
    const char *name = folder->path + folder->root;
    int64_t bytes;
    char size[32];
    digest_add(folder->digest, name, strlen(name) + 1);
    enum status status = add_file(folder->digest, &bytes, folder->path, error);
    if (status != STATUS_OK)
        return status;
    snprintf(size, sizeof size, "%lld", (long long)bytes);
    digest_add(folder->digest, size, strlen(size) + 1);
    return STATUS_OK;
}

static enum status add_entries(struct folder *folder, struct dirent **entries, int count,
                               struct error *error)
{
    const size_t size = strlen(folder->path);
    enum status status = STATUS_OK;
    for (int i = 0; i < count && status == STATUS_OK; i++) {
        int room = (int)(sizeof folder->path - size);
        if (snprintf(folder->path + size, (size_t)room, "/%s", entries[i]->d_name) >= room)
            status = error_set(error, STATUS_IO, "a path in %.200s is too long", folder->path);
        else
            status = add_entry(folder, error);
    }
    folder->path[size] = '\0';
    return status;
}

static enum status add_folder(struct folder *folder, struct error *error)
{
    struct dirent **entries;
    if (folder->depth == FOLDER_DEPTH_MAX)
        return error_set(error, STATUS_IO, "%s: too many folders in each other", folder->path);
    int count = scandir(folder->path, &entries, is_visible, by_name);
    if (count < 0)
        return error_set(error, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO,
                         "cannot open %s: %s", folder->path, strerror(errno));
    folder->depth++;
    enum status status = add_entries(folder, entries, count, error);
    folder->depth--;
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return status;
}

enum status digest_folder(char hex[DIGEST_SIZE], const char *path, struct error *error)
{
    struct folder folder = {.root = strlen(path)};
    if (snprintf(folder.path, sizeof folder.path, "%s", path) >= (int)sizeof folder.path)
        return error_set(error, STATUS_BAD_ARGUMENT, "the folder's path is too long");
    enum status status = digest_new(&folder.digest, error);
    THEN(status, add_folder(&folder, error));
    digest_finish(folder.digest, status == STATUS_OK ? hex : NULL);
    return status;
}
