// SPDX-License-Identifier: GPL-3.0-or-later
// Up to sixteen sines at once, each with its own gain and phase in both channels, ramped linearly
// over a block. Each is made from the middle of the block outwards, for both sides and four frames
// of each at once.
#ifndef LOOSEN_SINE_BANK_H
#define LOOSEN_SINE_BANK_H

#include <stddef.h>

enum {
    SINE_BANK_LANES = 16,
    SINE_BANK_BLOCK = 128, // frames that are made at once
};

// How much of a sine's cosine and sine part goes into each channel. A slow turn of these is a shift
// of phase, and so a beat.
enum { SINE_LEFT_COS, SINE_LEFT_SIN, SINE_RIGHT_COS, SINE_RIGHT_SIN, SINE_GAINS };

// Phasors: points on the unit circle, one a lane.
struct sine_phasors {
    double re[SINE_BANK_LANES], im[SINE_BANK_LANES];
};

struct sine_bank {
    size_t used;                                 // lanes that sound: the first ones
    struct sine_phasors phase;                   // at the next block's start
    struct sine_phasors frame;                   // turn in half a frame of the next block
    struct sine_phasors block;                   // turn in half the next block
    struct sine_phasors bend_frame;              // by which `frame` turns on with every block
    struct sine_phasors bend_block;              // likewise
    float gain[SINE_GAINS][SINE_BANK_LANES];     // now
    float gain_end[SINE_GAINS][SINE_BANK_LANES]; // at the next block's end
};

// Put the point at `turns` into a lane.
void sine_phasors_set(struct sine_phasors *phasors, int lane, double turns);

// RT. Turn the first `count` of them on by those of `by`, and back onto the circle, from which
// rounding would let them drift in hours.
void sine_phasors_turn(struct sine_phasors *phasors, const struct sine_phasors *by, size_t count);

// Nothing sounds.
void sine_bank_init(struct sine_bank *bank);

// RT. Begin a sine in `lane`, silent until it is aimed: its phase in turns, its frequency in turns
// a frame (below 0.5), and by how much that changes from one block to the next.
void sine_bank_begin(struct sine_bank *bank, int lane, double turns, double step, double bend);

// RT. Use the first `count` lanes from the next block on.
void sine_bank_use(struct sine_bank *bank, size_t count);

// RT. The lane's gains at the end of the next block.
void sine_bank_aim(struct sine_bank *bank, int lane, const float gains[SINE_GAINS]);

// Be there at once: for the first block.
void sine_bank_jump(struct sine_bank *bank);

// RT. Write a block of interleaved stereo; zeros when none is used.
void sine_bank_process(struct sine_bank *bank, float *stereo);

#endif
