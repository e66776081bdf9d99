// SPDX-License-Identifier: GPL-3.0-or-later
// Text is cleaned, cut into sentences, and its words are told apart from signs.
#include "speech_text.h"

#include "unicode.h"

void speech_text_clean(struct text view, struct buffer *out)
{
    size_t room = SPEECH_TEXT_MAX;
    char last = ' '; // no blanks in front
    uint32_t c = 0;
    for (size_t offset = 0; offset < view.size;) {
        size_t start = offset;
        const uint32_t before = c;
        if (!text_next(view, &offset, &c)) {
            offset++;
            continue;
        }
        struct text character = {view.data + start, offset - start};
        if (unicode_is_space(c)) {
            if (last == ' ')
                continue;
            character = TEXT(" ");
        } else if (unicode_is_control(c) || unicode_is_hidden(c, before) ||
                   ((c == '[' || c == ']') && last == (char)c)) {
            continue;
        }
        if (character.size > room)
            return;
        room -= character.size;
        last = character.data[character.size - 1];
        buffer_add(out, character);
    }
}

static bool ends_sentence(struct text view, size_t offset)
{
    char c = view.data[offset];
    return c == '.' || c == '!' || c == '?' ||
           (offset >= 2 && text_equal_c((struct text){view.data + offset - 2, 3}, "\xE2\x80\xA6"));
}

bool speech_text_sentence(struct text view, size_t *offset, struct text *sentence)
{
    while (*offset < view.size && view.data[*offset] == ' ')
        ++*offset;
    size_t start = *offset;
    if (start == view.size)
        return false;
    size_t end = start;
    while (end < view.size) {
        bool last = ends_sentence(view, end);
        end++;
        if (last && (end == view.size || view.data[end] == ' '))
            break;
    }
    *sentence = (struct text){view.data + start, end - start};
    *offset = end;
    return true;
}

// What stands between words: blanks, the long dashes (U+2012 to U+2015) and the ellipsis.
static bool is_gap(uint32_t c)
{
    return unicode_is_space(c) || (c >= 0x2012 && c <= 0x2015) || c == 0x2026;
}

// Punctuation that may stand at either end of a word. Beyond ASCII: Latin-1 signs (but for the
// letters among them, the ordinals and the micro sign) and general punctuation (but for joiners).
static bool is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9');
    return (c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) ||
           (c >= 0x2000 && c < 0x2070 && !unicode_is_joiner(c));
}

// The character at `at`, a bad byte as U+FFFD; *next is where the one behind it begins.
static uint32_t character_at(struct text view, size_t at, size_t *next)
{
    uint32_t c = 0xFFFD;
    *next = at;
    if (!text_next(view, next, &c))
        *next = at + 1;
    return c;
}

static size_t character_before(struct text view, size_t at)
{
    while (at > 0 && ((unsigned char)view.data[--at] & 0xC0) == 0x80)
        continue;
    return at;
}

struct text speech_text_word(struct text view, size_t offset)
{
    size_t start = offset, next;
    if (offset >= view.size || is_gap(character_at(view, offset, &next)))
        return (struct text){NULL, 0};
    while (start > 0 && !is_gap(character_at(view, character_before(view, start), &next)))
        start = character_before(view, start);
    size_t first = start, end = start; // without the punctuation
    bool open = false;
    for (size_t at = start; at < view.size; at = next) {
        uint32_t c = character_at(view, at, &next);
        if (is_gap(c))
            break;
        if (is_punctuation(c))
            continue;
        first = open ? first : at;
        end = next;
        open = true;
    }
    return open ? (struct text){view.data + first, end - first} : (struct text){NULL, 0};
}

bool speech_text_has_letters(struct text view)
{
    uint32_t c;
    for (size_t offset = 0; offset < view.size;) {
        if (!text_next(view, &offset, &c)) {
            offset++;
            continue;
        }
        bool ascii = c < 0x80 && (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        // Alphabets up to extended Greek, then kana, Han and Hangul.
        if (ascii || (c >= 0xC0 && c < 0x2000) || (c >= 0x3040 && c < 0xD800))
            return true;
    }
    return false;
}
