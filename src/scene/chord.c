// SPDX-License-Identifier: GPL-3.0-or-later
// Each note is a pair of slowly turning partials, whose levels are drawn anew from turn to turn.
#include "chord.h"

#include "curve.h"
#include "random.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define POWER 0.01       // of the whole, in each channel: -20 dBFS RMS
#define POWER_LEAST 0.01 // one tone whose channels cancel each other is not raised without end
#define TWIN 0.35        // amplitude of the twin: beats of 6 dB
#define MOVEMENT_DB 9.0  // by which a note may stand back
#define SLOPE 0.75       // weight falls with this power of the pitch: 4.5 dB an octave
#define OVERTONE 0.2     // amplitude of the octave above a chord's note: -14 dB

enum { OVERTONES = 2 }; // partials of a chord's note

static_assert((int)RECIPE_NOTES_MAX * (int)OVERTONES <= (int)SINE_BANK_LANES, "a lane a partial");

// Random numbers are taken in order.
struct draws {
    uint64_t seed, count;
};

static double draw(struct draws *draws, double least, double most)
{
    return least + (most - least) * random_unit(random_at(draws->seed, draws->count++));
}

// At a rate around `hz`, in a random direction from a random place.
static void begin_turn(struct chord_turn *turn, int lane, struct draws *draws, double hz)
{
    double step = hz * draw(draws, 0.6, 1.4) * CHORD_STEP * SINE_BANK_BLOCK / FRAME_RATE;
    double sign = draw(draws, -1, 1) < 0 ? -1 : 1;
    sine_phasors_set(&turn->now, lane, draw(draws, 0, 1));
    sine_phasors_set(&turn->step, lane, sign * step);
}

static void add_partial(struct chord *chord, struct draws *draws, int note, double hz,
                        double weight)
{
    int lane = chord->partial_count++;
    chord->note[lane] = note;
    chord->weight[lane] = weight;
    begin_turn(&chord->left, lane, draws, chord->recipe.beat_hz);
    begin_turn(&chord->right, lane, draws, chord->recipe.beat_hz);
    begin_turn(&chord->drift, lane, draws, chord->recipe.beat_hz / 2);
    sine_bank_begin(&chord->bank, lane, draw(draws, 0, 1), hz / FRAME_RATE, 0);
}

// The partial and its twin as they go into each channel, before the whole is scaled. The sine part
// of a product of phasors is a difference.
static void look_at_partial(struct chord *chord, int lane, double gain)
{
    const struct sine_phasors *drift = &chord->drift.now;
    double left_re = 1 + TWIN * chord->left.now.re[lane], left_im = TWIN * chord->left.now.im[lane];
    double twin_re = 1 + TWIN * chord->right.now.re[lane];
    double twin_im = TWIN * chord->right.now.im[lane];
    double right_re = twin_re * drift->re[lane] - twin_im * drift->im[lane];
    double right_im = twin_re * drift->im[lane] + twin_im * drift->re[lane];
    chord->to[SINE_LEFT_COS][lane] = (float)(gain * left_re);
    chord->to[SINE_LEFT_SIN][lane] = (float)(-gain * left_im);
    chord->to[SINE_RIGHT_COS][lane] = (float)(gain * right_re);
    chord->to[SINE_RIGHT_SIN][lane] = (float)(-gain * right_im);
}

// Mean power of the channels after the mix: what they have in common counts more.
static double power_of(const struct chord *chord)
{
    double own = 0, common = 0;
    for (int i = 0; i < chord->partial_count; i++) {
        double left_cos = (double)chord->to[SINE_LEFT_COS][i];
        double left_sin = (double)chord->to[SINE_LEFT_SIN][i];
        double right_cos = (double)chord->to[SINE_RIGHT_COS][i];
        double right_sin = (double)chord->to[SINE_RIGHT_SIN][i];
        own += left_cos * left_cos + left_sin * left_sin + right_cos * right_cos +
               right_sin * right_sin;
        common += left_cos * right_cos + left_sin * right_sin;
    }
    return own / 4 + chord->correlation * common / 2;
}

static void step_turn(struct chord_turn *turn, int count)
{
    sine_phasors_turn(&turn->now, &turn->step, (size_t)count);
}

// Where everything stands at `frame`.
static void look(struct chord *chord, int64_t frame)
{
    double share[RECIPE_NOTES_MAX];
    for (int i = 0; i < chord->recipe.note_count; i++)
        share[i] = curve_gain(-MOVEMENT_DB * random_lfo_at(&chord->movement[i], frame));
    step_turn(&chord->left, chord->partial_count);
    step_turn(&chord->right, chord->partial_count);
    step_turn(&chord->drift, chord->partial_count);
    memcpy(chord->from, chord->to, sizeof chord->from);
    for (int i = 0; i < chord->partial_count; i++)
        look_at_partial(chord, i, share[chord->note[i]] * chord->weight[i]);
    const float scale = (float)sqrt(POWER / fmax(power_of(chord), POWER_LEAST));
    for (int g = 0; g < SINE_GAINS; g++)
        for (int i = 0; i < chord->partial_count; i++)
            chord->to[g][i] *= scale;
}

// The gains at the end of a block, `part` of the way from the last look to the next.
static void aim(struct chord *chord, float part)
{
    for (int lane = 0; lane < chord->partial_count; lane++) {
        float gains[SINE_GAINS];
        for (int g = 0; g < SINE_GAINS; g++)
            gains[g] = chord->from[g][lane] + part * (chord->to[g][lane] - chord->from[g][lane]);
        sine_bank_aim(&chord->bank, lane, gains);
    }
}

void chord_init(struct chord *chord, uint64_t seed, const struct recipe_chord *recipe,
                double correlation)
{
    struct draws draws = {seed, 0};
    *chord = (struct chord){.recipe = *recipe, .correlation = correlation};
    sine_bank_init(&chord->bank);
    for (int i = 0; i < recipe->note_count; i++) {
        double hz = recipe->note_hz[i];
        double weight = curve_exp2(-SLOPE * curve_log2(hz / recipe->note_hz[0]));
        random_lfo_init(&chord->movement[i], random_at(seed, (uint64_t)(1000 + i)),
                        recipe->move_frames * 7 / 10, recipe->move_frames * 13 / 10, false);
        add_partial(chord, &draws, i, hz, weight);
        if (recipe->overtones)
            add_partial(chord, &draws, i, 2 * hz, weight * OVERTONE);
    }
    sine_bank_use(&chord->bank, (size_t)chord->partial_count);
    look(chord, 0);
    aim(chord, 1);
    sine_bank_jump(&chord->bank);
}

void chord_process(struct chord *chord, int64_t frame, float *stereo)
{
    int64_t block = frame / SINE_BANK_BLOCK % CHORD_STEP;
    if (block == 0)
        look(chord, frame + CHORD_STEP * SINE_BANK_BLOCK);
    aim(chord, (float)(block + 1) / CHORD_STEP);
    sine_bank_process(&chord->bank, stereo);
}
