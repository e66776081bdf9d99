// SPDX-License-Identifier: GPL-3.0-or-later
// Sections of the chain run in series, once over all of a clip.
#include "polish.h"

#include "duration.h"

static struct biquad *next(struct polish *polish)
{
    return &polish->sections[polish->count++];
}

void polish_init(struct polish *polish, int sample_rate, bool clear)
{
    // A biquad is designed for 48 kHz; only the corner's share of the sample rate matters.
    const double hz = (double)FRAME_RATE / sample_rate;
    polish->count = 0;
    biquad_highpass(next(polish), 80 * hz, 0.7071);
    biquad_low_shelf(next(polish), 220 * hz, 2);
    if (!clear)
        biquad_peak(next(polish), 3200 * hz, 0.9, -3);
    biquad_high_shelf(next(polish), 5000 * hz, -4);
    // Evenly spaced in pitch: each corner is 3500/150 to the power of 1/5 above the last.
    static const double corners_hz[] = {150, 282, 529, 993, 1864, 3500};
    for (size_t i = 0; i < sizeof corners_hz / sizeof *corners_hz; i++)
        biquad_allpass(next(polish), corners_hz[i] * hz, 0.7);
}

// A section waits for its own last result, so the processor must be given several at once. Two
// halves of the chain run side by side as the two lanes of one vector, the second on what the first
// made LAG samples ago, so that neither waits for the other. Every section computes what it would
// alone.
enum { ROWS = POLISH_SECTIONS / 2, LAG = 4 };

typedef double pair __attribute__((vector_size(2 * sizeof(double))));

// One section of each half.
struct row {
    pair b0, b1, b2, a1, a2; // as in struct biquad
};

static struct row join(const struct biquad *a, const struct biquad *b)
{
    return (struct row){
        {a->b0, b->b0}, {a->b1, b->b1}, {a->b2, b->b2}, {a->a1, b->a1}, {a->a2, b->a2}};
}

static void join_halves(const struct polish *polish, struct row rows[ROWS])
{
    struct biquad sections[POLISH_SECTIONS];
    for (size_t s = 0; s < POLISH_SECTIONS; s++)
        sections[s] = s < polish->count ? polish->sections[s] : (struct biquad){.b0 = 1};
    for (size_t r = 0; r < ROWS; r++)
        rows[r] = join(&sections[r], &sections[ROWS + r]);
}

void polish_process(const struct polish *polish, float *samples, size_t count)
{
    struct row rows[ROWS];
    pair s1[ROWS] = {{0}}, s2[ROWS] = {{0}};
    double halfway[LAG] = {0};
    join_halves(polish, rows);
    for (size_t i = 0; i < count + LAG; i++) {
        pair x = {i < count ? (double)samples[i] : 0, halfway[i % LAG]};
// Unrolled, the states stay in registers.
#pragma GCC unroll 5
        for (size_t r = 0; r < ROWS; r++) {
            const struct row *f = &rows[r];
            pair y = f->b0 * x + s1[r];
            s1[r] = f->b1 * x - f->a1 * y + s2[r];
            s2[r] = f->b2 * x - f->a2 * y;
            x = y;
        }
        halfway[i % LAG] = x[0];
        if (i >= LAG)
            samples[i - LAG] = (float)x[1];
    }
}
