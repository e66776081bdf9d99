// SPDX-License-Identifier: GPL-3.0-or-later
// What the speaker and its worker share.
#ifndef LOOSEN_SPEAKER_MEMORY_H
#define LOOSEN_SPEAKER_MEMORY_H

#include "master.h"

// The head of the memory that player and worker share; the ring lies behind it. The player changes
// `controls` (see master.h) and reads `counters` at any time.
struct speaker_memory {
    struct master_controls controls;
    struct master_counters counters;
    int64_t total_frames;
};

#endif
