// SPDX-License-Identifier: GPL-3.0-or-later
// A table of the content tests: tab-separated text with one heading line. What is left out at the
// end of a row is NULL.
#ifndef LOOSEN_TEST_TABLE_H
#define LOOSEN_TEST_TABLE_H

#include <stddef.h>

enum { TABLE_FIELDS_MAX = 7, TABLE_ROWS_MAX = 1000 };

struct table {
    char *memory; // the file, cut into fields
    const char *field[TABLE_ROWS_MAX][TABLE_FIELDS_MAX];
    size_t count; // rows without the heading
};

// Read tests/content/NAME; fails the running test when it cannot be read or holds no rows.
void table_read(struct table *table, const char *name);
void table_free(struct table *table);

#endif
