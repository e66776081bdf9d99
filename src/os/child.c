// SPDX-License-Identifier: GPL-3.0-or-later
// A child is begun with its own pipes, and waited for by its process id. Linux: pipe2.
#define _GNU_SOURCE
#include "child.h"

#include "self_exec.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIGNAL_EXIT = 128 };

static void close_if_open(int *fd)
{
    if (*fd >= 0)
        close(*fd); // only ever read from
    *fd = -1;
}

// A pipe whose reading end does not block.
static int open_pipe(int *reader, int *writer)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    *reader = ends[0];
    *writer = ends[1];
    return fcntl(*reader, F_SETFL, O_NONBLOCK) != 0 ? errno : 0;
}

enum status child_start(struct child *child, const char *const *words, struct error *error)
{
    int output = -1, errors = -1;
    *child = CHILD_INIT;
    int failure = open_pipe(&child->output, &output);
    if (!failure)
        failure = open_pipe(&child->errors, &errors);
    const int fds[] = {SELF_EXEC_NULL, output, errors};
    const struct self_exec_config config = {
        .words = words, .environment = environ, .fds = fds, .fd_count = 3};
    if (!failure)
        failure = self_exec_start(&child->pid, &config);
    close_if_open(&output);
    close_if_open(&errors);
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
