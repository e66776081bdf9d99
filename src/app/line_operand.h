// SPDX-License-Identifier: GPL-3.0-or-later
// A session and one of its lines as a command takes them: "wall-ball:87".
#ifndef LOOSEN_LINE_OPERAND_H
#define LOOSEN_LINE_OPERAND_H

#include "catalogue.h"

struct line_operand {
    char session[CATALOGUE_PATH_MAX];
    int line; // 1-based; 0: none was named
};

// STATUS_BAD_ARGUMENT: it is too long.
enum status line_operand_read(struct line_operand *operand, const char *word, struct error *error);

#endif
