// SPDX-License-Identifier: GPL-3.0-or-later
// Single peaks are rounded off, so that the limiter has less to do.
// From left to right: at a sample above the ceiling, the largest one within the next 5 ms is
// brought down with a raised-cosine dip, and the scan goes on from the dip's start. No sample ever
// grows and every dip puts one more under the ceiling, so the scan ends.
#include "peak_softener.h"

#include "curve.h"
#include "duration.h"
#include <math.h>

enum { REACH = 5 * FRAMES_PER_MS }; // frames to either side of a peak

static size_t largest(const float *samples, size_t first, size_t count)
{
    size_t end = count - first > REACH ? first + REACH : count;
    size_t peak = first;
    for (size_t i = first; i < end; i++)
        if (fabsf(samples[i]) > fabsf(samples[peak]))
            peak = i;
    return peak;
}

static void dip(float *samples, size_t count, size_t peak, float gain)
{
    size_t first = peak > REACH ? peak - REACH : 0;
    size_t end = count - peak > REACH ? peak + REACH : count;
    for (size_t i = first; i < end; i++) {
        double away = (double)(i < peak ? peak - i : i - peak) / REACH;
        samples[i] *= 1 - (1 - gain) * (float)(1 - curve_rise(away));
    }
}

size_t peak_softener_peaks(float *samples, size_t count, float ceiling)
{
    size_t dips = 0;
    for (size_t i = 0; i < count;) {
        if (fabsf(samples[i]) <= ceiling) {
            i++;
            continue;
        }
        size_t peak = largest(samples, i, count);
        // A hair below, so that rounding leaves it under the ceiling.
        dip(samples, count, peak, 0.9999F * ceiling / fabsf(samples[peak]));
        i = peak > REACH ? peak - REACH : 0;
        dips++;
    }
    return dips;
}
