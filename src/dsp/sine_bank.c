// Phases are kept in double and brought back onto the unit circle at every block, so that neither
// frequency nor level drifts over hours; within a block the phasors rotate in float, which costs
// -100 dB of error.
#include "sine_bank.h"

#include "curve.h"
#include <string.h>

enum { GROUP = 4 };

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
    sine_phasors_set(&bank->frame, lane, step);
    sine_phasors_set(&bank->block, lane, step * SINE_BANK_BLOCK);
    sine_phasors_set(&bank->bend_frame, lane, bend);
    sine_phasors_set(&bank->bend_block, lane, bend * SINE_BANK_BLOCK);
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

static void ramp(const struct sine_bank *bank, int which, size_t first, float *gain, float *step)
{
    for (size_t i = 0; i < GROUP; i++) {
        gain[i] = bank->gain[which][first + i];
        step[i] = (bank->gain_end[which][first + i] - gain[i]) / SINE_BANK_BLOCK;
    }
}

// Four lanes, summed into four lanes of `left` and `right`. All that the loop carries are local arrays
// of four, which stay in vector registers.
static void add_group(struct sine_bank *bank, size_t first, float *restrict left,
                      float *restrict right)
{
    float re[GROUP], im[GROUP], turn_re[GROUP], turn_im[GROUP];
    float left_cos[GROUP], left_sin[GROUP], right_cos[GROUP], right_sin[GROUP];
    float left_cos_step[GROUP], left_sin_step[GROUP], right_cos_step[GROUP], right_sin_step[GROUP];
    for (size_t i = 0; i < GROUP; i++) {
        re[i] = (float)bank->phase.re[first + i];
        im[i] = (float)bank->phase.im[first + i];
        turn_re[i] = (float)bank->frame.re[first + i];
        turn_im[i] = (float)bank->frame.im[first + i];
    }
    ramp(bank, SINE_LEFT_COS, first, left_cos, left_cos_step);
    ramp(bank, SINE_LEFT_SIN, first, left_sin, left_sin_step);
    ramp(bank, SINE_RIGHT_COS, first, right_cos, right_cos_step);
    ramp(bank, SINE_RIGHT_SIN, first, right_sin, right_sin_step);
    for (size_t f = 0; f < SINE_BANK_BLOCK; f++) {
// GCC's -O3 would unroll the four lanes too early to find the vector.
#pragma GCC unroll 1
        for (size_t i = 0; i < GROUP; i++) {
            left_cos[i] += left_cos_step[i];
            left_sin[i] += left_sin_step[i];
            right_cos[i] += right_cos_step[i];
            right_sin[i] += right_sin_step[i];
            left[f * GROUP + i] += left_cos[i] * re[i] + left_sin[i] * im[i];
            right[f * GROUP + i] += right_cos[i] * re[i] + right_sin[i] * im[i];
            float turned = re[i] * turn_re[i] - im[i] * turn_im[i];
            im[i] = re[i] * turn_im[i] + im[i] * turn_re[i];
            re[i] = turned;
        }
    }
}

void sine_bank_process(struct sine_bank *bank, float *lanes)
{
    float left[SINE_BANK_BLOCK * GROUP] = {0}, right[SINE_BANK_BLOCK * GROUP] = {0};
    for (size_t first = 0; first < bank->used; first += GROUP)
        add_group(bank, first, left, right);
    sine_phasors_turn(&bank->phase, &bank->block, bank->used);
    sine_phasors_turn(&bank->frame, &bank->bend_frame, bank->used);
    sine_phasors_turn(&bank->block, &bank->bend_block, bank->used);
    for (size_t f = 0; f < SINE_BANK_BLOCK; f++) {
        const float *l = left + f * GROUP, *r = right + f * GROUP;
        lanes[f * SINE_BANK_STRIDE] = (l[0] + l[1]) + (l[2] + l[3]);
        lanes[f * SINE_BANK_STRIDE + 1] = (r[0] + r[1]) + (r[2] + r[3]);
    }
    sine_bank_jump(bank);
}
