// SPDX-License-Identifier: GPL-3.0-or-later
// Rows are compared with those that are shown, and only other ones are sent.
#include "painter.h"

static const char *const sequences[LOOK_COUNT] = {
    [LOOK_PLAIN] = "\x1b[0m",
    [LOOK_STRONG] = "\x1b[0;1m",
    [LOOK_FAINT] = "\x1b[0;2m",
    [LOOK_MARKED] = "\x1b[0;1;4m",
};

static enum look look_of(char byte)
{
    return (enum look)(byte - CANVAS_LOOK);
}

static bool is_look(char byte)
{
    return byte >= CANVAS_LOOK && byte < CANVAS_LOOK + LOOK_COUNT;
}

// The text with its looks as sequences; one that no character follows is left out.
static void add_text(struct buffer *out, struct text text)
{
    enum look now = LOOK_PLAIN;
    enum look wanted = LOOK_PLAIN;
    for (size_t i = 0; i < text.size; i++) {
        if (is_look(text.data[i])) {
            wanted = look_of(text.data[i]);
            continue;
        }
        if (wanted != now)
            buffer_add_c(out, sequences[wanted]);
        now = wanted;
        buffer_add_byte(out, text.data[i]);
    }
    if (now != LOOK_PLAIN)
        buffer_add_c(out, sequences[LOOK_PLAIN]);
}

// Text first, then the rest of the row empty: nothing is dark in between, so nothing flickers.
static void add_row(struct buffer *out, int row, struct text text)
{
    buffer_printf(out, "\x1b[%d;1H", row + 1);
    add_text(out, text);
    buffer_add_c(out, "\x1b[K");
}

static bool has_size(const struct painter *painter, const struct canvas *canvas)
{
    return painter->valid && painter->shown.rows == canvas->rows &&
           painter->shown.columns == canvas->columns;
}

void painter_paint(struct painter *painter, struct canvas *take_canvas, struct buffer *out)
{
    bool whole = !has_size(painter, take_canvas);
    if (take_canvas->failed) {
        canvas_free(take_canvas);
        return;
    }
    if (whole)
        buffer_add_c(out, "\x1b[0m\x1b[2J");
    for (int row = 0; row < take_canvas->rows; row++) {
        struct text text = buffer_text(&take_canvas->lines[row]);
        if (whole ? text.size > 0 : !text_equal(text, buffer_text(&painter->shown.lines[row])))
            add_row(out, row, text);
    }
    canvas_free(&painter->shown);
    painter->shown = *take_canvas;
    painter->valid = true;
    *take_canvas = (struct canvas){.rules = NULL};
}

void painter_forget(struct painter *painter)
{
    painter->valid = false;
}

void painter_free(struct painter *painter)
{
    canvas_free(&painter->shown);
    painter->valid = false;
}
