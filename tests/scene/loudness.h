// SPDX-License-Identifier: GPL-3.0-or-later
// Integrated loudness for tests, by libebur128.
#ifndef LOOSEN_TEST_LOUDNESS_H
#define LOOSEN_TEST_LOUDNESS_H

#include <stddef.h>

// LUFS of interleaved stereo at 48 kHz.
double loudness_of(const float *stereo, size_t frames);

#endif
