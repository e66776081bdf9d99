// SPDX-License-Identifier: GPL-3.0-or-later
// How the speaker's worker process is started.
#ifndef LOOSEN_SPEAKER_SPAWN_H
#define LOOSEN_SPEAKER_SPAWN_H

#include "speaker_link.h"
#include "worker.h"

enum { SPEAKER_OPEN_MS = 8000 }; // of a worker, to answer for the first time

// Start a worker with the arguments of speaker_link.h (NULL-terminated) and the shared memory (-1:
// none). Of the environment it gets what audio libraries read.
enum status speaker_spawn(struct worker *worker, const char *const *args, int memory_fd,
                          struct error *error);

#endif
