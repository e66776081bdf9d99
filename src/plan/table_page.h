// SPDX-License-Identifier: GPL-3.0-or-later
// A page as wide as a terminal, filled from left to right.
#ifndef LOOSEN_TABLE_PAGE_H
#define LOOSEN_TABLE_PAGE_H

#include "buffer.h"

struct table_page {
    struct buffer *out; // borrowed
    size_t column;      // where the line ends, in characters
};

void table_page_spaces(struct table_page *page, size_t count);
void table_page_plain(struct table_page *page, const char *string); // our own, as it is
void table_page_end_line(struct table_page *page);

// Words from outside, made visible and wrapped. `indent`: where further lines begin.
void table_page_words(struct table_page *page, struct text view, size_t indent);

#endif
