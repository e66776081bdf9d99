#include "shade.h"

#include "curve.h"
#include "duration.h"

#define LOG2_E 1.44269504088896340736

void shade_init(struct shade *shade, double hz)
{
    double pole = curve_exp2(-2 * CURVE_PI * hz / FRAME_RATE * LOG2_E);
    *shade = (struct shade){.coefficient = (float)(1 - pole)};
}

void shade_process(struct shade *shade, const double gains[2], float *samples, size_t stride,
                   size_t frames)
{
    const float coefficient = shade->coefficient;
    const float step = (float)((gains[1] - gains[0]) / (double)frames);
    float gain = (float)gains[0], left = shade->low[0], right = shade->low[1];
    for (size_t f = 0; f < frames; f++, samples += stride) {
        gain += step;
        left += coefficient * (samples[0] - left);
        right += coefficient * (samples[1] - right);
        samples[0] = left + gain * (samples[0] - left);
        samples[1] = right + gain * (samples[1] - right);
    }
    shade->low[0] = left;
    shade->low[1] = right;
}
