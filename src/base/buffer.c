// SPDX-License-Identifier: GPL-3.0-or-later
// Text grows by doubling, and a failure is kept until somebody asks for it.
#include "buffer.h"

#include "unicode.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more < buffer->capacity - buffer->size)
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity - buffer->size <= more) {
        if (capacity > SIZE_MAX / 4) {
            buffer->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void buffer_add(struct buffer *buffer, struct text view)
{
    if (!reserve(buffer, view.size))
        return;
    if (view.size)
        memcpy(buffer->data + buffer->size, view.data, view.size);
    buffer->size += view.size;
    buffer->data[buffer->size] = '\0';
}

void buffer_add_c(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, text_from(string));
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_add(buffer, (struct text){&byte, 1});
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0) {
        buffer->failed = true;
    } else if (reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void buffer_add_visible(struct buffer *buffer, struct text view)
{
    size_t offset = 0;
    uint32_t c = 0;
    while (offset < view.size) {
        size_t start = offset;
        const uint32_t before = c;
        if (!text_next(view, &offset, &c)) {
            c = 0;
            buffer_printf(buffer, "\\x%02X", (unsigned char)view.data[offset++]);
        } else if (unicode_is_control(c) || unicode_is_hidden(c, before)) {
            buffer_printf(buffer, c < 0x100 ? "\\x%02X" : "\\u{%X}", (unsigned)c);
            c = 0;
        } else {
            buffer_add(buffer, text_head(text_skip(view, start), offset - start));
        }
    }
}

void buffer_add_markup(struct buffer *buffer, struct text view)
{
    struct buffer visible = BUFFER_INIT;
    buffer_add_visible(&visible, view);
    buffer->failed |= visible.failed;
    for (size_t i = 0; i < visible.size; i++) {
        char byte = visible.data[i];
        if (byte == '<')
            buffer_add_c(buffer, "&lt;");
        else if (byte == '>')
            buffer_add_c(buffer, "&gt;");
        else if (byte == '&')
            buffer_add_c(buffer, "&amp;");
        else if (byte == '"')
            buffer_add_c(buffer, "&quot;");
        else
            buffer_add_byte(buffer, byte);
    }
    buffer_free(&visible);
}

struct text buffer_text(const struct buffer *buffer)
{
    return (struct text){buffer->data, buffer->size};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = BUFFER_INIT;
}
