// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a breath pattern and judges it.
#ifndef LOOSEN_PATTERN_PARSER_H
#define LOOSEN_PATTERN_PARSER_H

#include "cursor.h"

// Read NAME, IN-OUT or IN-HOLD-OUT (seconds) from `word`, which lies in the cursor's line. Faults
// and warnings of breathing (holds, an out-breath shorter than the in-breath, a pace outside 4.5 to
// 8 a minute) are reported; false when there is no pattern.
bool pattern_parse(struct pattern *pattern, const struct cursor *cursor, struct text word);

#endif
