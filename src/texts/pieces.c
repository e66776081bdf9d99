// SPDX-License-Identifier: GPL-3.0-or-later
// A growing list of pieces.
#include "pieces.h"

#include <string.h>

void pieces_add(struct pieces *pieces, struct piece piece)
{
    if (pieces->count == pieces->capacity) {
        size_t capacity = pieces->capacity ? 2 * pieces->capacity : 64;
        struct piece *items = arena_array(pieces->arena, capacity, sizeof *items);
        if (!items) {
            pieces->failed = true;
            return;
        }
        if (pieces->count > 0)
            memcpy(items, pieces->items, pieces->count * sizeof *items);
        pieces->items = items;
        pieces->capacity = capacity;
    }
    pieces->items[pieces->count++] = piece;
}

void pieces_break(struct pieces *pieces, int line)
{
    if (pieces->count > 0 && pieces->items[pieces->count - 1].type != PIECE_BREAK)
        pieces_add(pieces, (struct piece){.type = PIECE_BREAK, .line = line, .column = 1});
}
