// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's recent past: states that it can go back to, so that a re-fitted session or a device
// that comes back costs the same at minute 80 as at minute 1.
#ifndef LOOSEN_CHECKPOINTS_H
#define LOOSEN_CHECKPOINTS_H

#include "engine.h"

enum { CHECKPOINTS_STATES = 40 };
#define CHECKPOINTS_STEP_FRAMES (FRAME_RATE / 4) // so it reaches back 10 s

struct checkpoints {
    struct engine *engine;                           // borrowed
    struct engine_state *states[CHECKPOINTS_STATES]; // owned; a ring
    size_t count;                                    // that hold something
    size_t newest;                                   // index of the newest of them
};

// STATUS_NO_MEMORY leaves nothing behind.
enum status checkpoints_init(struct checkpoints *checkpoints, struct engine *engine,
                             struct error *error);
void checkpoints_deinit(struct checkpoints *checkpoints);

// Keep the engine's present state when the last one is CHECKPOINTS_STEP_FRAMES behind. Call it
// after every block. No allocation, no lock, no system call.
void checkpoints_keep(struct checkpoints *checkpoints);

// Keep it in any case: after engine_set_timeline.
void checkpoints_mark(struct checkpoints *checkpoints);

// Set the engine to `frame`, not after its position, and forget what was kept beyond it. From the
// last state before `frame`, or, beyond the trail's reach, from the session's start (engine_seek).
void checkpoints_return(struct checkpoints *checkpoints, int64_t frame);

#endif
