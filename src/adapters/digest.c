#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    struct stat info;
    *bytes = 0;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return error_set(error, STATUS_IO, "%s is not a regular file", path);
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

enum status digest_file(char hex[DIGEST_SIZE], int64_t *bytes, const char *path,
                        struct error *error)
{
    struct digest *digest = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return error_set(error, errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO,
                         "cannot open %s: %s", path, strerror(errno));
    enum status status = digest_new(&digest, error);
    if (status == STATUS_OK)
        status = add_open(digest, bytes, fd, path, error);
    digest_finish(digest, status == STATUS_OK ? hex : NULL);
    (void)close(fd); // it was read from only
    return status;
}
