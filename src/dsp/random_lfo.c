// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths and heights of the pieces are drawn from the number of each piece.
#include "random_lfo.h"

#include "curve.h"
#include "random.h"

// Counters of one piece: its length, and the height at its start. Both ends of the range of lengths
// are likelier than its middle, so that a swell falls out of step with itself sooner.
static double drawn_length(const struct random_lfo *wander, uint64_t piece)
{
    return curve_rise(random_unit(random_at(wander->seed, 2 * piece)));
}

static double height(const struct random_lfo *wander, uint64_t piece)
{
    if (wander->swings)
        return (double)(piece & 1);
    return random_unit(random_at(wander->seed, 2 * piece + 1));
}

static int64_t length(const struct random_lfo *wander, uint64_t piece)
{
    int64_t room = wander->most_frames - wander->least_frames + 1;
    return wander->least_frames + (int64_t)(drawn_length(wander, piece) * (double)room);
}

static void begin_piece(struct random_lfo *wander)
{
    wander->frames = length(wander, wander->piece);
    wander->from = height(wander, wander->piece);
    wander->to = height(wander, wander->piece + 1);
}

void random_lfo_init(struct random_lfo *wander, uint64_t seed, int64_t least_frames,
                     int64_t most_frames, bool swings)
{
    *wander = (struct random_lfo){
        .seed = seed, .least_frames = least_frames, .most_frames = most_frames, .swings = swings};
    // The first piece is under way by a random part of it.
    wander->piece = random_at(seed, UINT64_MAX) & 1;
    begin_piece(wander);
    double done = random_unit(random_at(seed, UINT64_MAX - 1));
    wander->start_frame = -(int64_t)(done * (double)wander->frames);
}

double random_lfo_at(struct random_lfo *wander, int64_t frame)
{
    while (frame >= wander->start_frame + wander->frames) {
        wander->start_frame += wander->frames;
        wander->piece++;
        begin_piece(wander);
    }
    double x = (double)(frame - wander->start_frame) / (double)wander->frames;
    return wander->from + (wander->to - wander->from) * curve_rise(x);
}
