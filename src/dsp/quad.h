// SPDX-License-Identifier: GPL-3.0-or-later
// Four numbers side by side, which the processor handles at once: two stereo frames in a row, or
// one frame of two stereo sounds. Compilers find such fours in plain loops only now and then (GCC
// 12 with hints, clang 14 hardly), and then keep filters' states in memory; as a type they stay in
// registers.
//
// The vector extension of GCC (12 and later) and clang is the same on all processors, and
// arithmetic on it is IEEE arithmetic lane by lane: no result depends on it.
#ifndef LOOSEN_QUAD_H
#define LOOSEN_QUAD_H

#include <stdint.h>
#include <string.h>

typedef float quad __attribute__((vector_size(16)));
typedef int32_t quad_int __attribute__((vector_size(16)));
typedef uint32_t quad_bits __attribute__((vector_size(16)));

// At any address; so structs hold plain arrays and need no alignment.
static inline quad quad_load(const float *from)
{
    quad value;
    memcpy(&value, from, sizeof value);
    return value;
}

static inline void quad_store(float *to, quad value)
{
    memcpy(to, &value, sizeof value);
}

// Two stereo frames from different places.
static inline quad quad_pair(const float *first, const float *second)
{
    float __attribute__((vector_size(8))) one, two;
    memcpy(&one, first, sizeof one);
    memcpy(&two, second, sizeof two);
    return __builtin_shufflevector(one, two, 0, 1, 2, 3);
}

// The upper half of one beside the lower half of the next: of frames in a row, those one frame
// earlier than in `next`.
static inline quad quad_between(quad one, quad next)
{
    return __builtin_shufflevector(one, next, 2, 3, 4, 5);
}

// Left and right in each other's place.
static inline quad quad_swapped(quad frames)
{
    return __builtin_shufflevector(frames, frames, 1, 0, 3, 2);
}

// Of two pairs, the sums: one[0] + one[2] ... next[1] + next[3].
static inline quad quad_sums(quad one, quad next)
{
    return __builtin_shufflevector(one, next, 0, 1, 4, 5) +
           __builtin_shufflevector(one, next, 2, 3, 6, 7);
}

// Of three pairs of stereo frames in a row, the sum of the first three frames beside that of the
// last three.
static inline quad quad_mix(quad one, quad two, quad three)
{
    return __builtin_shufflevector(one, two, 0, 1, 6, 7) +
           __builtin_shufflevector(one, three, 2, 3, 4, 5) +
           __builtin_shufflevector(two, three, 0, 1, 6, 7);
}

// All bits set where the magnitude is at most `most`, none elsewhere and where there is no number.
static inline quad_int quad_within(quad value, float most)
{
    const quad magnitude = (quad)((quad_int)value & 0x7FFFFFFF);
    return magnitude <= most;
}

// Write four frames from their left and right samples; quad_weave_back: the last one first.
static inline void quad_weave(float *stereo, quad left, quad right)
{
    quad_store(stereo, __builtin_shufflevector(left, right, 0, 4, 1, 5));
    quad_store(stereo + 4, __builtin_shufflevector(left, right, 2, 6, 3, 7));
}

static inline void quad_weave_back(float *stereo, quad left, quad right)
{
    quad_store(stereo, __builtin_shufflevector(left, right, 3, 7, 2, 6));
    quad_store(stereo + 4, __builtin_shufflevector(left, right, 1, 5, 0, 4));
}

static inline quad quad_all(float value)
{
    return (quad){value, value, value, value};
}

// Two gains, left and right, for two frames on a ramp of `step` a frame, before its first frame.
static inline quad quad_ramp(const float gain[2], const float step[2])
{
    return (quad){gain[0] - step[0], gain[1] - step[1], gain[0], gain[1]};
}

#endif
