// Noise for two stereo layers side by side: white, and what makes pink (-3 dB an octave) or brown
// (-6 dB an octave) of it. All lanes are independent, and all colours have the same power, -20 dBFS
// RMS a lane.
//
// White samples come in blocks from xorshift generators (Marsaglia, "Xorshift RNGs", 2003; shifts
// 13, 17, 5), seeded anew for every block from seed and block number: no period, and any block can be
// made directly. Pink is white through one-pole lowpasses in parallel, a quadrature of 1/sqrt(s) =
// 1/pi * integral of dx / (sqrt(x) (s + x)); brown is one pole at 20 Hz.
#ifndef LOOSEN_NOISE_H
#define LOOSEN_NOISE_H

#include <stddef.h>
#include <stdint.h>

enum noise_colour { NOISE_WHITE, NOISE_PINK, NOISE_BROWN };

enum {
    NOISE_BLOCK = 128, // frames that are made at once
    NOISE_LANES = 4,   // left and right of two layers; lane l of frame f at [f * NOISE_LANES + l]
    NOISE_POLES = 6,   // of pink: 10 Hz ... 10 kHz
};

// RT. Fill a block of all lanes.
void noise_white(uint64_t seed, uint64_t block, float *lanes);

// What colours two lanes.
struct noise_filter {
    enum noise_colour colour;
    float pole[NOISE_POLES]; // y = pole * y + weight * x
    float weight[NOISE_POLES];
    float state[2 * NOISE_POLES]; // left and right of each pole in turn
};

void noise_filter_init(struct noise_filter *filter, enum noise_colour colour);

// RT. Colour a block in place; `lanes` is the left lane of the first frame.
void noise_filter_process(struct noise_filter *filter, float *lanes);

#endif
