// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between a file and a device is the sink's: waiting, limits, and changes on the way.
#include "render.h"

enum status render_run(struct engine *engine, const struct render_sink *sink, struct error *error)
{
    float stems[RENDER_BLOCK_FRAMES * STEM_CHANNELS];
    size_t frames = 0;
    enum status status = sink->want(sink->context, RENDER_BLOCK_FRAMES, &frames, error);
    while (status == STATUS_OK && frames > 0) {
        engine_render(engine, stems, frames);
        status = sink->take(sink->context, stems, frames, error);
        THEN(status, sink->want(sink->context, RENDER_BLOCK_FRAMES, &frames, error));
    }
    return status;
}
