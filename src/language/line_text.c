// SPDX-License-Identifier: GPL-3.0-or-later
// Placeholders are replaced, and columns are counted from the start of the line in the file.
#include "line_text.h"

struct text line_text_said(const struct part *part, const struct words *words)
{
    switch (part->type) {
    case PART_LENGTH:
    case PART_LEFT:
        return words->one_minute;
    case PART_SIDE:
        return words->side[SIDE_LEFT];
    case PART_OTHER:
        return words->side[SIDE_RIGHT];
    case PART_LITERAL:
        break;
    }
    return part->spoken;
}

struct place line_text_place(const struct session *session, struct text data, struct place said,
                             const char *at)
{
    if (session->plain)
        return said;
    const char *start = at;
    while (start > data.data && start[-1] != '\n')
        start--;
    struct text before = {start, (size_t)(at - start)};
    return (struct place){said.line, 1 + (int)text_length(before)};
}
