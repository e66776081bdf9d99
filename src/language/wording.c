// SPDX-License-Identifier: GPL-3.0-or-later
// A phrase is cut into its parts once, and each part is looked for behind the one before it.
#include "wording.h"

#include "letter.h"

// ---- Search -------------------------------------------------------------------------------------

bool wording_ends_clause(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ',' || c == ';' || c == ':' || c == 0x2013 ||
           c == 0x2014 || c == 0x2026;
}

// Where the next word begins that belongs to the same clause; the end of the text when none does.
static size_t next_word(struct text said, size_t offset)
{
    bool inside = true;
    while (offset < said.size) {
        size_t at = offset;
        uint32_t c = letter_take(said, &offset);
        if (letter_is(c) && !inside)
            return at;
        if (wording_ends_clause(c))
            break;
        inside = letter_is(c);
    }
    return said.size;
}

size_t wording_match(const struct wording *wording, struct text said, size_t offset)
{
    for (size_t part = 0; part < wording->part_count; part++) {
        int words = part > 0 ? WORDING_GAP_WORDS : 0; // that may still lie before the part
        size_t size;
        while ((size = letter_match(wording->parts[part], wording->open_ended[part],
                                    text_skip(said, offset))) == 0) {
            offset = words-- > 0 ? next_word(said, offset) : said.size;
            if (offset == said.size)
                return 0;
        }
        offset += size;
        if (part + 1 < wording->part_count && (offset = next_word(said, offset)) == said.size)
            return 0;
    }
    return offset;
}

// ---- Reading ------------------------------------------------------------------------------------

// Cut the first part off the phrase, with its star; false when it is no words.
static bool take_part(struct text *rest, struct wording *wording)
{
    size_t end = 0;
    while (end < rest->size && !text_starts_with(text_skip(*rest, end), TEXT("...")))
        end++;
    struct text part = text_trim(text_head(*rest, end));
    *rest = text_skip(*rest, end + 3);
    bool open = part.size > 0 && part.data[part.size - 1] == '*';
    part.size -= open;
    if (wording->part_count == WORDING_PARTS_MAX || letter_words(part) < part.size ||
        part.size == 0)
        return false;
    wording->parts[wording->part_count] = part;
    wording->open_ended[wording->part_count++] = open;
    return true;
}

bool wording_parse(struct wording *wording, struct text written)
{
    struct text rest = written;
    *wording = (struct wording){.written = written};
    if (text_starts_with(rest, TEXT("..."))) {
        wording->anywhere = true;
        rest = text_skip(rest, 3);
    }
    bool good = rest.size > 0;
    while (good && rest.size > 0)
        good = take_part(&rest, wording);
    bool lone_end = written.size >= 3 && text_equal_c(text_skip(written, written.size - 3), "...");
    return good && !lone_end;
}

uint32_t wording_first(const struct wording *wording)
{
    size_t offset = 0;
    return letter_small(letter_take(wording->parts[0], &offset));
}
