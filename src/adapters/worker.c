// Linux: /proc/self/exe, SOCK_CLOEXEC and posix_spawn_file_actions_addclosefrom_np.
#define _GNU_SOURCE
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 32, ENVIRONMENT_MAX = 32, FREE_DESCRIPTOR = 16, HEADER_SIZE = 8 };

struct environment {
    char *entries[ENVIRONMENT_MAX + 1]; // owned, NULL-terminated
};

static void environment_free(struct environment *environment)
{
    for (char **entry = environment->entries; *entry; entry++)
        free(*entry);
}

static char *environment_entry(const char *wanted)
{
    if (strchr(wanted, '='))
        return strdup(wanted);
    const char *value = getenv(wanted);
    size_t size = strlen(wanted) + strlen(value) + 2;
    char *entry = malloc(size);
    if (entry)
        snprintf(entry, size, "%s=%s", wanted, value);
    return entry;
}

static enum status environment_init(struct environment *environment, const char *const *wanted,
                                    struct error *error)
{
    size_t count = 0;
    *environment = (struct environment){{NULL}};
    for (; wanted && *wanted; wanted++) {
        if (!strchr(*wanted, '=') && !getenv(*wanted))
            continue;
        if (count == ENVIRONMENT_MAX) {
            environment_free(environment);
            return error_set(error, STATUS_BAD_ARGUMENT, "a worker has too many variables");
        }
        char *entry = environment_entry(*wanted);
        if (!entry) {
            environment_free(environment);
            return error_no_memory(error);
        }
        environment->entries[count++] = entry;
    }
    return STATUS_OK;
}

// posix_spawn wants char *const[] but only reads the strings (POSIX, exec: rationale).
static bool arguments_init(char *arguments[ARGUMENTS_MAX], const char *name,
                           const char *const *args)
{
    union {
        const char *constant;
        char *plain;
    } cast;
    const char *fixed[] = {"loosen", "--worker", name};
    size_t count = 0;
    for (; count < 3; count++) {
        cast.constant = fixed[count];
        arguments[count] = cast.plain;
    }
    for (; args && *args; args++) {
        if (count + 1 == ARGUMENTS_MAX)
            return false;
        cast.constant = *args;
        arguments[count++] = cast.plain;
    }
    arguments[count] = NULL;
    return true;
}

static int fill_actions(posix_spawn_file_actions_t *actions, int socket, int extra_fd)
{
    int failure = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (!failure)
        failure = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    if (!failure && !getenv("LOOSEN_WORKER_STDERR"))
        failure = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    if (!failure)
        failure = posix_spawn_file_actions_adddup2(actions, socket, WORKER_SOCKET);
    if (!failure && extra_fd >= 0)
        failure = posix_spawn_file_actions_adddup2(actions, extra_fd, WORKER_EXTRA);
    if (!failure)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, extra_fd >= 0 ? WORKER_EXTRA + 1
                                                                                  : WORKER_EXTRA);
    return failure;
}

static int fill_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure)
        failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure)
        failure = posix_spawnattr_setpgroup(attributes, 0);
    if (!failure)
        failure = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    return failure;
}

// Returns 0 or an errno value. `socket` and `extra_fd` are above the descriptors they become.
static int spawn(pid_t *pid, char *const *arguments, char *const *environment, int socket,
                 int extra_fd)
{
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    posix_spawnattr_t attributes;
    failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = fill_actions(&actions, socket, extra_fd);
        if (!failure)
            failure = fill_attributes(&attributes);
        if (!failure)
            failure =
                posix_spawn(pid, "/proc/self/exe", &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd); // nothing was written that a failing close could lose
}

// Move both descriptors out of the way of 0 .. WORKER_EXTRA, then spawn.
static int spawn_with(pid_t *pid, char *const *arguments, char *const *environment, int socket,
                      int extra_fd)
{
    int failure = 0;
    int high_socket = fcntl(socket, F_DUPFD_CLOEXEC, FREE_DESCRIPTOR);
    int high_extra = extra_fd < 0 ? -1 : fcntl(extra_fd, F_DUPFD_CLOEXEC, FREE_DESCRIPTOR);
    if (high_socket < 0 || (extra_fd >= 0 && high_extra < 0))
        failure = errno;
    else
        failure = spawn(pid, arguments, environment, high_socket, high_extra);
    close_if_open(high_socket);
    close_if_open(high_extra);
    return failure;
}

enum status worker_start(struct worker *worker, const char *name, const char *const *args,
                         const char *const *environment, int extra_fd, struct error *error)
{
    *worker = WORKER_INIT;
    char *arguments[ARGUMENTS_MAX];
    if (!arguments_init(arguments, name, args))
        return error_set(error, STATUS_BAD_ARGUMENT, "a worker has too many arguments");
    struct environment variables;
    enum status status = environment_init(&variables, environment, error);
    if (status != STATUS_OK)
        return status;

    int pair[2] = {-1, -1};
    int failure = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        failure = errno;
    else
        failure = spawn_with(&worker->pid, arguments, variables.entries, pair[1], extra_fd);
    close_if_open(pair[1]);
    environment_free(&variables);
    if (failure) {
        close_if_open(pair[0]);
        *worker = WORKER_INIT;
        return error_set(error, STATUS_IO, "cannot start the %s process: %s", name,
                         strerror(failure));
    }
    worker->socket = pair[0];
    return STATUS_OK;
}

void worker_kill(struct worker *worker)
{
    if (worker->pid > 0) {
        kill(-worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    close_if_open(worker->socket);
    *worker = WORKER_INIT;
}

int64_t worker_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The moment at which a call made now with `deadline_ms` gives up; -1: never.
static int64_t deadline_from(int deadline_ms)
{
    return deadline_ms < 0 ? -1 : worker_clock_ms() + deadline_ms;
}

static enum status wait_for(int fd, short events, int64_t deadline, struct error *error)
{
    for (;;) {
        int timeout_ms = -1;
        if (deadline >= 0) {
            int64_t left = deadline - worker_clock_ms();
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
