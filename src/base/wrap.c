// SPDX-License-Identifier: GPL-3.0-or-later
// A word goes on the line that is begun if it fits behind a blank, else on the next.
#include "wrap.h"

static void add_word(struct buffer *out, size_t *column, size_t indent, size_t width,
                     struct text word)
{
    size_t length = text_length(word);
    if (*column > indent && *column + 1 + length > width) {
        buffer_printf(out, "\n%*s", (int)indent, "");
        *column = indent;
    } else if (*column > indent) {
        buffer_add_byte(out, ' ');
        ++*column;
    }
    buffer_add(out, word);
    *column += length;
}

void wrap_words(struct buffer *out, size_t *column, size_t indent, size_t width, struct text view)
{
    while (view.size > 0) {
        struct text word = text_head(view, text_find(view, ' '));
        struct buffer visible = BUFFER_INIT;
        buffer_add_visible(&visible, word);
        add_word(out, column, indent, width, buffer_text(&visible));
        out->failed |= visible.failed;
        buffer_free(&visible);
        view = text_skip(view, word.size + 1);
    }
}
