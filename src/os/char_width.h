// SPDX-License-Identifier: GPL-3.0-or-later
// How characters stand on a terminal: their columns, and what stands for them where there is only
// ASCII. Independent of the locale.
#ifndef LOOSEN_CHAR_WIDTH_H
#define LOOSEN_CHAR_WIDTH_H

#include "buffer.h"

// Columns of a character: 2 for wide ones (CJK, emoji), 0 for marks that stand over the one before.
int char_width_columns(uint32_t character);

// Append the nearest ASCII: letters without their marks, plain quotes and dashes, else "?".
void char_width_add_ascii(struct buffer *out, uint32_t character);

#endif
