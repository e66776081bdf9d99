// SPDX-License-Identifier: GPL-3.0-or-later
// The points G come first, then the points E; a number is written without zeros in front.
#include "points.h"

#include "number.h"

int points_find(struct text tag)
{
    int64_t number;
    if (tag.size < 2 || (tag.data[0] != 'G' && tag.data[0] != 'E') || tag.data[1] == '0' ||
        !number_parse(text_skip(tag, 1), 0, &number))
        return POINTS_NONE;
    if (tag.data[0] == 'G')
        return number <= POINTS_GUIDANCE ? (int)number - 1 : POINTS_NONE;
    return number <= POINTS_SAFETY ? POINTS_GUIDANCE + (int)number - 1 : POINTS_NONE;
}

char points_letter(int index)
{
    return index < POINTS_GUIDANCE ? 'G' : 'E';
}

int points_number(int index)
{
    return 1 + (index < POINTS_GUIDANCE ? index : index - POINTS_GUIDANCE);
}
