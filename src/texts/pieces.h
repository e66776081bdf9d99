// SPDX-License-Identifier: GPL-3.0-or-later
// What a text is cut into before it becomes a script.
#ifndef LOOSEN_PIECES_H
#define LOOSEN_PIECES_H

#include "arena.h"

#include <stdint.h>

enum piece_type {
    PIECE_TEXT,    // to be spoken
    PIECE_BREAK,   // a new paragraph: quiet
    PIECE_HEADING, // of a section
    PIECE_TITLE,   // of the whole
    PIECE_PAUSE,   // quiet of a length that the text asks for
    PIECE_OWN,     // a line of the session language: a directive, a comment, an optional line
};

struct piece {
    enum piece_type type;
    int line;   // where it comes from
    int column; // likewise; 1 where its beginning was changed
    bool whole; // PIECE_TEXT: no line behind it goes on with its sentence
    struct text text;
    int64_t ms; // PIECE_PAUSE
};

struct pieces {
    struct arena *arena;
    struct piece *items;
    size_t count, capacity;
    bool failed; // out of memory
};

void pieces_add(struct pieces *pieces, struct piece piece);

// A break, unless nothing or a break is before it.
void pieces_break(struct pieces *pieces, int line);

#endif
