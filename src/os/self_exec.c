// SPDX-License-Identifier: GPL-3.0-or-later
// This program is started again as a child, with chosen arguments, environment and descriptors.
// Linux: /proc/self/exe and posix_spawn_file_actions_addclosefrom_np.
#define _GNU_SOURCE
#include "self_exec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FREE_DESCRIPTOR = 16 }; // above all that are set

static int fill_actions(posix_spawn_file_actions_t *actions, const int *fds, size_t count)
{
    int failure = 0;
    for (size_t i = 0; i < count && !failure; i++) {
        int access = i == STDIN_FILENO ? O_RDONLY : O_WRONLY;
        if (fds[i] == SELF_EXEC_NULL)
            failure = posix_spawn_file_actions_addopen(actions, (int)i, "/dev/null", access, 0);
        else if (fds[i] != SELF_EXEC_OWN)
            failure = posix_spawn_file_actions_adddup2(actions, fds[i], (int)i);
    }
    return failure ? failure : posix_spawn_file_actions_addclosefrom_np(actions, (int)count);
}

static int fill_attributes(posix_spawnattr_t *attributes, bool is_apart)
{
    const int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    const int group = is_apart ? POSIX_SPAWN_SETPGROUP : 0;
    sigset_t none, all;
    struct sigaction hangup;
    sigemptyset(&none);
    sigfillset(&all);
    // Who was started by nohup outlives the terminal, and so do the jobs.
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler == SIG_IGN)
        sigdelset(&all, SIGHUP);
    int failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure)
        failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure)
        failure = posix_spawnattr_setpgroup(attributes, 0);
    return failure ? failure : posix_spawnattr_setflags(attributes, (short)(flags | group));
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

static int run(pid_t *pid, const struct self_exec_config *config, const int *fds,
               const char *const *arguments)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = fill_actions(&actions, fds, config->fd_count);
        if (!failure)
            failure = fill_attributes(&attributes, config->is_apart);
        if (!failure)
            failure = posix_spawn(pid, "/proc/self/exe", &actions, &attributes, plain(arguments),
                                  config->environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

// Copies of the descriptors out of the way of those that they become.
static int lift(int *lifted, const int *fds, size_t count)
{
    int failure = 0;
    for (size_t i = 0; i < count; i++) {
        lifted[i] = fds[i] < 0 ? fds[i] : fcntl(fds[i], F_DUPFD_CLOEXEC, FREE_DESCRIPTOR);
        if (fds[i] >= 0 && lifted[i] < 0)
            failure = errno;
    }
    return failure;
}

int self_exec_start(pid_t *pid, const struct self_exec_config *config)
{
    int fds[SELF_EXEC_FDS_MAX];
    size_t count = 0;
    while (config->words[count])
        count++;
    const char **arguments = calloc(count + 2, sizeof *arguments);
    if (!arguments)
        return ENOMEM;
    arguments[0] = "loosen";
    memcpy(arguments + 1, config->words, count * sizeof *arguments);
    int failure = lift(fds, config->fds, config->fd_count);
    if (!failure)
        failure = run(pid, config, fds, arguments);
    for (size_t i = 0; i < config->fd_count; i++)
        if (fds[i] >= 0)
            close(fds[i]); // nothing was written to it
    free(arguments);
    return failure;
}
