// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a line as the script has them, and whether some of the words that a table asks for
// are among them.
#ifndef LOOSEN_TEST_SAID_H
#define LOOSEN_TEST_SAID_H

#include "buffer.h"
#include "node.h"

// Add the text of a line, with its placeholders as they are written: "{side}".
void said_add(const struct node *line, struct buffer *out);

// Whether `words` are in `text`: groups with " & " between them, of each of which one must be
// there; a group is phrases with " | " between them. A phrase begins at a word and may end within
// one: "guard" is in "guarding". Capital and small letters are the same.
bool said_has(struct text text, const char *words);

// The same of the text of a line.
bool said_line_has(const struct node *line, const char *words);

// Whether the line carries the tag; one of the tags that `list` has, a blank between them.
bool said_is_tagged(const struct node *line, const char *tag);
bool said_is_tagged_one_of(const struct node *line, const char *list);

#endif
