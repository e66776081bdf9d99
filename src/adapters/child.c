// Linux: /proc/self/exe, pipe2 and posix_spawn_file_actions_addclosefrom_np.
#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { SIGNAL_EXIT = 128, FREE_DESCRIPTOR = 16 };

static void close_if_open(int *fd)
{
    if (*fd >= 0)
        close(*fd); // only ever read from
    *fd = -1;
}

static int fill_actions(posix_spawn_file_actions_t *actions, int output, int errors)
{
    int failure = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (!failure)
        failure = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    if (!failure)
        failure = posix_spawn_file_actions_adddup2(actions, errors, STDERR_FILENO);
    if (!failure)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
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
    return failure ? failure
                   : posix_spawnattr_setflags(attributes,
                                              POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

// posix_spawn wants char *const[] but only reads the strings (POSIX, exec: rationale).
static char *const *plain(const char *const *words)
{
    union {
        const char *const *constant;
        char *const *plain;
    } cast = {.constant = words};
    return cast.plain;
}

// Returns 0 or an errno value.
static int spawn(pid_t *pid, const char *const *arguments, int output, int errors)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = fill_actions(&actions, output, errors);
        if (!failure)
            failure = fill_attributes(&attributes);
        if (!failure)
            failure = posix_spawn(pid, "/proc/self/exe", &actions, &attributes, plain(arguments),
                                  environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

// A pipe whose reading end does not block; the writing end is out of the way of 0, 1 and 2.
static int open_pipe(int *reader, int *writer)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    *reader = ends[0];
    *writer = fcntl(ends[1], F_DUPFD_CLOEXEC, FREE_DESCRIPTOR);
    int failure = *writer < 0 ? errno : 0;
    close(ends[1]);
    if (!failure && fcntl(*reader, F_SETFL, O_NONBLOCK) != 0)
        failure = errno;
    return failure;
}

enum status child_start(struct child *child, const char *const *words, struct error *error)
{
    size_t count = 0;
    while (words[count])
        count++;
    const char **arguments = calloc(count + 2, sizeof *arguments);
    if (!arguments)
        return error_no_memory(error);
    arguments[0] = "loosen";
    memcpy(arguments + 1, words, count * sizeof *arguments);
    int output = -1, errors = -1;
    *child = CHILD_INIT;
    int failure = open_pipe(&child->output, &output);
    if (!failure)
        failure = open_pipe(&child->errors, &errors);
    if (!failure)
        failure = spawn(&child->pid, arguments, output, errors);
    close_if_open(&output);
    close_if_open(&errors);
    free(arguments);
    if (!failure)
        return STATUS_OK;
    close_if_open(&child->output);
    close_if_open(&child->errors);
    *child = CHILD_INIT;
    return error_set(error, STATUS_IO, "cannot start another process: %s", strerror(failure));
}

int child_wait(struct child *child)
{
    int status = 0;
    close_if_open(&child->output);
    close_if_open(&child->errors);
    while (child->pid > 0 && waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    *child = CHILD_INIT;
    return WIFSIGNALED(status) ? SIGNAL_EXIT + WTERMSIG(status) : WEXITSTATUS(status);
}
