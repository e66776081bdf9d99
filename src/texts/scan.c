// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as blank is what base/unicode.h says, and what nobody sees.
#include "scan.h"

#include "letter.h"
#include "unicode.h"

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

// Pass the character at *at, and tell whether it is a letter or a digit.
static bool take_letter(struct text view, size_t *at)
{
    uint32_t c = letter_take(view, at);
    return letter_is(c) || (c >= '0' && c <= '9');
}

bool scan_begins_word(struct text view)
{
    size_t at = 0;
    return view.size > 0 && take_letter(view, &at);
}

struct text scan_word(struct text *rest)
{
    size_t start = 0;
    size_t end = 0; // of the word so far; 0: it has not begun
    for (size_t at = 0; at < rest->size;) {
        size_t before = at;
        bool inside = take_letter(*rest, &at);
        if (!inside && end > 0)
            break;
        if (!inside)
            continue;
        start = end > 0 ? start : before;
        end = at;
    }
    struct text word = text_head(text_skip(*rest, start), end - start);
    *rest = text_skip(*rest, end > 0 ? end : rest->size);
    return word;
}
