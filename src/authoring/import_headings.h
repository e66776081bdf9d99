// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a text that are no sentences: what stands above all of it, headings, and the section in
// which nothing new is begun.
#ifndef LOOSEN_IMPORT_HEADINGS_H
#define LOOSEN_IMPORT_HEADINGS_H

#include "import_lines.h"

// Make sections of headings, and take from the lines what stands above the first sentence like the
// head of a letter; its first line is the title where the text has none. STATUS_NO_MEMORY.
enum status import_headings_make(struct session *session, struct import_state *state,
                                 struct error *error);

// Where the last section holds a touch or a movement, what follows them becomes a section of its
// own, with a line of the language where nothing follows. STATUS_NO_MEMORY.
enum status import_headings_close(struct session *session, struct import_state *state,
                                  struct error *error);

#endif
