// SPDX-License-Identifier: GPL-3.0-or-later
// Random sessions from a seed, as mixed as the session language allows.
#ifndef LOOSEN_GENERATOR_H
#define LOOSEN_GENERATOR_H

#include "sketch.h"

// Fill `sketch` (free it with sketch_free). `calm`: without anything whose steps are larger than a
// line or a breath, and with shapes that only grow; then no section may shrink as the whole grows.
void generator_make(struct sketch *sketch, uint64_t seed, bool calm);

#endif
