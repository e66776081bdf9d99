// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as blank is what base/unicode.h says, and what nobody sees.
#include "scan.h"

#include "letter.h"
#include "unicode.h"

bool scan_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_blank(uint32_t c)
{
    return unicode_is_space(c) || unicode_is_odd_blank(c) || c == 0x200B || c == 0xFEFF;
}

struct text scan_blanks(struct text view)
{
    size_t at = 0;
    uint32_t c;
    while (true) {
        size_t before = at;
        if (!text_next(view, &at, &c) || !is_blank(c))
            return text_skip(view, before);
    }
}

struct text scan_trim(struct text view)
{
    view = scan_blanks(view);
    size_t end = 0;
    uint32_t c;
    for (size_t at = 0; text_next(view, &at, &c);)
        if (!is_blank(c))
            end = at;
    return text_head(view, end);
}

struct text scan_line(struct text view)
{
    struct text line = text_head(view, text_find(view, '\n'));
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

static char small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool scan_starts(struct text view, const char *start)
{
    struct text wanted = text_from(start);
    if (view.size < wanted.size)
        return false;
    for (size_t i = 0; i < wanted.size; i++)
        if (small(view.data[i]) != small(wanted.data[i]))
            return false;
    return true;
}

struct text scan_word(struct text *rest)
{
    size_t at = 0;
    while (at < rest->size) {
        size_t start = at;
        uint32_t c = letter_take(*rest, &at);
        if (!letter_is(c) && !(c >= '0' && c <= '9'))
            continue;
        size_t end = at;
        while (at < rest->size) {
            c = letter_take(*rest, &at);
            if (!letter_is(c) && !(c >= '0' && c <= '9'))
                break;
            end = at;
        }
        struct text word = text_head(text_skip(*rest, start), end - start);
        *rest = text_skip(*rest, end);
        return word;
    }
    *rest = text_skip(*rest, rest->size);
    return *rest;
}
