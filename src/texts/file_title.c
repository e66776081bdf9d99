// SPDX-License-Identifier: GPL-3.0-or-later
// Letters and digits are kept, hyphens are blanks.
#include "file_title.h"

#include "letter.h"
#include "scan.h"

void file_title_read(struct buffer *title, struct text name)
{
    struct buffer words = BUFFER_INIT;
    size_t end = name.size;
    for (size_t i = name.size; i-- > 1;)
        if (name.data[i] == '.') {
            end = i;
            break;
        }
    for (size_t i = 0; i < end; i++) {
        char c = name.data[i];
        bool first = i == 0 && c >= 'a' && c <= 'z';
        buffer_add_byte(&words, c == '_' || c == '-' ? ' ' : first ? (char)(c - 'a' + 'A') : c);
    }
    buffer_add(title, scan_trim(buffer_text(&words)));
    title->failed |= words.failed;
    buffer_free(&words);
}

// Whether a name is made of it.
static bool is_kept(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c != '\'' && c != 0x2019 && letter_is(c));
}

void file_title_name(struct buffer *name, struct text title)
{
    const size_t start = name->size;
    bool apart = false;
    for (size_t offset = 0; offset < title.size;) {
        const size_t from = offset;
        const uint32_t c = letter_take(title, &offset);
        if (!is_kept(c)) {
            apart |= c != '\'' && c != 0x2019;
            continue;
        }
        if (apart && name->size > start)
            buffer_add_byte(name, '-');
        apart = false;
        if (c < 0x80)
            buffer_add_byte(name, (char)letter_small(c));
        else
            buffer_add(name, text_head(text_skip(title, from), offset - from));
    }
    buffer_add_c(name, name->size == start ? "session.session" : ".session");
}
