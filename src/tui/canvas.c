// SPDX-License-Identifier: GPL-3.0-or-later
// Each character is put where it fits by its width, and cut where the row ends.
#include "canvas.h"

#include <limits.h>
#include <stdlib.h>

static int within(int value, int most)
{
    return value < 0 ? 0 : value < most ? value : most;
}

void canvas_init(struct canvas *canvas, const struct glyph_rules *rules, int rows, int columns)
{
    *canvas = (struct canvas){.rules = rules,
                              .rows = within(rows, CANVAS_ROWS_MAX),
                              .columns = within(columns, CANVAS_COLUMNS_MAX)};
    canvas->lines = calloc((size_t)canvas->rows + 1, sizeof *canvas->lines);
    if (!canvas->lines) {
        canvas->rows = 0;
        canvas->failed = true;
    }
}

void canvas_free(struct canvas *canvas)
{
    for (int row = 0; row < canvas->rows; row++)
        buffer_free(&canvas->lines[row]);
    free(canvas->lines);
    *canvas = (struct canvas){.rules = NULL};
}

bool canvas_is_ascii(const struct canvas *canvas)
{
    return canvas->rules->add_ascii != NULL;
}

static bool is_outside(const struct canvas *canvas)
{
    return canvas->row < 0 || canvas->row >= canvas->rows || canvas->column < 0;
}

static void add_look(struct canvas *canvas, enum look look)
{
    buffer_add_byte(&canvas->lines[canvas->row], (char)(CANVAS_LOOK + look));
}

// Columns taken in a row so far.
static int used_columns(const struct canvas *canvas, const struct buffer *line)
{
    struct text rest = buffer_text(line);
    size_t offset = 0;
    uint32_t character;
    int columns = 0;
    while (text_next(rest, &offset, &character))
        columns += character < 0x20 ? 0 : canvas->rules->columns(character);
    return columns;
}

void canvas_move(struct canvas *canvas, int row, int column)
{
    canvas->row = row;
    canvas->column = column;
    if (is_outside(canvas))
        return;
    struct buffer *line = &canvas->lines[row];
    int used = used_columns(canvas, line);
    if (used > column || column > canvas->columns) {
        canvas->column = -1;
        return;
    }
    if (used < column)
        add_look(canvas, LOOK_PLAIN);
    for (; used < column; used++)
        buffer_add_byte(line, ' ');
    add_look(canvas, canvas->look);
}

void canvas_set_look(struct canvas *canvas, enum look look)
{
    canvas->look = look;
    if (!is_outside(canvas))
        add_look(canvas, look);
}

// `text` as the terminal takes it; the same, or `memory` in which it was spelt.
static struct text spell(const struct canvas *canvas, struct text text, struct buffer *memory)
{
    if (!canvas_is_ascii(canvas))
        return text;
    size_t offset = 0;
    uint32_t character;
    while (text_next(text, &offset, &character)) {
        if (character < 0x80)
            buffer_add_byte(memory, (char)character);
        else
            canvas->rules->add_ascii(memory, character);
    }
    return buffer_text(memory);
}

static size_t fit(const struct canvas *canvas, struct text text, int columns, int *used)
{
    size_t offset = 0;
    size_t fitting = 0;
    uint32_t character;
    *used = 0;
    while (text_next(text, &offset, &character)) {
        int width = canvas->rules->columns(character);
        if (*used + width > columns)
            break;
        *used += width;
        fitting = offset;
    }
    return fitting;
}

size_t canvas_fit(const struct canvas *canvas, struct text text, int columns)
{
    int used;
    return fit(canvas, text, columns, &used);
}

int canvas_measure(const struct canvas *canvas, struct text text)
{
    int used;
    struct buffer memory = BUFFER_INIT;
    struct text spelt = spell(canvas, text, &memory);
    fit(canvas, spelt, INT_MAX / 2, &used);
    buffer_free(&memory);
    return used;
}

void canvas_add(struct canvas *canvas, struct text text)
{
    if (is_outside(canvas))
        return;
    int used;
    struct buffer memory = BUFFER_INIT;
    struct text spelt = spell(canvas, text, &memory);
    struct buffer *line = &canvas->lines[canvas->row];
    buffer_add(line, text_head(spelt, fit(canvas, spelt, canvas->columns - canvas->column, &used)));
    canvas->column += used;
    canvas->failed |= line->failed || memory.failed;
    buffer_free(&memory);
}

void canvas_add_c(struct canvas *canvas, const char *text)
{
    canvas_add(canvas, text_from(text));
}
