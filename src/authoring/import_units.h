// SPDX-License-Identifier: GPL-3.0-or-later
// The paragraphs of a section, sentence by sentence.
#ifndef LOOSEN_IMPORT_UNITS_H
#define LOOSEN_IMPORT_UNITS_H

#include "import_lines.h"

// What lies between two long silences.
struct import_unit {
    struct touch_sentence *sentences;
    size_t count;
    struct node *first;          // of its nodes
    struct node *behind;         // the silence behind it; NULL: none
    int pause_least, pause_most; // seconds of quiet that the text asks for there
    bool own;                    // it is more than lines and short pauses
};

struct import_units {
    struct import_state *state;
    struct arena arena; // of sentences
    struct import_unit *items;
    size_t count, capacity;
};

void import_units_init(struct import_units *units, struct import_state *state);
void import_units_deinit(struct import_units *units);

// Cut the nodes of a section; the units of another one are lost.
void import_units_cut(struct import_units *units, struct node *nodes);

// Put what asks for the other side, behind a silence, together with what it goes on with.
void import_units_join(struct import_units *units);

// Read one sentence. False: out of memory, which the state remembers.
bool import_units_read(struct import_units *units, struct touch_sentence *sentence,
                       struct text text, const struct node *line);

#endif
