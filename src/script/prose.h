// SPDX-License-Identifier: GPL-3.0-or-later
// What a session says, sentence by sentence, wherever its lines are cut.
#ifndef LOOSEN_PROSE_H
#define LOOSEN_PROSE_H

#include "buffer.h"
#include "session_model.h"

enum { PROSE_PIECES_MAX = 64 };

// Where a part of the sentence comes from.
struct prose_piece {
    size_t at;               // byte of the sentence where it begins
    const char *source;      // in the data of the file; NULL: stands for a placeholder
    const struct node *node; // its line; NULL: a title, which is shown and not spoken
    struct place place;      // of the line or title
};

struct prose_sentence {
    struct text text; // a line's end within it is '\n'
    struct prose_piece pieces[PROSE_PIECES_MAX];
    size_t piece_count;
    bool listed; // an item of a list
    bool apart;  // quiet, a section or a block lies before it
};

// Visit all sentences that the script itself says, notices apart, in the order of the script; of a
// plain text, its titles too. False when out of memory.
bool prose_visit(const struct session *session,
                 void (*visit)(void *context, const struct prose_sentence *sentence),
                 void *context);

// The place of the byte `at` of the sentence; `data` is the file's.
struct place prose_place(const struct prose_sentence *sentence, const struct session *session,
                         struct text data, size_t at);

// The line in which the byte `at` is; NULL: the title.
const struct node *prose_node(const struct prose_sentence *sentence, size_t at);

#endif
