// SPDX-License-Identifier: GPL-3.0-or-later
// Periods and numbers of breaths are computed in whole frames.
#include "breath.h"

#include "plan_config.h"

#define RAMP_FIRST BREATH_SHORTEST                     // 10 a minute, where everybody can begin
#define RAMP_STEP_MOST ((int64_t)FRAME_RATE * 8 / 10)  // lengthening a breath, at most ...
#define RAMP_STEP_LEAST ((int64_t)FRAME_RATE * 4 / 10) // ... and at least
#define PACE_AT_SIX ((int64_t)10 * FRAME_RATE)
#define SIGH_AT_SIX ((int64_t)12 * FRAME_RATE) // two sips in, one long breath out

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

// A written period at another rate. One that is already outside the bounds is not pushed further.
static int64_t scaled(int64_t written, double rate)
{
    int64_t period = (int64_t)((double)written * PLAN_BREATHS_DEFAULT / rate + 0.5);
    int64_t least = written < SESSION_BREATH_LEAST ? written : SESSION_BREATH_LEAST;
    int64_t most = written > SESSION_BREATH_MOST ? written : SESSION_BREATH_MOST;
    return clamp(period, least, most);
}

static int64_t paced_period(const struct node *breathe, double rate)
{
    const struct pattern *p = &breathe->as.breathe.pattern;
    if (p->type == PATTERN_PACED)
        return scaled(p->in_frames + p->hold_frames + p->out_frames, rate);
    return scaled(p->type == PATTERN_SIGH ? SIGH_AT_SIX : PACE_AT_SIX, rate);
}

// What a ramp has to climb in all, frames.
static int64_t ramp_climb(double rate)
{
    return scaled(PACE_AT_SIX, rate) - RAMP_FIRST;
}

static int divide_up(int64_t a, int64_t b)
{
    return (int)((a + b - 1) / b);
}

int breath_ramp_enough(const struct node *breathe, double rate)
{
    if (breathe->as.breathe.pattern.type != PATTERN_RAMP)
        return 0;
    return 1 + divide_up(ramp_climb(rate), RAMP_STEP_MOST);
}

int64_t breath_period(const struct node *breathe, double rate, int cycle, int breaths)
{
    if (breathe->as.breathe.pattern.type != PATTERN_RAMP)
        return paced_period(breathe, rate);
    if (breaths < 2)
        return RAMP_FIRST;
    int64_t climb = ramp_climb(rate);
    if (climb > RAMP_STEP_MOST * (breaths - 1))
        climb = RAMP_STEP_MOST * (breaths - 1);
    return RAMP_FIRST + climb * cycle / (breaths - 1);
}

int64_t breath_bout(const struct node *breathe, double rate, int breaths)
{
    if (breathe->as.breathe.pattern.type != PATTERN_RAMP)
        return paced_period(breathe, rate) * breaths;
    int64_t sum = 0;
    for (int cycle = 0; cycle < breaths; cycle++)
        sum += breath_period(breathe, rate, cycle, breaths);
    return sum;
}

// Counts are written for 6 a minute too: a ramp with further to climb takes more breaths at the
// same lengthening, one with less takes fewer.
static int ramp_scaled(int breaths, double rate)
{
    return breaths < 2
               ? breaths
               : 1 + divide_up((breaths - 1) * ramp_climb(rate), ramp_climb(PLAN_BREATHS_DEFAULT));
}

// The breaths that fit D..D; a time too short for any still gets one.
static struct breath_count count_by_time(const struct node *breathe, double rate, int bound)
{
    struct range limit = breathe->as.breathe.frames;
    struct breath_count count = {0, 0};
    while (count.most < bound && breath_bout(breathe, rate, count.most + 1) <= limit.most)
        count.most++;
    while (count.least < count.most && breath_bout(breathe, rate, count.least) < limit.least)
        count.least++;
    if (count.most == 0 && limit.least > 0)
        count = (struct breath_count){1, 1};
    return count;
}

struct breath_count breath_count(const struct node *breathe, double rate)
{
    bool ramp = breathe->as.breathe.pattern.type == PATTERN_RAMP;
    int bound = (int)(BREATH_BOUT_MOST / (ramp ? RAMP_FIRST : paced_period(breathe, rate)));
    if (ramp && bound > 1 + (int)(ramp_climb(rate) / RAMP_STEP_LEAST))
        bound = 1 + (int)(ramp_climb(rate) / RAMP_STEP_LEAST);
    struct breath_count count;
    if (breathe->as.breathe.counted) {
        count.least = breathe->as.breathe.least_breaths;
        count.most = breathe->as.breathe.most_breaths;
        if (ramp)
            count = (struct breath_count){ramp_scaled(count.least, rate),
                                          ramp_scaled(count.most, rate)};
    } else {
        count = count_by_time(breathe, rate, bound);
        if (ramp && breathe->as.breathe.frames.least == 0)
            count.least = breath_ramp_enough(breathe, rate);
    }
    if (count.most > bound)
        count.most = bound;
    if (count.least > count.most)
        count.least = count.most;
    return count;
}

int64_t breath_pace(double rate)
{
    return scaled(PACE_AT_SIX, rate);
}

static const struct range *touch_range(const struct node *timed)
{
    return timed->type == NODE_CONTACT ? &timed->as.contact.frames : &timed->as.move.frames;
}

// Written in breaths it lasts as many at every pace, but no place is pressed for longer than its
// limit.
static struct breath_count touch_counted(const struct node *timed, double rate)
{
    const bool contact = timed->type == NODE_CONTACT;
    struct breath_count count = {timed->as.move.least_breaths, timed->as.move.most_breaths};
    if (contact)
        count =
            (struct breath_count){timed->as.contact.least_breaths, timed->as.contact.most_breaths};
    const int bound = contact ? (int)(BREATH_CONTACT_MOST / breath_pace(rate)) : count.most;
    count.most = count.most < bound ? count.most : bound;
    count.least = count.least < count.most ? count.least : count.most;
    return count;
}

static bool touch_is_counted(const struct node *timed)
{
    return timed->type == NODE_CONTACT ? timed->as.contact.counted : timed->as.move.counted;
}

struct breath_count breath_touch_count(const struct node *timed, double rate)
{
    if (touch_is_counted(timed))
        return touch_counted(timed, rate);
    const struct range *range = touch_range(timed);
    const int64_t pace = breath_pace(rate);
    struct breath_count count = {divide_up(range->least, pace), (int)(range->most / pace)};
    count.least = count.least > 0 ? count.least : 1;
    if (count.most < count.least) {
        count.most = (int)((range->least + range->most + pace) / (2 * pace));
        count.least = count.most = count.most > 0 ? count.most : 1;
    }
    return count;
}

int64_t breath_touch(const struct node *timed, double rate, int breaths)
{
    const int64_t frames = breaths * breath_pace(rate);
    const struct range *range = touch_range(timed);
    return touch_is_counted(timed) ? frames : clamp(frames, range->least, range->most);
}

int breath_accompany(struct breath_stroke strokes[BREATH_STROKES_MAX], int64_t period)
{
    const int64_t in = period * 4 / 10;
    strokes[0] = (struct breath_stroke){BREATH_IN, in, 0.0f, 1.0f};
    strokes[1] = (struct breath_stroke){BREATH_OUT, period - in, 1.0f, 0.0f};
    return 2;
}

int breath_strokes(struct breath_stroke strokes[BREATH_STROKES_MAX], const struct node *breathe,
                   int64_t period)
{
    const struct pattern *p = &breathe->as.breathe.pattern;
    if (p->type == PATTERN_SIGH) {
        int64_t first = period / 4;
        int64_t second = period / 12;
        strokes[0] = (struct breath_stroke){BREATH_IN, first, 0.0f, 0.75f};
        strokes[1] = (struct breath_stroke){BREATH_IN, second, 0.75f, 1.0f};
        strokes[2] = (struct breath_stroke){BREATH_OUT, period - first - second, 1.0f, 0.0f};
        return 3;
    }
    bool paced = p->type == PATTERN_PACED;
    int64_t written = paced ? p->in_frames + p->hold_frames + p->out_frames : 10;
    int64_t in = period * (paced ? p->in_frames : 4) / written;
    int64_t hold = paced ? period * p->hold_frames / written : 0;
    int count = 0;
    strokes[count++] = (struct breath_stroke){BREATH_IN, in, 0.0f, 1.0f};
    if (hold > 0)
        strokes[count++] = (struct breath_stroke){BREATH_HOLD, hold, 1.0f, 1.0f};
    strokes[count++] = (struct breath_stroke){BREATH_OUT, period - in - hold, 1.0f, 0.0f};
    return count;
}

struct range breath_quiet(const struct node *breathe, double rate)
{
    if (!breathe->as.breathe.counted)
        return breathe->as.breathe.frames;
    struct breath_count count = breath_count(breathe, rate);
    return (struct range){breath_bout(breathe, rate, count.least),
                          breath_bout(breathe, rate, count.most)};
}
