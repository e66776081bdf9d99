// SPDX-License-Identifier: GPL-3.0-or-later
// The one loop that renders: block by block from an engine into a sink, which may be a file, the
// standard output, or the ring of a device.
#ifndef LOOSEN_RENDER_H
#define LOOSEN_RENDER_H

#include "engine.h"

enum { RENDER_BLOCK_FRAMES = 4096 };

// Both are called by turns, from the thread of render_run, with `context`.
struct render_sink {
    // How many frames come next, `most` at most; 0 ends the loop. It may wait until there is room,
    // and change what the engine renders from here on.
    enum status (*want)(void *context, size_t most, size_t *frames, struct error *error);
    // As many frames as were wanted, as engine_render gives them.
    enum status (*take)(void *context, const float *stems, size_t frames, struct error *error);
    void *context;
};

// Render until the sink wants no more, or one of its functions fails: that is the status then.
enum status render_run(struct engine *engine, const struct render_sink *sink, struct error *error);

#endif
