// SPDX-License-Identifier: GPL-3.0-or-later
#include "said.h"

#include "letter.h"

#include <string.h>

void said_add(const struct node *line, struct buffer *out)
{
    static const char *const placeholders[] = {
        [PART_LENGTH] = "{length}",
        [PART_LEFT] = "{left}",
        [PART_SIDE] = "{side}",
        [PART_OTHER] = "{other}",
    };
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        const struct part *part = &line->as.line.parts[i];
        if (part->type == PART_LITERAL)
            buffer_add(out, part->spoken);
        else
            buffer_add_c(out, placeholders[part->type]);
    }
}

// Whether a word of `text` begins the phrase.
static bool has_phrase(struct text text, struct text phrase)
{
    bool inside = false; // of a word
    for (size_t at = 0; at < text.size;) {
        if (!inside && letter_match(phrase, true, text_skip(text, at)) > 0)
            return true;
        inside = letter_is(letter_take(text, &at));
    }
    return false;
}

// What is before the next `separator` of *rest, which moves behind it.
static struct text cut(struct text *rest, struct text separator)
{
    size_t end = text_find_text(*rest, separator);
    struct text part = text_trim(text_head(*rest, end));
    *rest = text_skip(*rest, end + separator.size);
    return part;
}

static bool has_one(struct text text, struct text group)
{
    while (group.size > 0)
        if (has_phrase(text, cut(&group, TEXT("|"))))
            return true;
    return false;
}

bool said_has(struct text text, const char *words)
{
    struct text rest = text_from(words);
    while (rest.size > 0)
        if (!has_one(text, cut(&rest, TEXT("&"))))
            return false;
    return true;
}

bool said_line_has(const struct node *line, const char *words)
{
    struct buffer said = BUFFER_INIT;
    said_add(line, &said);
    bool has = said_has(buffer_text(&said), words);
    buffer_free(&said);
    return has;
}

bool said_is_tagged(const struct node *line, const char *tag)
{
    for (size_t i = 0; i < line->tag_count; i++)
        if (text_equal_c(line->tags[i], tag))
            return true;
    return false;
}

bool said_is_tagged_one_of(const struct node *line, const char *list)
{
    for (size_t i = 0; i < line->tag_count; i++) {
        struct text rest = text_from(list);
        while (rest.size > 0)
            if (text_equal(line->tags[i], cut(&rest, TEXT(" "))))
                return true;
    }
    return false;
}
