// SPDX-License-Identifier: GPL-3.0-or-later
// Lines are broken at spaces, by columns and not by bytes. base/wrap breaks what is printed: it
// cuts no word, while on a screen nothing may be wider than its area, and a word can be marked.
#include "paragraph.h"

enum { LINES_MAX = 64 }; // of a paragraph; what lies beyond is not shown

// Bytes of `rest` for a line of `columns`: up to the last space that fits, or a part of a word that
// is too long for any line; at least one character.
static size_t line_size(const struct canvas *canvas, struct text rest, int columns)
{
    size_t fitting = canvas_fit(canvas, rest, columns);
    if (fitting == rest.size)
        return fitting;
    size_t end = fitting;
    while (end > 0 && rest.data[end] != ' ')
        end--;
    if (end > 0)
        return end;
    uint32_t character;
    if (fitting == 0)
        text_next(rest, &fitting, &character);
    return fitting > 0 ? fitting : rest.size;
}

static int break_lines(const struct canvas *canvas, struct text text, int columns,
                       struct text lines[LINES_MAX])
{
    int count = 0;
    for (struct text rest = text_trim(text); rest.size > 0 && count < LINES_MAX; count++) {
        size_t size = line_size(canvas, rest, columns);
        lines[count] = text_head(rest, size);
        rest = text_trim(text_skip(rest, size));
    }
    return count;
}

// The first line to show: the marked word is on the last row that is shown at the latest.
static int first_line(const struct paragraph *paragraph, const struct text *lines, int count,
                      int rows)
{
    const char *mark = paragraph->text.data + paragraph->mark_start;
    int marked = 0;
    for (int i = 0; i < count && paragraph->mark_end > paragraph->mark_start; i++)
        if (lines[i].data <= mark)
            marked = i;
    int first = marked - rows + 1;
    return first < 0 ? 0 : first;
}

static size_t clamp(const char *at, struct text line)
{
    if (at < line.data)
        return 0;
    size_t offset = (size_t)(at - line.data);
    return offset < line.size ? offset : line.size;
}

static void draw_line(const struct paragraph *paragraph, struct text line, struct canvas *canvas)
{
    size_t start = clamp(paragraph->text.data + paragraph->mark_start, line);
    size_t end = clamp(paragraph->text.data + paragraph->mark_end, line);
    canvas_add(canvas, text_head(line, start));
    canvas_set_look(canvas, LOOK_MARKED);
    canvas_add(canvas, text_head(text_skip(line, start), end - start));
    canvas_set_look(canvas, LOOK_PLAIN);
    canvas_add(canvas, text_skip(line, end));
}

void paragraph_draw(const struct paragraph *paragraph, const struct area *area,
                    struct canvas *canvas)
{
    struct text lines[LINES_MAX];
    if (area->columns <= 0 || area->rows <= 0)
        return;
    int count = break_lines(canvas, paragraph->text, area->columns, lines);
    int first = first_line(paragraph, lines, count, area->rows);
    for (int i = first; i < count && i < first + area->rows; i++) {
        canvas_move(canvas, area->row + i - first, area->column);
        draw_line(paragraph, lines[i], canvas);
    }
}

static struct text next_line(struct text *rest)
{
    struct text line = text_head(*rest, text_find(*rest, '\n'));
    *rest = text_skip(*rest, line.size + 1);
    return line;
}

void paragraph_wrap(struct text text, const struct glyph_rules *rules, int columns,
                    struct buffer *out)
{
    const struct canvas measure = {.rules = rules}; // of which nothing is drawn on
    struct text lines[LINES_MAX];
    while (text.size > 0) {
        struct text line = next_line(&text);
        size_t indent = line.size - text_trim(line).size;
        indent = (int)indent < columns ? indent : 0;
        int count = break_lines(&measure, line, columns - (int)indent, lines);
        for (int i = 0; i < count; i++)
            buffer_printf(out, "%s%*s%.*s", i > 0 ? "\n" : "", (int)indent, "", TEXT_ARG(lines[i]));
        buffer_add_byte(out, '\n');
    }
}
