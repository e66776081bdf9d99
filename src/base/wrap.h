// SPDX-License-Identifier: GPL-3.0-or-later
// Breaks what is printed for people into lines.
#ifndef LOOSEN_WRAP_H
#define LOOSEN_WRAP_H

#include "buffer.h"

// Append the words of `view`, which come from outside and are made visible, with a blank or a line
// break between them: no line gets longer than `width` characters, but for one word that is. Lines
// begin `indent` characters in; *column, which moves along, is where the last line ends. A terminal
// is another matter: tui/paragraph.h counts its columns and cuts what is too long for it.
void wrap_words(struct buffer *out, size_t *column, size_t indent, size_t width, struct text view);

#endif
