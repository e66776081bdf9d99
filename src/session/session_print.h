// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a session as a script.
#ifndef LOOSEN_SESSION_PRINT_H
#define LOOSEN_SESSION_PRINT_H

#include "session_model.h"

struct remarks;

// The canonical text: parsing it gives the same model (places apart), and printing that gives the
// same text. Comments are not kept.
void session_print(const struct session *session, struct buffer *out);

// The same with the comments and blank lines of the script, each where it stood: before the line
// that it stood before, at its indentation. What stood before a key of the header goes along with
// it; runs of blank lines are one, and there are none at both ends. `remarks` are marked as
// printed; NULL: none.
void session_print_remarks(const struct session *session, struct remarks *remarks,
                           struct buffer *out);

// What a line says, as it is written: without the marks before it and the tags behind it.
void session_print_words(const struct node *line, struct buffer *out);

#endif
