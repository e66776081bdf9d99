// SPDX-License-Identifier: GPL-3.0-or-later
// The keys stand in one column with a line of help each. Where that is too narrow they have a word
// each; where that is too low they stand in two columns, and if it still is, in pages with a last
// row that says so.
#include "key_panel.h"

#include "key.h"
#include <string.h>

enum {
    KEYS_COLUMNS = 7, // of the names of keys, with the space behind
    GAP_COLUMNS = 2,  // between two columns of keys
};

struct grid {
    const struct key_row *keys;
    int count;
    bool brief;        // a word each
    int width;         // of a column
    int columns, rows; // of keys on a page
    int pages;
};

static const char *help_of(const struct grid *grid, int key)
{
    return grid->brief ? grid->keys[key].brief : grid->keys[key].does;
}

// Of a column in which nothing is cut; the helps are plain ASCII.
static int width_of(const struct grid *grid)
{
    size_t longest = 0;
    for (int i = 0; i < grid->count; i++) {
        size_t size = strlen(help_of(grid, i));
        longest = size > longest ? size : longest;
    }
    return KEYS_COLUMNS + (int)longest;
}

static struct grid find_grid(const struct area *area)
{
    size_t count;
    struct grid grid = {.keys = key_rows(&count), .columns = 1, .rows = area->rows, .pages = 1};
    grid.count = (int)count;
    grid.width = width_of(&grid);
    grid.brief = grid.width > area->columns;
    if (grid.brief)
        grid.width = width_of(&grid);
    if (grid.count > area->rows && 2 * grid.width + GAP_COLUMNS <= area->columns)
        grid.columns = 2;
    if (grid.count <= area->rows * grid.columns) {
        grid.rows = (grid.count + grid.columns - 1) / grid.columns;
        return grid;
    }
    grid.rows = area->rows > 1 ? area->rows - 1 : 1;
    grid.pages = (grid.count + grid.rows * grid.columns - 1) / (grid.rows * grid.columns);
    return grid;
}

int key_panel_pages(const struct area *area)
{
    return find_grid(area).pages;
}

static void draw_row(int row, int column, const char *keys, const char *help, struct canvas *canvas)
{
    canvas_set_look(canvas, LOOK_STRONG);
    canvas_move(canvas, row, column);
    canvas_add_c(canvas, keys);
    canvas_set_look(canvas, LOOK_PLAIN);
    canvas_move(canvas, row, column + KEYS_COLUMNS);
    canvas_add_c(canvas, help);
}

static void draw_foot(const struct grid *grid, int page, const struct area *area,
                      struct canvas *canvas)
{
    struct buffer foot = BUFFER_INIT;
    buffer_printf(&foot, "%s, %d of %d", page < grid->pages ? "more" : "back", page, grid->pages);
    canvas->failed |= foot.failed;
    if (!foot.failed)
        draw_row(area->row + area->rows - 1, area->column, "?", foot.data, canvas);
    buffer_free(&foot);
}

void key_panel_draw(int page, const struct area *area, struct canvas *canvas)
{
    const struct grid grid = find_grid(area);
    const int first = (page - 1) * grid.rows * grid.columns;
    for (int row = 0; row < grid.rows && row < area->rows; row++) {
        for (int column = 0; column < grid.columns; column++) {
            int key = first + column * grid.rows + row;
            if (key < grid.count)
                draw_row(area->row + row, area->column + column * (grid.width + GAP_COLUMNS),
                         grid.keys[key].keys, help_of(&grid, key), canvas);
        }
    }
    if (grid.pages > 1 && area->rows > 1)
        draw_foot(&grid, page, area, canvas);
}
