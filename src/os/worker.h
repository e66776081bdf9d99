// SPDX-License-Identifier: GPL-3.0-or-later
// Worker processes: the program starts itself again as narrator or speaker, talks to it over one
// socket with capped, length-prefixed messages and deadlines, and kills it when it misbehaves.
#ifndef LOOSEN_WORKER_H
#define LOOSEN_WORKER_H

#include "error.h"
#include "message.h"
#include <stdbool.h>
#include <sys/types.h>

struct worker {
    pid_t pid;  // 0: none
    int socket; // -1: none; not inherited by other programs
};

#define WORKER_INIT ((struct worker){.pid = 0, .socket = -1})

enum { WORKER_SOCKET = 3, WORKER_EXTRA = 4 }; // descriptors in the worker's process

// Start /proc/self/exe with `--worker name args...` (NULL-terminated, after the name), its socket
// as descriptor WORKER_SOCKET, `extra_fd` (or -1) as WORKER_EXTRA, no other descriptor open, stdin
// and stdout on /dev/null, stderr on /dev/null unless LOOSEN_WORKER_STDERR is set, an environment
// of the variables named in `environment` (NULL-terminated; each "NAME" is passed on, each
// "NAME=VALUE" set), default signal handling and a process group of its own, so that the terminal's
// keys (Ctrl-C, Ctrl-Z) reach the player alone. Safe while threads run (posix_spawn). The worker
// must end when its socket does: that is how it learns that the player has gone.
enum status worker_start(struct worker *worker, const char *name, const char *const *args,
                         const char *const *environment, int extra_fd, struct error *error);

// Kill it and its children outright, reap it, close the socket; safe on a dead or absent worker.
// What hangs in the kernel for more than a second is left to itself: then returns its process id,
// else 0.
pid_t worker_kill(struct worker *worker);

// Whether a worker that worker_kill left has ended at last; reaps it.
bool worker_is_gone(pid_t pid);

#endif
