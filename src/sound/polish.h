// SPDX-License-Identifier: GPL-3.0-or-later
// Voice polish: a chain of filters that takes harshness and buzz out of synthetic speech without
// costing words. High-pass 80 Hz, low shelf 220 Hz +2 dB, a dip of 3 dB at 3.2 kHz, high shelf 5
// kHz -4 dB, and six all-pass sections from 150 to 3500 Hz, which smear the pulses of the voice.
#ifndef LOOSEN_POLISH_H
#define LOOSEN_POLISH_H

#include "biquad.h"
#include <stdbool.h>

enum { POLISH_SECTIONS = 10 };

struct polish {
    struct biquad sections[POLISH_SECTIONS];
    size_t count; // sections in use
};

// For speech at `sample_rate` Hz (above 11 kHz). `clear` leaves the dip out: more words survive
// under a bright scene.
void polish_init(struct polish *polish, int sample_rate, bool clear);

// Filter one clip in place, from rest. What rings on lasts about POLISH_TAIL_MS.
enum { POLISH_TAIL_MS = 25 };
void polish_process(const struct polish *polish, float *samples, size_t count);

#endif
