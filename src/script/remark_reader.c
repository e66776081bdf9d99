// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that say nothing are kept; those of the header belong to the key below them.
#include "remark_reader.h"

#include "lexer.h"

static size_t count_blank(struct text data)
{
    struct lexer lexer;
    struct lexeme lexeme;
    size_t count = 0;
    lexer_init(&lexer, data, NULL);
    while (lexer_next(&lexer, &lexeme))
        count += lexeme.type == LEXEME_BLANK;
    return count;
}

// What was found since the last header line stands before this one.
static void belong(struct remarks *remarks, size_t from, struct text line)
{
    const struct text key = text_trim(text_head(line, text_find(line, ':')));
    for (size_t i = from; i < remarks->count; i++)
        remarks->items[i].key = key;
}

enum status remark_reader_read(struct remarks *remarks, struct arena *arena, struct text data)
{
    struct lexer lexer;
    struct lexeme lexeme;
    bool in_header = true, is_first = true;
    size_t from = 0; // the first remark that may belong to the next header line
    *remarks = (struct remarks){
        .items = arena_array(arena, count_blank(data) + 1, sizeof *remarks->items)};
    if (!remarks->items)
        return STATUS_NO_MEMORY;
    lexer_init(&lexer, data, NULL);
    while (lexer_next(&lexer, &lexeme)) {
        in_header &= lexeme.type != LEXEME_SECTION;
        if (lexeme.type == LEXEME_BLANK) {
            remarks->items[remarks->count++] =
                (struct remark){.line = lexeme.number, .text = lexeme.content};
        } else if (in_header) {
            if (is_first)
                remarks->first_count = remarks->count;
            else
                belong(remarks, from, lexeme.content);
            from = remarks->count;
            is_first = false;
        }
    }
    return STATUS_OK;
}
