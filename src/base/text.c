// SPDX-License-Identifier: GPL-3.0-or-later
// Views are compared, trimmed, cut and decoded here, and the nearest of several words is found.
#include "text.h"

#include <string.h>

struct text text_from(const char *string)
{
    return (struct text){string, string ? strlen(string) : 0};
}

bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool text_equal_c(struct text a, const char *b)
{
    return text_equal(a, text_from(b));
}

bool text_starts_with(struct text view, struct text prefix)
{
    return view.size >= prefix.size && text_equal(text_head(view, prefix.size), prefix);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

struct text text_trim(struct text view)
{
    while (view.size > 0 && is_blank(view.data[0]))
        view = text_skip(view, 1);
    while (view.size > 0 && is_blank(view.data[view.size - 1]))
        view.size--;
    return view;
}

struct text text_skip(struct text view, size_t bytes)
{
    if (bytes > view.size)
        bytes = view.size;
    // NULL + 0 is undefined in C, and an empty view may hold NULL.
    return bytes ? (struct text){view.data + bytes, view.size - bytes} : view;
}

struct text text_head(struct text view, size_t bytes)
{
    return (struct text){view.data, bytes < view.size ? bytes : view.size};
}

size_t text_find(struct text view, char byte)
{
    const char *hit = view.size ? memchr(view.data, byte, view.size) : NULL;
    return hit ? (size_t)(hit - view.data) : view.size;
}

size_t text_find_text(struct text view, struct text needle)
{
    for (size_t i = 0; i + needle.size <= view.size; i++)
        if (text_starts_with(text_skip(view, i), needle))
            return i;
    return view.size;
}

bool text_next(struct text view, size_t *offset, uint32_t *character)
{
    if (*offset >= view.size)
        return false;
    const unsigned char *bytes = (const unsigned char *)view.data + *offset;
    size_t left = view.size - *offset;
    uint32_t code = bytes[0];
    size_t size = 1;
    uint32_t least = 0;
    if (code >= 0x80) {
        if (code >= 0xF0 && code <= 0xF4) {
            size = 4;
            least = 0x10000;
            code &= 0x07;
        } else if (code >= 0xE0 && code < 0xF0) {
            size = 3;
            least = 0x800;
            code &= 0x0F;
        } else if (code >= 0xC2 && code < 0xE0) {
            size = 2;
            least = 0x80;
            code &= 0x1F;
        } else {
            return false;
        }
        if (size > left)
            return false;
        for (size_t i = 1; i < size; i++) {
            if ((bytes[i] & 0xC0) != 0x80)
                return false;
            code = (code << 6) | (bytes[i] & 0x3F);
        }
        if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
    }
    *offset += size;
    *character = code;
    return true;
}

size_t text_length(struct text view)
{
    size_t length = 0;
    size_t offset = 0;
    uint32_t character;
    while (offset < view.size) {
        if (!text_next(view, &offset, &character))
            offset++;
        length++;
    }
    return length;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum { DISTANCE_MAX = 63 };

size_t text_distance(struct text a, struct text b)
{
    if (a.size > DISTANCE_MAX || b.size > DISTANCE_MAX)
        return SIZE_MAX;
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.size; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            bool same = lower(a.data[i - 1]) == lower(b.data[j - 1]);
            now[j] = least_of(least_of(last[j], now[j - 1]) + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && lower(a.data[i - 1]) == lower(b.data[j - 2]) &&
                lower(a.data[i - 2]) == lower(b.data[j - 1]))
                now[j] = least_of(now[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b.size];
}

const char *text_nearest(struct text word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(word, text_from(names[i]));
        if (distance < least) {
            least = distance;
            best = names[i];
        }
    }
    size_t bound = word.size / 3 > 1 ? word.size / 3 : 1;
    return least <= bound ? best : NULL;
}
