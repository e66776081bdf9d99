// SPDX-License-Identifier: GPL-3.0-or-later
// Canvases to the bytes that make a terminal show them: only the rows that changed.
#ifndef LOOSEN_PAINTER_H
#define LOOSEN_PAINTER_H

#include "canvas.h"

// All zeros at the start; painter_free at the end.
struct painter {
    struct canvas shown; // what the terminal shows
    bool valid;          // false: nothing is known about it
};

// Append to `out` what turns the terminal's screen into `canvas`, nothing if it is that already.
// Takes the canvas, which is empty afterwards. The sequences are those of ECMA-48, which every
// terminal but a dumb one knows.
void painter_paint(struct painter *painter, struct canvas *take_canvas, struct buffer *out);

// The terminal's screen was changed by others: the next painting is a whole one.
void painter_forget(struct painter *painter);

void painter_free(struct painter *painter);

#endif
