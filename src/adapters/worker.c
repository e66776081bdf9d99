// Linux: /proc/self/exe, SOCK_CLOEXEC and posix_spawn_file_actions_addclosefrom_np.
#define _GNU_SOURCE
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
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

enum { ARGUMENTS_MAX = 32, ENVIRONMENT_MAX = 32, FREE_DESCRIPTOR = 16, END_DEADLINE_MS = 1000 };

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

bool worker_is_gone(pid_t pid)
{
    return waitpid(pid, NULL, WNOHANG) != 0;
}

// A process that was killed may hang in a driver for as long as that likes.
static bool await_end(pid_t pid)
{
    const struct timespec nap = {.tv_nsec = 1000000L};
    const int64_t deadline_ms = worker_clock_ms() + END_DEADLINE_MS;
    bool gone;
    while (!(gone = worker_is_gone(pid)) && worker_clock_ms() < deadline_ms)
        nanosleep(&nap, NULL);
    return gone;
}

pid_t worker_kill(struct worker *worker)
{
    pid_t left = 0;
    if (worker->pid > 0) {
        kill(-worker->pid, SIGKILL);
        if (!await_end(worker->pid))
            left = worker->pid;
    }
    close_if_open(worker->socket);
    *worker = WORKER_INIT;
    return left;
}

int64_t worker_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
