// SPDX-License-Identifier: GPL-3.0-or-later
// A section's name ends where its lengths begin; the lengths become its shape.
#include "heading.h"

#include "cursor.h"

// One "30s at 6m" of the list.
static bool parse_point(struct cursor *cursor, struct shape_point *point)
{
    struct text target = cursor_word(cursor);
    if (!cursor_duration(cursor, target, &point->target_frames) || !cursor_keyword(cursor, "at"))
        return false;
    struct text at = cursor_word(cursor);
    if (!cursor_duration(cursor, at, &point->at_frames))
        return false;
    if (point->target_frames <= point->at_frames)
        return true;
    cursor_expected(cursor, target, "shape", "a section shorter than its session");
    return false;
}

// STATUS_NO_MEMORY or STATUS_OK, as everywhere here.
static enum status parse_shape(struct section *section, struct cursor *cursor, struct arena *arena)
{
    size_t most = 1;
    for (size_t i = 0; i < cursor->rest.size; i++)
        most += cursor->rest.data[i] == ',';
    section->shape = arena_array(arena, most, sizeof *section->shape);
    if (!section->shape)
        return STATUS_NO_MEMORY;
    while (section->shape_count < most) {
        struct text at = cursor->rest;
        struct shape_point point;
        if (!parse_point(cursor, &point))
            break;
        if (section->shape_count > 0 &&
            point.at_frames <= section->shape[section->shape_count - 1].at_frames) {
            cursor_expected(cursor, at, "shape", "session lengths in rising order");
            break;
        }
        section->shape[section->shape_count++] = point;
        if (cursor->rest.size == 0 || !cursor_comma(cursor))
            break;
    }
    return STATUS_OK;
}

// The name ends at the first two blanks (or tab), behind which the shape stands.
static size_t name_size(struct text content)
{
    for (size_t i = 0; i < content.size; i++) {
        bool two = content.data[i] == ' ' && i + 1 < content.size && content.data[i + 1] == ' ';
        if (two || content.data[i] == '\t')
            return i;
    }
    return content.size;
}

// "== Rest 30s at 6m" with one blank only would make the shape a part of the name.
static bool holds_shape(struct text name)
{
    for (size_t i = 0; i + 4 < name.size; i++)
        if (text_starts_with(text_skip(name, i), TEXT(" at ")) && i > 0 &&
            (name.data[i - 1] == 's' || name.data[i - 1] == 'm') && i > 1 &&
            name.data[i - 2] >= '0' && name.data[i - 2] <= '9')
            return true;
    return false;
}

enum status heading_parse(struct section *section, const struct lexeme *lexeme, struct arena *arena,
                          struct diagnostics *list)
{
    struct text content = lexeme->content;
    if (text_starts_with(content, TEXT("=")))
        lexeme_report(list, lexeme, content.data - 2, "section-mark",
                      "a section mark of more than two =",
                      "write == Name; there are no sections in sections");
    content = text_trim(content);
    section->name = text_head(content, name_size(content));
    section->place = lexeme_place(lexeme, content.data);
    if (section->name.size == 0)
        lexeme_report(list, lexeme, content.data, "section-name", "the section has no name",
                      "write == Name");
    else if (section->name.data[section->name.size - 1] == '=')
        lexeme_report(list, lexeme, content.data, "section-mark",
                      "a section's name with a mark behind it",
                      "write == Name, and nothing behind it");
    else if (holds_shape(section->name))
        lexeme_report(list, lexeme, content.data, "shape-space",
                      "the shape stands too close to the section's name",
                      "put two spaces between them: == Name  30s at 6m");
    struct cursor cursor;
    cursor_init(&cursor, lexeme, text_skip(content, section->name.size), list,
                "== Name  30s at 6m, 1m at 10m");
    return cursor.rest.size == 0 ? STATUS_OK : parse_shape(section, &cursor, arena);
}
