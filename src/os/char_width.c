// SPDX-License-Identifier: GPL-3.0-or-later
// The width is asked of utf8proc, and spellings in ASCII come from a table.
#include "char_width.h"

#include <utf8proc.h>

int char_width_columns(uint32_t character)
{
    return utf8proc_charwidth((utf8proc_int32_t)character);
}

// What decomposition does not tell.
static const char *spelling(uint32_t character)
{
    switch (character) {
    case 0xDF: // sharp s
        return "ss";
    case 0xC6:
        return "AE";
    case 0xE6:
        return "ae";
    case 0xD8:
        return "O";
    case 0xF8:
        return "o";
    case 0x2026: // ellipsis
        return "...";
    case 0x201C: // quotation marks
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
        return "\"";
    case 0x201A:
        return "'";
    default:
        return NULL;
    }
}

void char_width_add_ascii(struct buffer *out, uint32_t character)
{
    enum { PARTS_MAX = 18 }; // the longest decomposition of one character in Unicode
    const char *known = spelling(character);
    if (known) {
        buffer_add_c(out, known);
        return;
    }
    utf8proc_int32_t parts[PARTS_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)character, parts, PARTS_MAX,
        UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_LUMP | UTF8PROC_IGNORE | UTF8PROC_DECOMPOSE,
        &boundary);
    bool foreign = count < 0 || count > PARTS_MAX;
    for (utf8proc_ssize_t i = 0; i < count && !foreign; i++)
        foreign = parts[i] < 0x20 || parts[i] > 0x7E;
    if (foreign)
        buffer_add_byte(out, '?');
    for (utf8proc_ssize_t i = 0; i < count && !foreign; i++)
        buffer_add_byte(out, (char)parts[i]);
}
