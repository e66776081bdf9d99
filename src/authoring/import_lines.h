// SPDX-License-Identifier: GPL-3.0-or-later
// What the import of one text makes: lines, rests, notes of what became of what.
#ifndef LOOSEN_IMPORT_LINES_H
#define LOOSEN_IMPORT_LINES_H

#include "buffer.h"
#include "diagnostic.h"
#include "import_words.h"
#include "touch_model.h"

// Rests of a plain session, told apart by their most frames before.
#define IMPORT_LINE_REST_MOST ((int64_t)6 * FRAME_RATE)       // between two lines
#define IMPORT_PARAGRAPH_REST_MOST ((int64_t)15 * FRAME_RATE) // between two paragraphs

// What the import of one text has come to.
struct import_state {
    struct import_words words;
    struct diagnostics *notes; // what was made of what, with the line of the text
    bool contact, move;        // one was made
    bool told_end;             // that words for the end of a touch or movement were added
};

// Nodes one behind the other.
struct import_list {
    struct node *first;
    struct node **tail;
};

void import_list_init(struct import_list *list);
void import_list_add(struct import_list *list, struct node *node); // with those behind it

// A node at the place of `from`; a rest of `least` to `most` frames. NULL: out of memory, which
// the state remembers.
struct node *import_node(struct import_state *state, const struct node *from, enum node_type type);
struct node *import_rest(struct import_state *state, const struct node *from, int64_t least,
                         int64_t most);

// Tell a note of the line; NULL: of the whole.
void import_note(struct import_state *state, const struct node *line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Whether the sentence may be left out: an aside, and what the text calls optional; never what it
// warns of.
enum level import_level(const struct touch_sentence *sentence);

// Lines being made: sentences of one line that may be left out alike are said together.
struct import_said {
    struct import_list *list;
    struct buffer text; // of the line so far
    const struct node *line;
    enum level level;
    enum side first;   // as of import_words_line
    int64_t rest_most; // quiet between two lines; 0: none
};

// Say `text`, which is what is left of the sentence. import_said_end is due at last.
void import_said_add(struct import_state *state, struct import_said *said,
                     const struct touch_sentence *sentence, struct text text);
void import_said_end(struct import_state *state, struct import_said *said);

// Add lines that say the sentences as they are.
void import_lines_add(struct import_state *state, struct import_list *list,
                      const struct touch_sentence *sentences, size_t count, int64_t rest_most);

#endif
