// SPDX-License-Identifier: GPL-3.0-or-later
// A screenful of text: rows of a fixed number of columns, measured character by character, so that
// nothing is ever wider than the terminal. Knows no escape sequences; painter.h turns it into some.
#ifndef LOOSEN_CANVAS_H
#define LOOSEN_CANVAS_H

#include "buffer.h"

enum { CANVAS_ROWS_MAX = 200, CANVAS_COLUMNS_MAX = 500 }; // what lies beyond stays empty

// How a piece of text looks. No colours: these are right on dark and on light ground. What they
// tell is told in words, too.
enum look { LOOK_PLAIN, LOOK_STRONG, LOOK_FAINT, LOOK_MARKED, LOOK_COUNT };

// In a row's text, a byte CANVAS_LOOK + look begins that look; at its start it is LOOK_PLAIN. Other
// control characters do not occur.
enum { CANVAS_LOOK = 1 };

// What a terminal can show.
struct glyph_rules {
    int (*columns)(uint32_t character);                        // 0, 1 or 2
    void (*add_ascii)(struct buffer *out, uint32_t character); // NULL: it takes UTF-8
};

struct canvas {
    const struct glyph_rules *rules; // borrowed
    int rows, columns;
    struct buffer *lines; // [rows], owned
    int row, column;      // where the next text goes
    enum look look;
    bool failed; // out of memory: the screen is to be left as it is
};

// A part of a canvas.
struct area {
    int row, column; // its upper left corner
    int rows, columns;
};

// An empty canvas; sizes are brought between 0 and the bounds above.
void canvas_init(struct canvas *canvas, const struct glyph_rules *rules, int rows, int columns);
void canvas_free(struct canvas *canvas);

// Go to a place right of what is in its row; text for other places is dropped.
void canvas_move(struct canvas *canvas, int row, int column);
void canvas_set_look(struct canvas *canvas, enum look look);

// Add text at the place; what goes beyond the row's end is dropped. Text from outside must have
// been made visible (buffer_add_visible).
void canvas_add(struct canvas *canvas, struct text text);
void canvas_add_c(struct canvas *canvas, const char *text);

// Columns that `text` takes; the number of bytes of it that fit into `columns`.
int canvas_measure(const struct canvas *canvas, struct text text);
size_t canvas_fit(const struct canvas *canvas, struct text text, int columns);

// True when the terminal shows ASCII alone.
bool canvas_is_ascii(const struct canvas *canvas);

#endif
