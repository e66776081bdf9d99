// SPDX-License-Identifier: GPL-3.0-or-later
// The first and the last sample above the threshold are looked for.
#include "trim.h"

#include <stdbool.h>

enum { SILENCE_PEAK = 33 }; // 32768 * 10^(-60/20)

static bool is_silent(int16_t sample)
{
    return sample < SILENCE_PEAK && sample > -SILENCE_PEAK;
}

struct trim trim_find(const int16_t *samples, size_t count)
{
    size_t first = 0, end = count;
    while (first < count && is_silent(samples[first]))
        first++;
    while (end > first && is_silent(samples[end - 1]))
        end--;
    return (struct trim){first, end - first};
}
