// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in a script between its lines and says nothing: comments and blank lines.
#ifndef LOOSEN_REMARKS_H
#define LOOSEN_REMARKS_H

#include "text.h"

struct remark {
    int line;         // 1-based
    struct text text; // of a comment, with its "//"; empty: a blank line
    struct text key;  // of the header line that it stands before; of none, and of the first: empty
    bool printed;
};

// In the order of the script. Their texts are views of it.
struct remarks {
    struct remark *items;
    size_t count;
    size_t first_count; // of those above the first line of the header
};

#endif
