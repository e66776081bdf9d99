// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that opens and reads text files (not blocking, regular files only, within a limit),
// and streams.
#include "file_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KIB = 1024, MIB = 1024 * KIB };

static enum status look_at(int64_t *bytes, int fd, const char *path, struct error *error)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return error_set(error, STATUS_IO, "cannot read %s: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return error_set(error, STATUS_BAD_INPUT, "%s is not a regular file", path);
    *bytes = info.st_size;
    return STATUS_OK;
}

enum status file_read_open(int *fd, int64_t *bytes, const char *path, struct error *error)
{
    // O_NONBLOCK: a FIFO without a writer opens at once, too.
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0)
        return error_set(error, errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO,
                         "cannot open %s: %s", path, strerror(errno));
    enum status status = look_at(bytes, *fd, path, error);
    if (status != STATUS_OK) {
        close(*fd); // nothing was written
        *fd = -1;
    }
    return status;
}

static enum status too_large(const char *path, size_t most, struct error *error)
{
    bool mib = most % MIB == 0;
    return error_set(error, STATUS_BAD_INPUT, "%s is larger than %zu %s", path,
                     most / (mib ? MIB : KIB), mib ? "MiB" : "KiB");
}

// Up to `size` bytes, fewer at the end of the file.
static enum status fill(char *data, size_t size, size_t *got, int fd, const char *path,
                        struct error *error)
{
    *got = 0;
    while (*got < size) {
        ssize_t count = read(fd, data + *got, size - *got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_set(error, STATUS_IO, "cannot read %s: %s", path, strerror(errno));
        if (count == 0)
            break;
        *got += (size_t)count;
    }
    return STATUS_OK;
}

static enum status read_whole(struct text *data, struct arena *arena, int fd, size_t bytes,
                              const char *path, struct error *error)
{
    // One byte more than it had, which stays zero: a file that has grown is not read by halves.
    char *memory = arena_alloc(arena, bytes + 1);
    if (!memory)
        return error_no_memory(error);
    size_t got;
    enum status status = fill(memory, bytes + 1, &got, fd, path, error);
    if (status == STATUS_OK && got != bytes)
        status = error_set(error, STATUS_IO, "%s changed while it was read", path);
    *data = (struct text){memory, bytes};
    return status;
}

enum status file_read(struct text *data, struct arena *arena, const char *path, size_t most,
                      struct error *error)
{
    int fd;
    int64_t bytes;
    *data = (struct text){NULL, 0};
    enum status status = file_read_open(&fd, &bytes, path, error);
    if (status != STATUS_OK)
        return status;
    status = bytes > (int64_t)most ? too_large(path, most, error)
                                   : read_whole(data, arena, fd, (size_t)bytes, path, error);
    close(fd); // nothing was written
    return status;
}

enum status file_read_head(struct text *head, char *memory, size_t size, const char *path,
                           struct error *error)
{
    int fd;
    int64_t bytes;
    size_t got = 0;
    *head = (struct text){NULL, 0};
    enum status status = file_read_open(&fd, &bytes, path, error);
    if (status != STATUS_OK)
        return status;
    status = fill(memory, size, &got, fd, path, error);
    close(fd); // nothing was written
    *head = (struct text){memory, got};
    return status;
}

enum status file_read_stream(struct buffer *data, int fd, const char *name, size_t most,
                             struct error *error)
{
    char block[16 * KIB];
    while (most > 0) {
        ssize_t count = read(fd, block, most < sizeof block ? most : sizeof block);
        if (count < 0)
            return error_set(error, STATUS_IO, "cannot read %s: %s", name, strerror(errno));
        if (count == 0)
            break;
        buffer_add(data, (struct text){block, (size_t)count});
        most -= (size_t)count;
    }
    return data->failed ? error_no_memory(error) : STATUS_OK;
}
