// SPDX-License-Identifier: GPL-3.0-or-later
// The clock by which everything waits and measures.
#ifndef LOOSEN_CLOCK_H
#define LOOSEN_CLOCK_H

#include <stdint.h>

// Milliseconds of the monotonic clock: they never run backwards, and setting the time of day does
// not move them. Any thread; no allocation.
int64_t clock_ms(void);

#endif
