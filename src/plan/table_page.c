// SPDX-License-Identifier: GPL-3.0-or-later
// The column is counted along, so that words know where to break.
#include "table_page.h"

#include "wrap.h"

enum { WIDTH = 80 };

void table_page_spaces(struct table_page *page, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_byte(page->out, ' ');
    page->column += count;
}

void table_page_plain(struct table_page *page, const char *string)
{
    buffer_add_c(page->out, string);
    page->column += text_length(text_from(string));
}

void table_page_end_line(struct table_page *page)
{
    buffer_add_byte(page->out, '\n');
    page->column = 0;
}

void table_page_words(struct table_page *page, struct text view, size_t indent)
{
    wrap_words(page->out, &page->column, indent, WIDTH, view);
}
