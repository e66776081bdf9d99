// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths and heights of the pieces are drawn from the number of each piece.
#include "random_lfo.h"

#include "curve.h"
#include "random.h"

// Counters of one piece: its length, and the height at its start. Both ends of the range of lengths
// are likelier than its middle, so that a swell falls out of step with itself sooner.
static double drawn_length(const struct random_lfo *lfo, uint64_t piece)
{
    return curve_rise(random_unit(random_at(lfo->seed, 2 * piece)));
}

static double height(const struct random_lfo *lfo, uint64_t piece)
{
    if (lfo->swings)
        return (double)(piece & 1);
    return random_unit(random_at(lfo->seed, 2 * piece + 1));
}

static int64_t length(const struct random_lfo *lfo, uint64_t piece)
{
    int64_t room = lfo->most_frames - lfo->least_frames + 1;
    return lfo->least_frames + (int64_t)(drawn_length(lfo, piece) * (double)room);
}

static void begin_piece(struct random_lfo *lfo)
{
    lfo->frames = length(lfo, lfo->piece);
    lfo->from = height(lfo, lfo->piece);
    lfo->to = height(lfo, lfo->piece + 1);
}

void random_lfo_init(struct random_lfo *lfo, uint64_t seed, int64_t least_frames,
                     int64_t most_frames, bool swings)
{
    *lfo = (struct random_lfo){
        .seed = seed, .least_frames = least_frames, .most_frames = most_frames, .swings = swings};
    // The first piece is under way by a random part of it.
    lfo->piece = random_at(seed, UINT64_MAX) & 1;
    begin_piece(lfo);
    double done = random_unit(random_at(seed, UINT64_MAX - 1));
    lfo->start_frame = -(int64_t)(done * (double)lfo->frames);
}

double random_lfo_at(struct random_lfo *lfo, int64_t frame)
{
    while (frame >= lfo->start_frame + lfo->frames) {
        lfo->start_frame += lfo->frames;
        lfo->piece++;
        begin_piece(lfo);
    }
    double x = (double)(frame - lfo->start_frame) / (double)lfo->frames;
    return lfo->from + (lfo->to - lfo->from) * curve_rise(x);
}
