// SPDX-License-Identifier: GPL-3.0-or-later
// A regular file is read whole, up to a limit, into an arena.
#include "source.h"

#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Fill `data` from the descriptor; the size is believed as a bound only.
static enum status read_all(int fd, char *data, size_t size, size_t *got, struct error *error,
                            const char *path)
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

static enum status read_open(int fd, struct text *data, struct arena *arena, const char *path,
                             struct error *error)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return error_set(error, STATUS_IO, "cannot read %s: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return error_set(error, STATUS_BAD_INPUT, "%s is not a regular file", path);
    if (info.st_size > SESSION_FILE_MAX)
        return error_set(error, STATUS_BAD_INPUT, "%s is larger than 4 MiB", path);
    // One byte more than it had: a file that has grown meanwhile is not read by halves.
    size_t size = (size_t)info.st_size + 1;
    char *memory = arena_alloc(arena, size);
    if (!memory)
        return error_no_memory(error);
    size_t got;
    enum status status = read_all(fd, memory, size, &got, error, path);
    if (status == STATUS_OK && got == size)
        status = error_set(error, STATUS_IO, "%s changed while it was read", path);
    *data = (struct text){memory, got};
    return status;
}

enum status source_read(struct text *data, struct arena *arena, const char *path,
                        struct error *error)
{
    // Not blocking: a FIFO without a writer is refused instead of waited for.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return error_set(error, errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND : STATUS_IO,
                         "cannot open %s: %s", path, strerror(errno));
    enum status status = read_open(fd, data, arena, path, error);
    if (close(fd) != 0 && status == STATUS_OK)
        status = error_set(error, STATUS_IO, "cannot read %s: %s", path, strerror(errno));
    return status;
}
