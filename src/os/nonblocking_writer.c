// SPDX-License-Identifier: GPL-3.0-or-later
// What could not be written waits, up to 64 KiB; what does not fit is dropped.
#include "nonblocking_writer.h"

#include "clock.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAITING_MOST = 64 * 1024 };

// The same terminal or pipe, with a mode of its own; -1 when that can't be.
static int open_again(int fd)
{
    char path[32];
    struct stat info;
    if (fstat(fd, &info) != 0 || !(S_ISCHR(info.st_mode) || S_ISFIFO(info.st_mode)))
        return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

void nonblocking_writer_open(struct nonblocking_writer *writer, int fd)
{
    int again = open_again(fd);
    *writer = (struct nonblocking_writer){.fd = again >= 0 ? again : fd, .owned = again >= 0};
}

void nonblocking_writer_borrow(struct nonblocking_writer *writer, int fd)
{
    *writer = (struct nonblocking_writer){.fd = fd};
}

static size_t left(const struct nonblocking_writer *writer)
{
    return writer->waiting.size - writer->written;
}

static void break_off(struct nonblocking_writer *writer)
{
    if (writer->owned)
        close(writer->fd);
    buffer_free(&writer->waiting);
    *writer = (struct nonblocking_writer){.fd = -1};
}

bool nonblocking_writer_flush(struct nonblocking_writer *writer)
{
    while (writer->fd >= 0 && left(writer) > 0) {
        ssize_t size = write(writer->fd, writer->waiting.data + writer->written, left(writer));
        if (size >= 0)
            writer->written += (size_t)size;
        else if (errno == EAGAIN || errno == EINTR)
            return false;
        else
            break_off(writer);
    }
    buffer_clear(&writer->waiting);
    writer->written = 0;
    return true;
}

void nonblocking_writer_add(struct nonblocking_writer *writer, struct text text)
{
    nonblocking_writer_flush(writer);
    if (writer->fd >= 0 && left(writer) + text.size <= WAITING_MOST)
        buffer_add(&writer->waiting, text);
    nonblocking_writer_flush(writer);
}

void nonblocking_writer_close(struct nonblocking_writer *writer, int wait_ms)
{
    int64_t until = clock_ms() + wait_ms;
    while (!nonblocking_writer_flush(writer) && clock_ms() < until) {
        struct pollfd one = {.fd = writer->fd, .events = POLLOUT};
        poll(&one, 1, (int)(until - clock_ms()));
    }
    break_off(writer);
}
