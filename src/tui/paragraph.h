// SPDX-License-Identifier: GPL-3.0-or-later
// A text broken into lines at its spaces, with one word marked.
#ifndef LOOSEN_PARAGRAPH_H
#define LOOSEN_PARAGRAPH_H

#include "canvas.h"

struct paragraph {
    struct text text;            // already visible
    size_t mark_start, mark_end; // bytes to be marked; equal: none
};

// Break the lines of `text` that are wider than `columns` at their spaces; what goes on below
// stands as far in as the line begins.
void paragraph_wrap(struct text text, const struct glyph_rules *rules, int columns,
                    struct buffer *out);

// Draw into `area`. When there are more lines than rows, those around the marked word are shown.
void paragraph_draw(const struct paragraph *paragraph, const struct area *area,
                    struct canvas *canvas);

#endif
