// SPDX-License-Identifier: GPL-3.0-or-later
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BYTES_MAX = 65536 };

static void cut(struct table *table, char *line)
{
    assert_true(table->count < TABLE_ROWS_MAX);
    const char **field = table->field[table->count++];
    for (size_t i = 0; i < TABLE_FIELDS_MAX && line; i++) {
        field[i] = line;
        line = strchr(line, '\t');
        if (line)
            *line++ = '\0';
    }
}

void table_read(struct table *table, const char *name)
{
    char path[512];
    *table = (struct table){.memory = calloc(BYTES_MAX, 1)};
    assert_non_null(table->memory);
    snprintf(path, sizeof path, "%s/tests/content/%s", LOOSEN_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = fread(table->memory, 1, BYTES_MAX - 1, file);
    assert_int_equal(fclose(file), 0);
    assert_true(size < BYTES_MAX - 1);
    char *line = strchr(table->memory, '\n');
    while (line && line[1]) {
        char *end = strchr(line + 1, '\n');
        if (end)
            *end = '\0';
        cut(table, line + 1);
        line = end;
    }
    assert_true(table->count > 0);
}

void table_free(struct table *table)
{
    free(table->memory);
}
