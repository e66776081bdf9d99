// SPDX-License-Identifier: GPL-3.0-or-later
// Where the speech of a clip begins and ends.
#ifndef LOOSEN_TRIM_H
#define LOOSEN_TRIM_H

#include <stddef.h>
#include <stdint.h>

struct trim {
    size_t first; // sample
    size_t count; // 0: all silent
};

// The span of `samples` outside which every sample is under -60 dBFS. Quiet consonants and the
// decay of vowels lie above that.
struct trim trim_find(const int16_t *samples, size_t count);

#endif
