// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes are sent and received whole, with one deadline for all of a message.
#include "message.h"

#include "clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { HEADER_SIZE = 8 };

// The moment at which a call made now with `deadline_ms` gives up; -1: never.
static int64_t deadline_from(int deadline_ms)
{
    return deadline_ms < 0 ? -1 : clock_ms() + deadline_ms;
}

static enum status wait_for(int fd, short events, int64_t deadline, struct error *error)
{
    for (;;) {
        int timeout_ms = -1;
        if (deadline >= 0) {
            int64_t left = deadline - clock_ms();
            timeout_ms = left > 0 ? (int)left : 0;
        }
        struct pollfd one = {.fd = fd, .events = events};
        int ready = poll(&one, 1, timeout_ms);
        if (ready > 0)
            return STATUS_OK;
        if (ready == 0)
            return error_set(error, STATUS_TIMEOUT, "the worker does not answer");
        if (errno != EINTR)
            return error_set(error, STATUS_IO, "waiting for a worker: %s", strerror(errno));
    }
}

static enum status send_all(int fd, const uint8_t *data, size_t size, int64_t deadline,
                            struct error *error)
{
    while (size > 0) {
        ssize_t sent = send(fd, data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            data += sent;
            size -= (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            enum status status = wait_for(fd, POLLOUT, deadline, error);
            if (status != STATUS_OK)
                return status;
        } else if (errno != EINTR) {
            return error_set(error, STATUS_IO, "writing to a worker: %s", strerror(errno));
        }
    }
    return STATUS_OK;
}

static enum status receive_all(int fd, uint8_t *data, size_t size, int64_t deadline,
                               struct error *error)
{
    while (size > 0) {
        ssize_t got = recv(fd, data, size, MSG_DONTWAIT);
        if (got > 0) {
            data += got;
            size -= (size_t)got;
        } else if (got == 0) {
            return error_set(error, STATUS_IO, "the worker has ended");
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            enum status status = wait_for(fd, POLLIN, deadline, error);
            if (status != STATUS_OK)
                return status;
        } else if (errno != EINTR) {
            return error_set(error, STATUS_IO, "reading from a worker: %s", strerror(errno));
        }
    }
    return STATUS_OK;
}

static void put_u32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t get_u32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

enum status message_send(int fd, uint32_t type, const void *data, size_t size, int deadline_ms,
                         struct error *error)
{
    if (size > UINT32_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "a message for a worker is too long");
    int64_t deadline = deadline_from(deadline_ms);
    uint8_t header[HEADER_SIZE];
    put_u32(header, (uint32_t)size);
    put_u32(header + 4, type);
    enum status status = send_all(fd, header, sizeof header, deadline, error);
    if (status == STATUS_OK && size > 0)
        status = send_all(fd, data, size, deadline, error);
    return status;
}

enum status message_receive(int fd, uint32_t *type, void *data, size_t capacity, size_t *size,
                            int deadline_ms, struct error *error)
{
    int64_t deadline = deadline_from(deadline_ms);
    uint8_t header[HEADER_SIZE];
    enum status status = receive_all(fd, header, sizeof header, deadline, error);
    if (status != STATUS_OK)
        return status;
    *size = get_u32(header);
    *type = get_u32(header + 4);
    if (*size > capacity)
        return error_set(error, STATUS_IO, "a worker sent %zu bytes where %zu are the most", *size,
                         capacity);
    return *size > 0 ? receive_all(fd, data, *size, deadline, error) : STATUS_OK;
}
