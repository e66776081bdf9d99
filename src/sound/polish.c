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

// All sections take one sample before the next sample's turn: a section waits for its own last result,
// so the processor works on several sections at once. Twice as fast as one section after the other.
void polish_process(struct polish *polish, float *samples, size_t count)
{
    for (size_t s = 0; s < polish->count; s++)
        biquad_reset(&polish->sections[s]);
    for (size_t i = 0; i < count; i++) {
        double x = samples[i];
        for (size_t s = 0; s < polish->count; s++) {
            struct biquad *f = &polish->sections[s];
            double y = f->b0 * x + f->s1[0];
            f->s1[0] = f->b1 * x - f->a1 * y + f->s2[0];
            f->s2[0] = f->b2 * x - f->a2 * y;
            x = y;
        }
        samples[i] = (float)x;
    }
}
