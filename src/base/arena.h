// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of one lifetime: many allocations, one release.
#ifndef LOOSEN_ARENA_H
#define LOOSEN_ARENA_H

#include "text.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; // newest first; owned
};

#define ARENA_INIT ((struct arena){NULL})

// Zeroed memory aligned for any type, valid until arena_free; NULL when out of memory.
void *arena_alloc(struct arena *arena, size_t size);

// Zeroed array; NULL on overflow or when out of memory.
void *arena_array(struct arena *arena, size_t count, size_t size);

// A copy of the view (also null-terminated); data is NULL when out of memory.
struct text arena_copy(struct arena *arena, struct text view);

// Let all memory of `other` live as long as that of `arena`; `other` is empty afterwards.
void arena_take(struct arena *arena, struct arena *other);

// Release everything; the arena can be used again.
void arena_free(struct arena *arena);

#endif
