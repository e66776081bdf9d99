// Stereo noise from a seed and a frame number: white, pink (-3 dB an octave) or brown (-6 dB an
// octave), the two channels independent. All colours have the same power, -20 dBFS RMS per channel.
//
// White samples are a hash of the frame number, so they never repeat and hold no state. Pink is
// white through one-pole lowpasses in parallel, a quadrature of 1/sqrt(s) = 1/pi * integral of
// dx / (sqrt(x) (s + x)) over corners spaced by NOISE_PINK_RATIO; brown is one pole at 20 Hz.
#ifndef LOOSEN_NOISE_H
#define LOOSEN_NOISE_H

#include <stddef.h>
#include <stdint.h>

enum noise_colour { NOISE_WHITE, NOISE_PINK, NOISE_BROWN };

enum { NOISE_POLES = 6 }; // of pink: 10 Hz ... 10 kHz

struct noise {
    enum noise_colour colour;
    uint64_t seed;
    uint64_t frame;          // next to be made
    float scale;             // of the white samples
    float pole[NOISE_POLES]; // y = pole * y + weight * x
    float weight[NOISE_POLES];
    float state[2 * NOISE_POLES]; // left and right of each pole in turn
};

void noise_init(struct noise *noise, enum noise_colour colour, uint64_t seed);

// RT. Make `frames` stereo frames: frame i at lanes[i * stride] and lanes[i * stride + 1].
void noise_process(struct noise *noise, float *lanes, size_t stride, size_t frames);

#endif
