// SPDX-License-Identifier: GPL-3.0-or-later
// The meanings stand in a column of their own, behind the longest tag.
#include "points_print.h"

enum { TAG_WIDTH = 5 }; // "G24" and two blanks

void points_print(struct table_page *page, const struct node *line, const struct points *points,
                  size_t column)
{
    for (size_t i = 0; i < line->tag_count; i++) {
        table_page_spaces(page, column);
        table_page_words(page, line->tags[i], column);
        table_page_spaces(page, column + TAG_WIDTH - page->column);
        table_page_words(page, points->meaning[points_find(line->tags[i])], column + TAG_WIDTH);
        table_page_end_line(page);
    }
}
