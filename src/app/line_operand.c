// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind the last colon is a line if it is a number.
#include "line_operand.h"

#include "line_lookup.h"
#include "number.h"
#include <stdio.h>

enum status line_operand_read(struct line_operand *operand, const char *word, struct error *error)
{
    *operand = (struct line_operand){.line = 0};
    int64_t line;
    const int size = snprintf(operand->session, sizeof operand->session, "%s", word);
    if (size >= (int)sizeof operand->session)
        return error_set(error, STATUS_BAD_ARGUMENT, "a path is longer than %d bytes",
                         CATALOGUE_PATH_MAX - 1);
    int colon = size;
    while (colon > 0 && word[colon - 1] != ':')
        colon--;
    if (colon < 2 || !number_whole(text_from(word + colon), 1, LINE_LOOKUP_MOST, &line))
        return STATUS_OK;
    operand->line = (int)line;
    operand->session[colon - 1] = '\0';
    return STATUS_OK;
}
