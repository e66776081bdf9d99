// SPDX-License-Identifier: GPL-3.0-or-later
// A ring of saved engine states; going back restores one and renders on from there.
#include "checkpoints.h"

enum { BLOCK_FRAMES = 256 };

enum status checkpoints_init(struct checkpoints *checkpoints, struct engine *engine,
                             struct error *error)
{
    *checkpoints = (struct checkpoints){.engine = engine};
    for (size_t i = 0; i < CHECKPOINTS_STATES; i++) {
        enum status status = engine_state_new(&checkpoints->states[i], engine, error);
        if (status != STATUS_OK) {
            checkpoints_deinit(checkpoints);
            return status;
        }
    }
    return STATUS_OK;
}

void checkpoints_deinit(struct checkpoints *checkpoints)
{
    for (size_t i = 0; i < CHECKPOINTS_STATES; i++)
        engine_state_free(checkpoints->states[i]);
    *checkpoints = (struct checkpoints){.engine = NULL};
}

void checkpoints_mark(struct checkpoints *checkpoints)
{
    checkpoints->newest = (checkpoints->newest + 1) % CHECKPOINTS_STATES;
    checkpoints->count += checkpoints->count < CHECKPOINTS_STATES;
    engine_save(checkpoints->engine, checkpoints->states[checkpoints->newest]);
}

void checkpoints_keep(struct checkpoints *checkpoints)
{
    int64_t frame = engine_position(checkpoints->engine);
    if (checkpoints->count == 0 ||
        frame >=
            engine_state_frame(checkpoints->states[checkpoints->newest]) + CHECKPOINTS_STEP_FRAMES)
        checkpoints_mark(checkpoints);
}

static void render_until(struct engine *engine, int64_t frame)
{
    float stems[BLOCK_FRAMES * STEM_CHANNELS];
    for (int64_t left; (left = frame - engine_position(engine)) > 0;)
        engine_render(engine, stems, left < BLOCK_FRAMES ? (size_t)left : BLOCK_FRAMES);
}

void checkpoints_return(struct checkpoints *checkpoints, int64_t frame)
{
    while (checkpoints->count > 0 &&
           engine_state_frame(checkpoints->states[checkpoints->newest]) > frame) {
        checkpoints->newest = (checkpoints->newest + CHECKPOINTS_STATES - 1) % CHECKPOINTS_STATES;
        checkpoints->count--;
    }
    if (checkpoints->count == 0) {
        engine_seek(checkpoints->engine, frame);
        return;
    }
    engine_restore(checkpoints->engine, checkpoints->states[checkpoints->newest]);
    render_until(checkpoints->engine, frame);
}
