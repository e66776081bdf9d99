// SPDX-License-Identifier: GPL-3.0-or-later
// The silence behind a spoken line: what the script writes, or the gap between two lines; and never
// less than what the line asks of the body takes.
#ifndef LOOSEN_SILENCE_H
#define LOOSEN_SILENCE_H

#include "box.h"

// That silence, at `rate` breaths a minute; `*behind` is the first node behind the line and its
// pauses.
struct span silence_behind(const struct node *line, double rate, const struct node **behind);

#endif
