// SPDX-License-Identifier: GPL-3.0-or-later
// All marks, as they stand at a line's start.
#include "line_marks.h"

bool line_marks_begin(struct text words)
{
    static const char *const marks[] = {
        "+",      "~",       "@",      "\\",       "=",   "#",    "//",
        "first:", "second:", "paced:", "natural:", "in:", "out:", "half:"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts_with(words, text_from(marks[i])))
            return true;
    return false;
}
