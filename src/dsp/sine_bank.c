// SPDX-License-Identifier: GPL-3.0-or-later
// Phases are kept in double and brought back onto the unit circle at every block, so that neither
// frequency nor level drifts over hours; within a block a phasor rotates in float, which costs
// -100 dB of error.
//
// With the phase p in the middle of the block and the angle a that the sine turns in k frames, the
// sines k frames before and after the middle come from the same products: cos(p -+ a) = cos p cos a
// +- sin p sin a, and likewise with a gain that moves by k steps. What is the same on both sides is
// the even part, what has the other sign the odd one; both are summed over all sines before they
// become frames.
#include "sine_bank.h"

#include "curve.h"
#include "quad.h"
#include <string.h>

enum { HALF = SINE_BANK_BLOCK / 2 };

void sine_phasors_set(struct sine_phasors *phasors, int lane, double turns)
{
    phasors->re[lane] = curve_sine(turns + 0.25);
    phasors->im[lane] = curve_sine(turns);
}

// One step of Newton's brings the length back to 1.
void sine_phasors_turn(struct sine_phasors *phasors, const struct sine_phasors *by, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double re = phasors->re[i] * by->re[i] - phasors->im[i] * by->im[i];
        double im = phasors->re[i] * by->im[i] + phasors->im[i] * by->re[i];
        double scale = 1.5 - 0.5 * (re * re + im * im);
        phasors->re[i] = re * scale;
        phasors->im[i] = im * scale;
    }
}

void sine_bank_init(struct sine_bank *bank)
{
    memset(bank, 0, sizeof *bank);
}

void sine_bank_begin(struct sine_bank *bank, int lane, double turns, double step, double bend)
{
    sine_phasors_set(&bank->phase, lane, turns);
    sine_phasors_set(&bank->frame, lane, step / 2);
    sine_phasors_set(&bank->block, lane, step * HALF);
    sine_phasors_set(&bank->bend_frame, lane, bend / 2);
    sine_phasors_set(&bank->bend_block, lane, bend * HALF);
    for (int g = 0; g < SINE_GAINS; g++)
        bank->gain[g][lane] = bank->gain_end[g][lane] = 0;
}

void sine_bank_use(struct sine_bank *bank, size_t count)
{
    bank->used = count;
}

void sine_bank_aim(struct sine_bank *bank, int lane, const float gains[SINE_GAINS])
{
    for (int g = 0; g < SINE_GAINS; g++)
        bank->gain_end[g][lane] = gains[g];
}

void sine_bank_jump(struct sine_bank *bank)
{
    memcpy(bank->gain, bank->gain_end, sizeof bank->gain);
}

// Even and odd parts of half a block.
struct halves {
    float even[2][HALF], odd[2][HALF]; // left and right
};

struct turn {
    double re, im;
};

static struct turn lane_of(const struct sine_phasors *phasors, size_t lane)
{
    return (struct turn){phasors->re[lane], phasors->im[lane]};
}

static struct turn turned(struct turn a, struct turn b)
{
    return (struct turn){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// A channel's gains of cosine and sine of the angle: in the middle, and by how much they change a
// frame.
struct swing {
    quad cosine, sine, cosine_step, sine_step;
};

static struct swing swing_of(const struct sine_bank *bank, int channel, size_t lane, float re,
                             float im)
{
    const int cosine = 2 * channel, sine = 2 * channel + 1;
    const float from_cos = bank->gain[cosine][lane], from_sin = bank->gain[sine][lane];
    const float step_cos = (bank->gain_end[cosine][lane] - from_cos) / SINE_BANK_BLOCK;
    const float step_sin = (bank->gain_end[sine][lane] - from_sin) / SINE_BANK_BLOCK;
    // A ramp has made its first step on the first frame.
    const float at_cos = from_cos + (HALF + 0.5f) * step_cos;
    const float at_sin = from_sin + (HALF + 0.5f) * step_sin;
    return (struct swing){quad_all(at_cos * re + at_sin * im), quad_all(at_sin * re - at_cos * im),
                          quad_all(step_cos * re + step_sin * im),
                          quad_all(step_sin * re - step_cos * im)};
}

static void add_parts(struct halves *sum, int channel, size_t at, const struct swing *swing,
                      quad cosine, quad sine, quad distance)
{
    float *even = sum->even[channel] + at, *odd = sum->odd[channel] + at;
    quad_store(even,
               quad_load(even) + (swing->cosine * cosine + distance * swing->sine_step * sine));
    quad_store(odd, quad_load(odd) + (distance * swing->cosine_step * cosine + swing->sine * sine));
}

static void add_sine(const struct sine_bank *bank, size_t lane, struct halves *sum)
{
    const struct turn half_frame = lane_of(&bank->frame, lane);
    const struct turn frame = turned(half_frame, half_frame), two = turned(frame, frame);
    const struct turn second = turned(half_frame, frame), four = turned(two, two);
    const struct turn third = turned(half_frame, two), fourth = turned(second, two);
    // The middle lies half a frame before the frame with which the second half begins.
    const struct turn back = {half_frame.re, -half_frame.im};
    const struct turn middle =
        turned(turned(lane_of(&bank->phase, lane), lane_of(&bank->block, lane)), back);
    const struct swing left = swing_of(bank, 0, lane, (float)middle.re, (float)middle.im);
    const struct swing right = swing_of(bank, 1, lane, (float)middle.re, (float)middle.im);
    const float turn_re = (float)four.re, turn_im = (float)four.im;
    quad re = {(float)half_frame.re, (float)second.re, (float)third.re, (float)fourth.re};
    quad im = {(float)half_frame.im, (float)second.im, (float)third.im, (float)fourth.im};
    quad distance = {0.5f, 1.5f, 2.5f, 3.5f};
    for (size_t k = 0; k < HALF; k += 4, distance += 4) {
        add_parts(sum, 0, k, &left, re, im, distance);
        add_parts(sum, 1, k, &right, re, im, distance);
        const quad turned_re = re * turn_re - im * turn_im;
        im = re * turn_im + im * turn_re;
        re = turned_re;
    }
}

static void write_halves(const struct halves *sum, float *stereo)
{
    float *before = stereo + 2 * HALF, *after = before;
    for (size_t k = 0; k < HALF; k += 4, after += 8) {
        const quad even_left = quad_load(sum->even[0] + k), odd_left = quad_load(sum->odd[0] + k);
        const quad even_right = quad_load(sum->even[1] + k), odd_right = quad_load(sum->odd[1] + k);
        before -= 8;
        quad_weave(after, even_left + odd_left, even_right + odd_right);
        quad_weave_back(before, even_left - odd_left, even_right - odd_right);
    }
}

void sine_bank_process(struct sine_bank *bank, float *stereo)
{
    struct halves sum;
    memset(&sum, 0, sizeof sum);
    for (size_t lane = 0; lane < bank->used; lane++)
        add_sine(bank, lane, &sum);
    write_halves(&sum, stereo);
    for (int half = 0; half < 2; half++)
        sine_phasors_turn(&bank->phase, &bank->block, bank->used);
    sine_phasors_turn(&bank->frame, &bank->bend_frame, bank->used);
    sine_phasors_turn(&bank->block, &bank->bend_block, bank->used);
    sine_bank_jump(bank);
}
