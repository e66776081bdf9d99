// SPDX-License-Identifier: GPL-3.0-or-later
// One table says which capitals and small letters belong together.
#include "letter.h"

#include "unicode.h"

uint32_t letter_take(struct text view, size_t *offset)
{
    uint32_t c = (unsigned char)view.data[*offset];
    if (c < 0x80 || !text_next(view, offset, &c))
        ++*offset;
    return c;
}

// Capital letters and how far their small ones are away. Each pair has the same number of bytes.
static const struct {
    uint32_t first, last;
    uint32_t step; // 2: capital and small letters take turns
    uint32_t away;
} capitals[] = {
    {'A', 'Z', 1, 32},     {0xC0, 0xD6, 1, 32},   {0xD8, 0xDE, 1, 32},  {0x100, 0x136, 2, 1},
    {0x139, 0x147, 2, 1},  {0x14A, 0x176, 2, 1},  {0x179, 0x17D, 2, 1}, {0x391, 0x3A9, 1, 32},
    {0x400, 0x40F, 1, 80}, {0x410, 0x42F, 1, 32},
};

enum { CAPITALS = sizeof capitals / sizeof *capitals };

uint32_t letter_small(uint32_t c)
{
    if (c >= 'a' && c <= 'z') // nearly all
        return c;
    for (size_t i = 0; i < CAPITALS && c >= capitals[i].first; i++)
        if (c <= capitals[i].last && (c - capitals[i].first) % capitals[i].step == 0)
            return c + capitals[i].away;
    return c;
}

static uint32_t capital(uint32_t c)
{
    for (size_t i = 0; i < CAPITALS; i++) {
        uint32_t large = c - capitals[i].away;
        if (large >= capitals[i].first && large <= capitals[i].last &&
            (large - capitals[i].first) % capitals[i].step == 0)
            return large;
    }
    return c;
}

bool letter_is(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
    // But the apostrophe, and what joins the parts of a word.
    bool punctuation = c >= 0x2000 && c <= 0x206F && c != 0x2019 && !unicode_is_joiner(c);
    return c > 0xBF && !punctuation;
}

// Apostrophes are typed in two ways.
static uint32_t folded(uint32_t c)
{
    return c == 0x2019 ? '\'' : letter_small(c);
}

// What may stand between the words of a phrase besides one space: more of them, hyphens, and the
// marks of other formats around a word.
static size_t skip_gap(struct text view, size_t offset)
{
    while (offset < view.size) {
        char c = view.data[offset];
        if (c != ' ' && c != '\t' && c != '-' && c != '*' && c != '_' && c != '"')
            break;
        offset++;
    }
    return offset;
}

size_t letter_match(struct text phrase, bool open, struct text view)
{
    size_t offset = 0;
    for (size_t at = 0; at < phrase.size;) {
        if (phrase.data[at] == ' ') {
            size_t next = skip_gap(view, offset);
            if (next == offset)
                return 0;
            offset = next;
            at++;
        } else if (offset == view.size ||
                   folded(letter_take(phrase, &at)) != folded(letter_take(view, &offset))) {
            return 0;
        }
    }
    size_t end = offset;
    for (size_t next = end; next < view.size && letter_is(letter_take(view, &next));)
        end = next;
    return end == offset || open ? end : 0;
}

size_t letter_words(struct text view)
{
    bool inside = false;
    for (size_t offset = 0; offset < view.size;) {
        size_t at = offset;
        uint32_t c = letter_take(view, &offset);
        bool letter = letter_is(c);
        if (!letter && !(c == ' ' && inside))
            return at;
        inside = letter;
    }
    return view.size;
}

void letter_raise(char *data, size_t size)
{
    uint32_t c;
    size_t offset = 0;
    if (!text_next((struct text){data, size}, &offset, &c))
        return;
    uint32_t large = capital(c);
    if (offset == 1) {
        data[0] = (char)large;
    } else if (offset == 2) {
        data[0] = (char)(0xC0 | (large >> 6));
        data[1] = (char)(0x80 | (large & 0x3F));
    }
}
