// SPDX-License-Identifier: GPL-3.0-or-later
// Samples become integers of a file's width, with dither.
// Fixed point with 30 fractional bits: integer arithmetic is exact and rounds alike everywhere.
//
// The work is done in blocks of a constant size, in loops without branches, because that is what
// compilers turn into vector code at -O2: an eighth of the time that one lrintf a sample takes.
#include "quantiser.h"

#include "random.h"
#include <string.h>

enum {
    BLOCK = QUANTISER_BLOCK,
    LANES = 8,     // generators side by side
    SHIFT_16 = 15, // from 30 fractional bits to 15
    SHIFT_24 = 7   // from 30 to 23
};

// Bits of IEEE 754 single precision, without the sign.
enum {
    BITS_MAGNITUDE = 0x7FFFFFFF,
    BITS_INFINITY = 0x7F800000,
    BITS_TOP_FLOAT = 0x3F7FFFFF, // 1 - 2^-24
    BITS_TOP_24 = 0x3F7FFFFE,    // 1 - 2^-23
    BITS_TOP_16 = 0x3F7FFC00     // 1 - 2^-14: room for the dither
};

// NaN and infinity (whatever is not below infinity) to 0, the rest to [-top, top].
static inline float sane(float sample, int32_t top_bits)
{
    int32_t bits;
    memcpy(&bits, &sample, sizeof bits);
    int32_t magnitude = bits & BITS_MAGNITUDE;
    int32_t sign = bits & ~BITS_MAGNITUDE;
    int32_t kept = magnitude < top_bits ? magnitude : top_bits;
    bits = (sign | kept) & -(int32_t)(magnitude < BITS_INFINITY);
    memcpy(&sample, &bits, sizeof sample);
    return sample;
}

static inline int32_t fixed_from(float sample, int32_t top_bits)
{
    return (int32_t)(sane(sample, top_bits) * 0x1p30f);
}

// To the nearest value with `shift` bits less.
static inline int32_t rounded(int32_t fixed, int shift)
{
    return (fixed + (1 << (shift - 1))) >> shift;
}

// The sum of two uniform values of 15 bits about 0: triangular over +-1 LSB.
static inline int32_t triangle(uint32_t bits)
{
    return (int32_t)(bits & 0x7FFF) + (int32_t)(bits >> 15 & 0x7FFF) - 0x7FFF;
}

// Independent 32-bit values for the block that `counter` stands for (two samples are one step):
// LANES generators side by side (Marsaglia, "Xorshift RNGs", 2003), begun anew for each block from
// the counter-based hash. Shifts and exclusive-ors are what vector units without a 64-bit product
// do fast.
static void fill_random(uint32_t *bits, uint64_t seed, uint64_t counter)
{
    for (size_t i = 0; i < LANES; i += 2) {
        uint64_t both = random_at(seed, counter + i);
        bits[i] = (uint32_t)both | 1; // 0 would stay 0
        bits[i + 1] = (uint32_t)(both >> 32) | 1;
    }
    for (size_t i = LANES; i < LANES + BLOCK; i++) {
        uint32_t x = bits[i - LANES];
        x ^= x << 13;
        x ^= x >> 17;
        bits[i] = x ^ x << 5;
    }
}

static void block_to_16(int16_t *restrict out, const float *restrict in,
                        const uint32_t *restrict bits)
{
    for (size_t i = 0; i < BLOCK; i++) {
        int32_t fixed = fixed_from(in[i], BITS_TOP_16);
        int32_t value = rounded(fixed + triangle(bits[i]), SHIFT_16);
        out[i] = (int16_t)(value & -(int32_t)(fixed != 0));
    }
}

static void block_to_24(int32_t *restrict out, const float *restrict in)
{
    for (size_t i = 0; i < BLOCK; i++)
        out[i] = rounded(fixed_from(in[i], BITS_TOP_24), SHIFT_24) * 256;
}

static inline void block_to_float(float *restrict out, const float *restrict in, int32_t top_bits)
{
    for (size_t i = 0; i < BLOCK; i++)
        out[i] = sane(in[i], top_bits);
}

void quantiser_to_16(int16_t *out, const float *samples, size_t count, uint64_t seed,
                     int64_t first_sample)
{
    uint32_t bits[LANES + BLOCK];
    for (size_t done = 0; done < count; done += BLOCK) {
        fill_random(bits, seed, ((uint64_t)first_sample + done) / 2);
        if (count - done >= BLOCK) {
            block_to_16(out + done, samples + done, bits + LANES);
        } else {
            float in[BLOCK] = {0};
            int16_t rest[BLOCK];
            memcpy(in, samples + done, (count - done) * sizeof *in);
            block_to_16(rest, in, bits + LANES);
            memcpy(out + done, rest, (count - done) * sizeof *rest);
        }
    }
}

void quantiser_to_24(int32_t *out, const float *samples, size_t count)
{
    size_t done = 0;
    for (; count - done >= BLOCK; done += BLOCK)
        block_to_24(out + done, samples + done);
    float in[BLOCK] = {0};
    int32_t rest[BLOCK];
    memcpy(in, samples + done, (count - done) * sizeof *in);
    block_to_24(rest, in);
    memcpy(out + done, rest, (count - done) * sizeof *rest);
}

static inline void to_float(float *out, const float *samples, size_t count, int32_t top_bits)
{
    size_t done = 0;
    for (; count - done >= BLOCK; done += BLOCK)
        block_to_float(out + done, samples + done, top_bits);
    float rest[BLOCK] = {0};
    memcpy(rest, samples + done, (count - done) * sizeof *rest);
    float kept[BLOCK];
    block_to_float(kept, rest, top_bits);
    memcpy(out + done, kept, (count - done) * sizeof *kept);
}

void quantiser_to_float(float *out, const float *samples, size_t count)
{
    to_float(out, samples, count, BITS_TOP_FLOAT);
}

void quantiser_to_float_unclamped(float *out, const float *samples, size_t count)
{
    to_float(out, samples, count, BITS_INFINITY - 1);
}
