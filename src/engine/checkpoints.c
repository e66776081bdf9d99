// SPDX-License-Identifier: GPL-3.0-or-later
// A ring of saved engine states; going back restores one and renders on from there.
#include "checkpoints.h"

enum { BLOCK_FRAMES = 256 };

enum status checkpoints_init(struct checkpoints *trail, struct engine *engine, struct error *error)
{
    *trail = (struct checkpoints){.engine = engine};
    for (size_t i = 0; i < CHECKPOINTS_STATES; i++) {
        enum status status = engine_state_new(&trail->states[i], engine, error);
        if (status != STATUS_OK) {
            checkpoints_deinit(trail);
            return status;
        }
    }
    return STATUS_OK;
}

void checkpoints_deinit(struct checkpoints *trail)
{
    for (size_t i = 0; i < CHECKPOINTS_STATES; i++)
        engine_state_free(trail->states[i]);
    *trail = (struct checkpoints){.engine = NULL};
}

void checkpoints_mark(struct checkpoints *trail)
{
    trail->newest = (trail->newest + 1) % CHECKPOINTS_STATES;
    trail->count += trail->count < CHECKPOINTS_STATES;
    engine_save(trail->engine, trail->states[trail->newest]);
}

void checkpoints_keep(struct checkpoints *trail)
{
    int64_t frame = engine_position(trail->engine);
    if (trail->count == 0 ||
        frame >= engine_state_frame(trail->states[trail->newest]) + CHECKPOINTS_STEP_FRAMES)
        checkpoints_mark(trail);
}

static void render_until(struct engine *engine, int64_t frame)
{
    float stems[BLOCK_FRAMES * STEM_CHANNELS];
    for (int64_t left; (left = frame - engine_position(engine)) > 0;)
        engine_render(engine, stems, left < BLOCK_FRAMES ? (size_t)left : BLOCK_FRAMES);
}

void checkpoints_return(struct checkpoints *trail, int64_t frame)
{
    while (trail->count > 0 && engine_state_frame(trail->states[trail->newest]) > frame) {
        trail->newest = (trail->newest + CHECKPOINTS_STATES - 1) % CHECKPOINTS_STATES;
        trail->count--;
    }
    if (trail->count == 0) {
        engine_seek(trail->engine, frame);
        return;
    }
    engine_restore(trail->engine, trail->states[trail->newest]);
    render_until(trail->engine, frame);
}
