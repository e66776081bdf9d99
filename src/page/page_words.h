// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says by itself, in the session's language.
#ifndef LOOSEN_PAGE_WORDS_H
#define LOOSEN_PAGE_WORDS_H

#include "buffer.h"

// Append the text called `name` ("play", "chapters"), escaped, in a BCP 47 language; in English
// when the page does not speak that one. Each name that is asked for exists.
void page_words_add(struct buffer *out, struct text language, struct text name);

#endif
