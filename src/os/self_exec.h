// SPDX-License-Identifier: GPL-3.0-or-later
// This program started again as another process: what worker.h and child.h have in common.
#ifndef LOOSEN_SELF_EXEC_H
#define LOOSEN_SELF_EXEC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// What a descriptor of the new process can be, besides a copy of one of ours.
enum { SELF_EXEC_NULL = -1, SELF_EXEC_OWN = -2 }; // /dev/null; what it is here

enum { SELF_EXEC_FDS_MAX = 8 };

struct self_exec_config {
    const char *const *words; // behind the program's name; NULL-terminated
    char *const *environment; // "NAME=VALUE"; NULL-terminated
    const int *fds;           // [fd_count], by number in the new process; no other is open there
    size_t fd_count;          // at most SELF_EXEC_FDS_MAX
    bool is_apart;            // in a process group of its own
};

// Run /proc/self/exe, with default signal handling (but HUP stays ignored if it is). Safe while
// threads run (posix_spawn). Returns 0, or an errno value: then *pid is as it was.
int self_exec_start(pid_t *pid, const struct self_exec_config *config);

#endif
