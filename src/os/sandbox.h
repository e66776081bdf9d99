// SPDX-License-Identifier: GPL-3.0-or-later
// Dropping a worker's rights for good: landlock (where the kernel has one), a seccomp allow-list,
// and limits. Everything not listed fails with EPERM; nothing is killed, so that a library that
// tries something harmless goes on.
#ifndef LOOSEN_SANDBOX_H
#define LOOSEN_SANDBOX_H

#include "error.h"
#include <stdint.h>

enum sandbox_role {
    SANDBOX_SERVER,  // open descriptors, memory, pipes, fork and wait; tightens itself further
    SANDBOX_READER,  // memory, reading and writing open descriptors
    SANDBOX_COMPUTE, // memory and open descriptors for writing, nothing else
};

struct sandbox_filter; // a compiled list, ready to be entered quickly after a fork

enum status sandbox_filter_new(struct sandbox_filter **filter, enum sandbox_role role,
                               struct error *error);
void sandbox_filter_free(struct sandbox_filter *filter);

// From now on the calling thread and its children have the rights of the filter's role (and of the
// roles entered before, whichever is less). Kernels without seccomp: STATUS_OK.
enum status sandbox_filter_enter(const struct sandbox_filter *filter, struct error *error);

// No file can be opened, made or removed by path any more. Kernels without landlock: STATUS_OK.
enum status sandbox_close_files(struct error *error);

// At most this CPU time and this much memory beyond `mapped_bytes`; no core dumps.
enum status sandbox_limit_work(int cpu_s, int64_t mapped_bytes, int64_t more_bytes,
                               struct error *error);

// Bytes of address space of this process; 0 when unknown. To be asked before files are closed.
int64_t sandbox_mapped_bytes(void);

#endif
