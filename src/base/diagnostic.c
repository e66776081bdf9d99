// SPDX-License-Identifier: GPL-3.0-or-later
// A growing array with a cap keeps diagnostics; they are sorted by place and printed with hints.
#include "diagnostic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void diagnostics_init(struct diagnostics *list, const char *file)
{
    *list = (struct diagnostics){.file = file};
}

void diagnostics_free(struct diagnostics *list)
{
    free(list->items);
    arena_free(&list->arena);
    *list = (struct diagnostics){.file = list->file};
}

// Text that was cut may end within a UTF-8 character: take its last character away.
static struct text whole_characters(struct text cut)
{
    while (cut.size > 0 && ((unsigned char)cut.data[cut.size - 1] & 0xC0) == 0x80)
        cut.size--;
    if (cut.size > 0)
        cut.size--;
    return cut;
}

__attribute__((format(printf, 2, 0))) static struct text
format_text(struct diagnostics *list, const char *format, va_list args)
{
    char text[1024];
    int size = vsnprintf(text, sizeof text, format, args);
    struct text view = text_from(text);
    if (size >= (int)sizeof text)
        view = whole_characters(view);
    struct text copy = arena_copy(&list->arena, view);
    list->failed |= !copy.data;
    return copy;
}

static bool grow(struct diagnostics *list)
{
    if (list->count < list->capacity)
        return true;
    size_t capacity = list->capacity ? list->capacity * 2 : 16;
    struct diagnostic *items = realloc(list->items, capacity * sizeof *items);
    if (!items) {
        list->failed = true;
        return false;
    }
    list->items = items;
    list->capacity = capacity;
    return true;
}

void diagnostics_add(struct diagnostics *list, enum severity severity, const char *rule, int line,
                     int column, const char *format, ...)
{
    *(severity == SEVERITY_ERROR ? &list->errors : &list->warnings) += 1;
    if (list->errors + list->warnings > DIAGNOSTICS_MAX || !grow(list))
        return;
    va_list args;
    va_start(args, format);
    struct text message = format_text(list, format, args);
    va_end(args);
    list->items[list->count++] = (struct diagnostic){
        .severity = severity, .line = line, .column = column, .rule = rule, .message = message};
}

void diagnostics_hint(struct diagnostics *list, const char *format, ...)
{
    if (list->count == 0 || list->count != list->errors + list->warnings)
        return;
    va_list args;
    va_start(args, format);
    list->items[list->count - 1].hint = format_text(list, format, args);
    va_end(args);
}

static int compare(const void *a, const void *b)
{
    const struct diagnostic *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return 0;
}

void diagnostics_sort(struct diagnostics *list)
{
    // Insertion sort: stable, and the list is nearly in order and short.
    for (size_t i = 1; i < list->count; i++) {
        struct diagnostic item = list->items[i];
        size_t at = i;
        for (; at > 0 && compare(&list->items[at - 1], &item) > 0; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = item;
    }
}

void diagnostics_print(const struct diagnostics *list, struct buffer *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *d = &list->items[i];
        buffer_add_visible(out, text_from(list->file));
        buffer_printf(out, ":%d:%d: %s: ", d->line, d->column,
                      d->severity == SEVERITY_ERROR ? "error" : "warning");
        buffer_add_visible(out, d->message);
        buffer_printf(out, " [%s]\n", d->rule);
        if (d->hint.size) {
            buffer_add_c(out, "    hint: ");
            buffer_add_visible(out, d->hint);
            buffer_add_byte(out, '\n');
        }
    }
    size_t all = list->errors + list->warnings;
    if (all > list->count) {
        buffer_add_visible(out, text_from(list->file));
        buffer_printf(out, ": %zu more not shown\n", all - list->count);
    }
}
