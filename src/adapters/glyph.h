// How characters stand on a terminal: their columns, and what stands for them where there is only
// ASCII. Independent of the locale.
#ifndef LOOSEN_GLYPH_H
#define LOOSEN_GLYPH_H

#include "buffer.h"

// Columns of a character: 2 for wide ones (CJK, emoji), 0 for marks that stand over the one before.
int glyph_columns(uint32_t character);

// Append the nearest ASCII: letters without their marks, plain quotes and dashes, else "?".
void glyph_add_ascii(struct buffer *out, uint32_t character);

#endif
