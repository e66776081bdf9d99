// SPDX-License-Identifier: GPL-3.0-or-later
// Reproducible random numbers: a counter-based hash, so that any position can be rendered directly.
#ifndef LOOSEN_RANDOM_H
#define LOOSEN_RANDOM_H

#include <stdint.h>

// SplitMix64's finaliser over seed and counter (Steele, Lea, Flood, "Fast Splittable Pseudorandom
// Number Generators", 2014): statistically independent 64-bit values, no state.
static inline uint64_t random_at(uint64_t seed, uint64_t counter)
{
    uint64_t z = seed + (counter + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// Uniform in [0, 1), 53 bits.
static inline double random_unit(uint64_t bits)
{
    return (double)(bits >> 11) * 0x1p-53;
}

#endif
