// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, run again as an independent process with its output in pipes: a job of a
// batch. (worker.h is for parts of one session, which live and die with it.)
#ifndef LOOSEN_CHILD_H
#define LOOSEN_CHILD_H

#include "error.h"
#include <sys/types.h>

struct child {
    pid_t pid;  // 0: none
    int output; // its standard output, not blocking; -1: closed
    int errors; // its standard error, likewise
};

#define CHILD_INIT ((struct child){.pid = 0, .output = -1, .errors = -1})

// Start /proc/self/exe with `words` (NULL-terminated, behind the program's name), stdin on
// /dev/null, no other descriptor open, the same environment, folder and process group, and default
// signal handling (but HUP stays ignored where it is). A child that nobody listens to any more
// finds its standard output closed.
enum status child_start(struct child *child, const char *const *words, struct error *error);

// Close both pipes and wait for the end. The exit code, or 128 + the number of the signal that
// killed it.
int child_wait(struct child *child);

#endif
