// SPDX-License-Identifier: GPL-3.0-or-later
// Noise for a stereo layer: white, and what makes pink (-3 dB an octave) or brown (-6 dB an octave)
// of it. Both channels are independent, and all colours have the same power, -20 dBFS RMS a
// channel.
//
// White samples come in blocks from xorshift generators (Marsaglia, "Xorshift RNGs", 2003; shifts
// 13, 17, 5), seeded anew for every block from seed and block number: no period, and any block can
// be made directly. Pink is white through four one-pole lowpasses in parallel, brown is one pole at
// 20 Hz.
#ifndef LOOSEN_NOISE_H
#define LOOSEN_NOISE_H

#include <stddef.h>
#include <stdint.h>

enum noise_colour { NOISE_WHITE, NOISE_PINK, NOISE_BROWN };

enum {
    NOISE_BLOCK = 128, // stereo frames that are made at once
    NOISE_POLES = 4,   // of pink
};

// RT. Fill a block, interleaved.
void noise_white(uint64_t seed, uint64_t block, float *stereo);

struct noise_filter {
    enum noise_colour colour;
    float pole[NOISE_POLES]; // y = pole * y + weight * x
    float weight[NOISE_POLES];
    float state[NOISE_POLES][4]; // of each pole: its last two frames
    float last[2];               // the last frame of white
};

void noise_filter_init(struct noise_filter *filter, enum noise_colour colour);

// RT. Colour a block in place.
void noise_filter_process(struct noise_filter *filter, float *stereo);

#endif
