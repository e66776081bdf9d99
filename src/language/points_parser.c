// SPDX-License-Identifier: GPL-3.0-or-later
// Each line is one point; at the end none may be missing.
#include "points_parser.h"

#include "lexer.h"

static void take_line(struct points *points, const struct lexeme *lexeme, struct diagnostics *list)
{
    struct text line = text_trim(lexeme->line);
    size_t colon = text_find(line, ':');
    struct text name = text_trim(text_head(line, colon));
    struct text meaning = text_trim(text_skip(line, colon + 1));
    const int point = points_find(name);
    if (colon == line.size)
        lexeme_report_quoted(list, lexeme, line, "points-line",
                             "expected \"point: meaning\", found",
                             "write a line such as \"G24: deeper is not better\"");
    else if (point == POINTS_NONE)
        lexeme_report_quoted(list, lexeme, name, "points-name", "there is no guidance point",
                             "points are G1 to G43 and E1 to E24");
    else if (points->meaning[point].size > 0)
        lexeme_report_quoted(list, lexeme, name, "points-twice",
                             "this point is given a second time:", "keep one of them");
    else if (meaning.size == 0)
        lexeme_report_quoted(list, lexeme, name, "points-empty", "there is no meaning for",
                             "write it behind the colon");
    else
        points->meaning[point] = meaning;
}

void points_parse(struct points *points, struct text data, struct diagnostics *list)
{
    struct lexer lexer;
    struct lexeme lexeme = {.number = 1};
    *points = (struct points){{{NULL, 0}}};
    lexer_init(&lexer, data, list);
    while (lexer_next_said(&lexer, &lexeme))
        take_line(points, &lexeme, list);
    if (list->errors > 0)
        return;
    for (int i = 0; i < POINTS_COUNT; i++) {
        if (points->meaning[i].size > 0)
            continue;
        diagnostics_add(list, SEVERITY_ERROR, "points-missing", lexeme.number, 1,
                        "there is no line for %c%d", points_letter(i), points_number(i));
        diagnostics_hint(list, "add a line \"%c%d: ...\"", points_letter(i), points_number(i));
    }
}
