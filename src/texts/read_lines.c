// SPDX-License-Identifier: GPL-3.0-or-later
// Line by line: blank ones and rules are breaks, headings are sections, what is left is spoken.
#include "read_lines.h"

#include "inline_marks.h"
#include "number.h"
#include "scan.h"

#include <string.h>

struct reader {
    struct pieces *pieces;
    struct diagnostics *list;
    struct text rest; // not yet read
    int number;       // of the line last taken
    bool markdown;
};

static bool take_line(struct reader *reader, struct text *line)
{
    if (reader->rest.size == 0)
        return false;
    *line = scan_line(reader->rest);
    reader->rest = text_skip(reader->rest, text_find(reader->rest, '\n') + 1);
    reader->number++;
    return true;
}

// How many of nothing but `mark`, blanks between them, the line is; 0: it is something else.
static size_t rule_length(struct text line, char mark)
{
    size_t count = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == mark)
            count++;
        else if (line.data[i] != ' ' && line.data[i] != '\t')
            return 0;
    }
    return count;
}

// A line without a letter or digit says nothing: ---, ***, * * *, ..., a bullet by itself.
static bool says_nothing(struct text line)
{
    struct text rest = line;
    return scan_word(&rest).size == 0;
}

static int column_of(struct text line, struct text content)
{
    return 1 + (int)text_length(text_head(line, (size_t)(content.data - line.data)));
}

static void add_heading(struct reader *reader, enum piece_type type, struct text name, int line)
{
    struct buffer plain = BUFFER_INIT;
    while (name.size > 0 && (name.data[name.size - 1] == '#' || name.data[name.size - 1] == ' '))
        name.size--;
    for (size_t i = 0; i < name.size; i++)
        if (!strchr("*`", name.data[i]))
            buffer_add_byte(&plain, name.data[i]);
    struct text text = arena_copy(reader->pieces->arena, scan_trim(buffer_text(&plain)));
    struct text rest = text;
    reader->pieces->failed |= plain.failed || !text.data;
    buffer_free(&plain);
    if (text.data && scan_word(&rest).size > 0)
        pieces_add(reader->pieces,
                   (struct piece){.type = type, .line = line, .column = 1, .text = text});
}

// "# Name" to "###### Name", also without the blank: a hash begins no sentence.
static bool take_atx(struct reader *reader, struct text line)
{
    size_t depth = 0;
    while (depth < line.size && line.data[depth] == '#')
        depth++;
    if (depth == 0 || depth > 6)
        return false;
    bool first = depth == 1;
    for (size_t i = 0; i < reader->pieces->count && first; i++)
        first = reader->pieces->items[i].type == PIECE_OWN;
    add_heading(reader, first ? PIECE_TITLE : PIECE_HEADING, scan_trim(text_skip(line, depth)),
                reader->number);
    reader->markdown = true;
    return true;
}

// A line under the one just read: === or --- makes it a heading.
static bool take_setext(struct reader *reader, struct text line)
{
    bool large = rule_length(line, '=') >= 3;
    struct pieces *pieces = reader->pieces;
    struct piece *last = pieces->count > 0 ? &pieces->items[pieces->count - 1] : NULL;
    if ((!large && rule_length(line, '-') < 3) || !last || last->type != PIECE_TEXT ||
        last->line != reader->number - 1)
        return false;
    if (pieces->count > 1 && pieces->items[pieces->count - 2].type == PIECE_TEXT && !large)
        return false; // a rule below a paragraph
    last->type = large && pieces->count == 1 ? PIECE_TITLE : PIECE_HEADING;
    reader->markdown = true;
    return true;
}

// "---", keys, "---" before everything else; its title counts.
static void skip_front_matter(struct reader *reader)
{
    struct reader ahead = *reader;
    struct text line;
    struct text title = {NULL, 0};
    int title_line = 0;
    if (!take_line(&ahead, &line) || !text_equal(scan_trim(line), TEXT("---")))
        return;
    while (take_line(&ahead, &line)) {
        struct text content = scan_trim(line);
        if (text_equal(content, TEXT("---")) || text_equal(content, TEXT("..."))) {
            *reader = ahead;
            if (title.size > 0)
                add_heading(reader, PIECE_TITLE, title, title_line);
            reader->markdown = true;
            return;
        }
        if (scan_starts(content, "title:")) {
            title = scan_trim(text_skip(content, 6));
            if (title.size > 1 && (title.data[0] == '"' || title.data[0] == '\''))
                title = text_head(text_skip(title, 1), title.size - 2);
            title_line = ahead.number;
        } else if (content.size > 0 && text_find(content, ':') == content.size &&
                   content.data[0] != '-') {
            return; // no key: the rule was only a rule
        }
    }
}

// Behind a mark of a list or a quotation: "- ", "* ", "> ", "1. ", "2) ".
static struct text skip_bullet(struct reader *reader, struct text content)
{
    size_t digits = 0;
    while (digits < content.size && number_is_digit(content.data[digits]))
        digits++;
    bool counted = digits > 0 && digits <= 3 && digits + 1 < content.size &&
                   (content.data[digits] == '.' || content.data[digits] == ')') &&
                   content.data[digits + 1] == ' ';
    bool dashed = content.size > 1 && content.data[1] == ' ' &&
                  (content.data[0] == '-' || content.data[0] == '*' || content.data[0] == '>');
    bool dotted = text_starts_with(content, TEXT("\xE2\x80\xA2")); // a bullet
    if (!counted && !dashed && !dotted)
        return content;
    reader->markdown |= !dotted;
    if (reader->pieces->count > 0)
        reader->pieces->items[reader->pieces->count - 1].whole = true;
    return scan_trim(text_skip(content, counted ? digits + 1 : dotted ? 3 : 1));
}

// Lines that mean something to the session language go through as they are: directives, comments,
// optional lines, presence lines and lines with a backslash.
static bool is_own(struct text content)
{
    if (text_starts_with(content, TEXT("//")) || text_starts_with(content, TEXT("\\")))
        return true;
    bool directive = content.size > 1 && content.data[0] == '@' && content.data[1] >= 'a' &&
                     content.data[1] <= 'z';
    return directive || text_starts_with(content, TEXT("+ ")) ||
           text_starts_with(content, TEXT("++ ")) || text_starts_with(content, TEXT("~ "));
}

static void take_text(struct reader *reader, struct text line)
{
    struct text content = scan_trim(line);
    bool fence = text_starts_with(content, TEXT("```")) || text_starts_with(content, TEXT("~~~"));
    if (fence) {
        reader->markdown = true;
    } else if (take_setext(reader, content) || take_atx(reader, content)) {
        return;
    } else if (is_own(content)) {
        pieces_add(reader->pieces, (struct piece){.type = PIECE_OWN,
                                                  .line = reader->number,
                                                  .column = column_of(line, content),
                                                  .text = content});
    } else if (says_nothing(content)) {
        pieces_break(reader->pieces, reader->number);
    } else {
        bool hard = line.size > 2 && line.data[line.size - 1] == ' ' &&
                    line.data[line.size - 2] == ' '; // a line break of Markdown
        content =
            skip_bullet(reader, skip_bullet(reader, content)); // also of a list that is quoted
        inline_marks_cut(reader->pieces, content, reader->number, column_of(line, content),
                         reader->list);
        if (hard && reader->pieces->count > 0)
            reader->pieces->items[reader->pieces->count - 1].whole = true;
    }
}

void read_lines(struct pieces *pieces, struct text data, bool *markdown, struct diagnostics *list)
{
    struct reader reader = {.pieces = pieces, .list = list, .rest = data};
    struct text line;
    skip_front_matter(&reader);
    while (!pieces->failed && take_line(&reader, &line))
        take_text(&reader, line);
    *markdown = reader.markdown;
}
