// SPDX-License-Identifier: GPL-3.0-or-later
// Multiply and rotate, in lanes side by side because each step waits for the one before; with eight
// of them only the multiplier is waited for. Every step, and the joining of the lanes, is a
// bijection of each of its inputs.
#include "word_hash.h"

enum { LANES = 8 };

static uint64_t mix(uint64_t hash, uint64_t word)
{
    uint64_t mixed = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return mixed << 29 | mixed >> 35;
}

uint64_t word_hash_add(uint64_t hash, const uint64_t *words, size_t count)
{
    uint64_t lanes[LANES] = {hash, 1, 2, 3, 4, 5, 6, 7};
    size_t done = 0;
    for (; done + LANES <= count; done += LANES)
        for (size_t i = 0; i < LANES; i++)
            lanes[i] = mix(lanes[i], words[done + i]);
    for (; done < count; done++)
        lanes[0] = mix(lanes[0], words[done]);
    for (size_t i = 1; i < LANES; i++)
        lanes[0] = mix(lanes[0], lanes[i]);
    return lanes[0];
}
