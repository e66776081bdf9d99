// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a session as a script.
#ifndef LOOSEN_SESSION_PRINT_H
#define LOOSEN_SESSION_PRINT_H

#include "session_model.h"

// The canonical text: parsing it gives the same model (places apart), and printing that gives the
// same text. Comments are not kept.
void session_print(const struct session *session, struct buffer *out);

// What a line says, as it is written: without the marks before it and the tags behind it.
void session_print_words(const struct node *line, struct buffer *out);

#endif
