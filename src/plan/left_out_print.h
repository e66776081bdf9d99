// SPDX-License-Identifier: GPL-3.0-or-later
// What the plan's table says below: what was left out of the session, and why.
#ifndef LOOSEN_LEFT_OUT_PRINT_H
#define LOOSEN_LEFT_OUT_PRINT_H

#include "table_page.h"
#include "timeline.h"

struct utterances;

void left_out_print(struct table_page *page, const struct timeline *timeline,
                    const struct utterances *utterances);

#endif
