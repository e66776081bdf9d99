// SPDX-License-Identifier: GPL-3.0-or-later
// Single peaks of a clip brought under a ceiling, so that one hard consonant does not keep a whole
// line quieter than its neighbours.
#ifndef LOOSEN_PEAK_SOFTENER_H
#define LOOSEN_PEAK_SOFTENER_H

#include <stddef.h>

// Multiply the neighbourhood (5 ms to either side) of every sample above `ceiling` (> 0) with a
// smooth dip that brings it down to the ceiling. `samples` are at 48 kHz. Returns how many dips
// were made.
size_t peak_softener_peaks(float *samples, size_t count, float ceiling);

#endif
