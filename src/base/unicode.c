// SPDX-License-Identifier: GPL-3.0-or-later
// The classes of characters, from the Unicode Character Database.
#include "unicode.h"

#include <stddef.h>

struct span {
    uint32_t first, last;
};

bool unicode_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool unicode_is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x2028 ||
           c == 0x2029;
}

bool unicode_is_odd_blank(uint32_t c)
{
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool unicode_is_joiner(uint32_t c)
{
    return c == 0x180E || c == 0x200C || c == 0x200D;
}

// Latin letters with all that stands below them and the marks that go over them.
static bool is_latin(uint32_t c)
{
    return c < 0x370 || (c >= 0x1E00 && c <= 0x1EFF);
}

bool unicode_is_hidden(uint32_t c, uint32_t before)
{
    static const struct span spans[] = {
        {0xAD, 0xAD},        // soft hyphen
        {0x61C, 0x61C},      // Arabic letter mark
        {0x200B, 0x200B},    // blank without width
        {0x200E, 0x200F},    // marks of direction
        {0x2028, 0x202E},    // separators, embeddings and overrides
        {0x2060, 0x206F},    // word joiner, operators nobody sees, isolates
        {0xE000, 0xF8FF},    // private
        {0xFDD0, 0xFDEF},    // no characters
        {0xFEFF, 0xFEFF},    // byte-order mark
        {0xFFF0, 0xFFFB},    // reserved, and marks of annotations
        {0xE0000, 0x10FFFF}, // tags, variations, reserved, private
    };
    if (unicode_is_joiner(c))
        return is_latin(before) || unicode_is_odd_blank(before);
    for (size_t i = 0; i < sizeof spans / sizeof *spans && c >= spans[i].first; i++)
        if (c <= spans[i].last)
            return true;
    return (c & 0xFFFE) == 0xFFFE; // no characters either: the last two of each plane
}
