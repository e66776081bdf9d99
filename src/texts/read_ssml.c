// SPDX-License-Identifier: GPL-3.0-or-later
// Of SSML (W3C Recommendation, version 1.1) the words, the paragraphs and the breaks are taken.
#include "inline_marks.h"
#include "read_lines.h"
#include "scan.h"

struct ssml {
    struct pieces *pieces;
    struct diagnostics *list;
    struct buffer words; // since the last tag that ends a sentence
    int line;            // that they begin in
};

static void flush(struct ssml *ssml)
{
    struct text words = scan_trim(buffer_text(&ssml->words));
    if (words.size > 0) {
        inline_marks_cut(ssml->pieces, words, ssml->line, 1, ssml->list);
        if (ssml->pieces->count > 0)
            ssml->pieces->items[ssml->pieces->count - 1].whole = true;
    }
    ssml->pieces->failed |= ssml->words.failed;
    buffer_clear(&ssml->words);
}

// The character that an entity stands for; 0: it is none.
static char entity(struct text view, size_t *size)
{
    static const struct {
        const char *name;
        char character;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (text_starts_with(view, text_from(entities[i].name))) {
            *size = text_from(entities[i].name).size;
            return entities[i].character;
        }
    return 0;
}

static void take_tag(struct ssml *ssml, struct text tag, int number)
{
    bool closing = text_starts_with(tag, TEXT("/"));
    struct text rest = closing ? text_skip(tag, 1) : tag;
    struct text name = scan_word(&rest);
    if (scan_starts(name, "break") && name.size == 5) {
        buffer_add_c(&ssml->words, "<");
        buffer_add(&ssml->words, tag);
        buffer_add_c(&ssml->words, ">"); // inline_marks knows it
    } else if (text_equal(name, TEXT("p"))) {
        flush(ssml);
        pieces_break(ssml->pieces, number);
    } else if (text_equal(name, TEXT("s"))) {
        flush(ssml);
    }
}

void read_ssml(struct pieces *pieces, struct text data, struct diagnostics *list)
{
    struct ssml ssml = {pieces, list, BUFFER_INIT, 1};
    int number = 1;
    while (!pieces->failed && data.size > 0) {
        size_t size = 1;
        char character = data.data[0];
        if (character == '<') {
            bool comment = text_starts_with(data, TEXT("<!--"));
            struct text close = comment ? TEXT("-->") : TEXT(">");
            size_t end = text_find_text(data, close);
            struct text tag = text_head(text_skip(data, 1), end > 0 ? end - 1 : 0);
            for (size_t i = 0; i < tag.size; i++)
                number += tag.data[i] == '\n';
            if (!comment)
                take_tag(&ssml, tag, number);
            size = end + close.size;
        } else {
            char meant = character == '&' ? entity(data, &size) : 0;
            number += character == '\n';
            bool blank = character == '\n' || character == '\r' || character == '\t';
            if (ssml.words.size == 0)
                ssml.line = number;
            if (!blank || (ssml.words.size > 0 && ssml.words.data[ssml.words.size - 1] != ' '))
                buffer_add_byte(&ssml.words, meant ? meant : blank ? ' ' : character);
        }
        data = text_skip(data, size);
    }
    flush(&ssml);
    buffer_free(&ssml.words);
}
