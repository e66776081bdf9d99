#include "trail.h"

enum { BLOCK_FRAMES = 256 };

enum status trail_init(struct trail *trail, struct engine *engine, struct error *error)
{
    *trail = (struct trail){.engine = engine};
    for (size_t i = 0; i < TRAIL_STATES; i++) {
        enum status status = engine_state_new(&trail->states[i], engine, error);
        if (status != STATUS_OK) {
            trail_deinit(trail);
            return status;
        }
    }
    return STATUS_OK;
}

void trail_deinit(struct trail *trail)
{
    for (size_t i = 0; i < TRAIL_STATES; i++)
        engine_state_free(trail->states[i]);
    *trail = (struct trail){.engine = NULL};
}

void trail_mark(struct trail *trail)
{
    trail->newest = (trail->newest + 1) % TRAIL_STATES;
    trail->count += trail->count < TRAIL_STATES;
    engine_save(trail->engine, trail->states[trail->newest]);
}

void trail_keep(struct trail *trail)
{
    int64_t frame = engine_position(trail->engine);
    if (trail->count == 0 ||
        frame >= engine_state_frame(trail->states[trail->newest]) + TRAIL_STEP_FRAMES)
        trail_mark(trail);
}

static void render_until(struct engine *engine, int64_t frame)
{
    float stems[BLOCK_FRAMES * STEM_CHANNELS];
    for (int64_t left; (left = frame - engine_position(engine)) > 0;)
        engine_render(engine, stems, left < BLOCK_FRAMES ? (size_t)left : BLOCK_FRAMES);
}

void trail_return(struct trail *trail, int64_t frame)
{
    while (trail->count > 0 && engine_state_frame(trail->states[trail->newest]) > frame) {
        trail->newest = (trail->newest + TRAIL_STATES - 1) % TRAIL_STATES;
        trail->count--;
    }
    if (trail->count == 0) {
        engine_seek(trail->engine, frame);
        return;
    }
    engine_restore(trail->engine, trail->states[trail->newest]);
    render_until(trail->engine, frame);
}
