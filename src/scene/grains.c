// SPDX-License-Identifier: GPL-3.0-or-later
// The moments of drops are drawn one after another, and those that sound are added up.
#include "grains.h"

#include "curve.h"
#include "random.h"
#include <math.h>

#define CREST 0.14142135623730951 // of a sine of -20 dBFS RMS
#define SOFTER_DB 9.0             // the softest drop under the loudest
#define END_DB (-60.0)
#define GLIDE_MOST 0.15
#define ASIDE_MOST 0.8 // 0 middle .. 1 one channel alone

enum { DRAWS = 6 }; // random numbers a drop

static double draw(const struct grains *grains, int which)
{
    return random_unit(random_at(grains->seed, DRAWS * grains->count + (uint64_t)which));
}

// Distances of 0.2 to 1.8 of the mean: neither a beat nor a crowd.
static int64_t distance(const struct grains *grains)
{
    double mean = FRAME_RATE / grains->recipe.rate;
    return 1 + (int64_t)(mean * (0.2 + 1.6 * draw(grains, 0)));
}

void grains_init(struct grains *grains, uint64_t seed, const struct recipe_grains *recipe)
{
    *grains = (struct grains){.seed = seed, .recipe = *recipe};
    sine_bank_init(&grains->bank);
    grains->next_frame = distance(grains);
}

static void begin(struct grains *grains, int lane, int64_t frame)
{
    const struct recipe_grains *recipe = &grains->recipe;
    double octaves = curve_log2(recipe->pitch_hz[1] / recipe->pitch_hz[0]);
    double hz = recipe->pitch_hz[0] * curve_exp2(octaves * draw(grains, 1));
    double aside = ASIDE_MOST * (2 * draw(grains, 2) - 1);
    double gain = CREST * curve_gain(-SOFTER_DB * draw(grains, 3));
    double decay = (double)recipe->decay_frames * (0.7 + 0.6 * draw(grains, 4));
    double blocks = ((double)recipe->attack_frames + decay) / SINE_BANK_BLOCK;
    double glide = GLIDE_MOST * draw(grains, 5);
    grains->grains[lane] = (struct grain){
        .start_frame = frame,
        .end_frame = frame + recipe->attack_frames + (int64_t)decay,
        .fall = curve_gain(END_DB * SINE_BANK_BLOCK / decay),
        .gain = {(float)(gain * sqrt(1 - aside)), (float)(gain * sqrt(1 + aside))},
    };
    sine_bank_begin(&grains->bank, lane, 0, hz / FRAME_RATE, hz / FRAME_RATE * glide / blocks);
}

// A drop that finds no free lane is left out; check_grains of the parser makes that rare.
static void begin_next(struct grains *grains, int64_t frame)
{
    for (int lane = 0; lane < SINE_BANK_LANES; lane++) {
        if (grains->grains[lane].end_frame <= frame) {
            begin(grains, lane, frame);
            break;
        }
    }
    grains->count++;
    grains->next_frame += distance(grains);
}

// From 0 over 1 to -60 dB, and 0 in the block after that.
static double level_at(const struct grains *grains, const struct grain *grain, int64_t frame)
{
    int64_t age = frame - grain->start_frame;
    if (frame >= grain->end_frame)
        return 0;
    if (age <= grains->recipe.attack_frames)
        return curve_rise((double)age / (double)grains->recipe.attack_frames);
    return grain->level * grain->fall;
}

static void aim(struct grains *grains, int lane, int64_t end_frame)
{
    struct grain *grain = &grains->grains[lane];
    grain->level = level_at(grains, grain, end_frame);
    float level = (float)grain->level;
    const float gains[SINE_GAINS] = {
        [SINE_LEFT_SIN] = grain->gain[0] * level, [SINE_RIGHT_SIN] = grain->gain[1] * level};
    sine_bank_aim(&grains->bank, lane, gains);
}

void grains_process(struct grains *grains, int64_t frame, float *stereo)
{
    while (grains->next_frame < frame + SINE_BANK_BLOCK)
        begin_next(grains, frame);
    size_t used = 0;
    for (int lane = 0; lane < SINE_BANK_LANES; lane++) {
        if (grains->grains[lane].end_frame <= frame)
            continue;
        aim(grains, lane, frame + SINE_BANK_BLOCK);
        used = (size_t)lane + 1;
    }
    sine_bank_use(&grains->bank, used);
    sine_bank_process(&grains->bank, stereo);
}
