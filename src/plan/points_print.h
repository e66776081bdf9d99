// SPDX-License-Identifier: GPL-3.0-or-later
// What a line is said for, on a page: each of its points with the meaning.
#ifndef LOOSEN_POINTS_PRINT_H
#define LOOSEN_POINTS_PRINT_H

#include "node.h"
#include "points.h"
#include "table_page.h"

// One row for each tag of the line, from this column on; nothing for a line without tags.
void points_print(struct table_page *page, const struct node *line, const struct points *points,
                  size_t column);

#endif
