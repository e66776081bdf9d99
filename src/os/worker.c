// SPDX-License-Identifier: GPL-3.0-or-later
// A worker is this program again, joined by a socket pair. Linux: SOCK_CLOEXEC.
#define _GNU_SOURCE
#include "worker.h"

#include "clock.h"
#include "self_exec.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 32, ENVIRONMENT_MAX = 32, END_DEADLINE_MS = 1000 };

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

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd); // nothing was written that a failing close could lose
}

// Returns 0 or an errno value.
static int spawn_with(pid_t *pid, const char *const *words, const struct environment *environment,
                      int socket, int extra_fd)
{
    const int fds[] = {
        SELF_EXEC_NULL,
        SELF_EXEC_NULL,
        getenv("LOOSEN_WORKER_STDERR") ? SELF_EXEC_OWN : SELF_EXEC_NULL,
        [WORKER_SOCKET] = socket,
        [WORKER_EXTRA] = extra_fd,
    };
    const struct self_exec_config config = {
        .words = words,
        .environment = environment->entries,
        .fds = fds,
        .fd_count = extra_fd >= 0 ? WORKER_EXTRA + 1 : WORKER_EXTRA,
        .is_apart = true,
    };
    return self_exec_start(pid, &config);
}

enum status worker_start(struct worker *worker, const char *name, const char *const *args,
                         const char *const *environment, int extra_fd, struct error *error)
{
    const char *words[WORDS_MAX + 1] = {"--worker", name};
    *worker = WORKER_INIT;
    for (size_t i = 2; args && *args; i++) {
        if (i == WORDS_MAX)
            return error_set(error, STATUS_BAD_ARGUMENT, "a worker has too many arguments");
        words[i] = *args++;
    }
    struct environment variables;
    enum status status = environment_init(&variables, environment, error);
    if (status != STATUS_OK)
        return status;

    int pair[2] = {-1, -1};
    int failure = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        failure = errno;
    else
        failure = spawn_with(&worker->pid, words, &variables, pair[1], extra_fd);
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
    const int64_t deadline_ms = clock_ms() + END_DEADLINE_MS;
    bool gone;
    while (!(gone = worker_is_gone(pid)) && clock_ms() < deadline_ms)
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
