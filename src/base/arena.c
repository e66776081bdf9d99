// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of 16 KiB, or as large as was asked for, are chained and freed together.
#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;     // bytes of `data` given out
    size_t capacity; // bytes in `data`
    alignas(max_align_t) unsigned char data[];
};

enum { CHUNK_SIZE = 16 * 1024 };

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + align - 1) / align * align;
    struct arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->capacity - chunk->used < size) {
        size_t capacity = size > CHUNK_SIZE ? size : CHUNK_SIZE;
        chunk = calloc(1, sizeof *chunk + capacity);
        if (!chunk)
            return NULL;
        chunk->capacity = capacity;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    void *memory = chunk->data + chunk->used;
    chunk->used += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        return NULL;
    return arena_alloc(arena, count * size);
}

struct text arena_copy(struct arena *arena, struct text view)
{
    char *data = arena_alloc(arena, view.size + 1);
    if (!data)
        return (struct text){NULL, 0};
    if (view.size)
        memcpy(data, view.data, view.size);
    return (struct text){data, view.size};
}

void arena_take(struct arena *arena, struct arena *other)
{
    struct arena_chunk **end = &arena->chunks;
    while (*end)
        end = &(*end)->next;
    *end = other->chunks;
    other->chunks = NULL;
}

void arena_free(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
}
