// SPDX-License-Identifier: GPL-3.0-or-later
// An error's text is cut at a whole character where it does not fit.
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// vsnprintf may cut inside a UTF-8 sequence: take the incomplete tail away.
static void drop_partial_character(char *text)
{
    size_t size = strlen(text);
    size_t start = size;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (lead >= 0xC0 && size - (start - 1) < want)
        text[start - 1] = '\0';
}

__attribute__((format(printf, 6, 0))) static void fill(struct error *error, enum status status,
                                                       const char *file, int line, int column,
                                                       const char *format, va_list args)
{
    error->status = status;
    error->line = line;
    error->column = column;
    snprintf(error->file, sizeof error->file, "%s", file);
    drop_partial_character(error->file);
    vsnprintf(error->text, sizeof error->text, format, args);
    drop_partial_character(error->text);
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, status, "", 0, 0, format, args);
        va_end(args);
    }
    return status;
}

enum status error_set_at(struct error *error, enum status status, const char *file, int line,
                         int column, const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, status, file ? file : "", line, column, format, args);
        va_end(args);
    }
    return status;
}

enum status error_no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}
