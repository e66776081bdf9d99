// SPDX-License-Identifier: GPL-3.0-or-later
// The loop's level is measured in steps, and a gain is bounded, smoothed and applied to it.
#include "leveller.h"

#include "biquad.h"
#include "curve.h"
#include "duration.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEP = FRAME_RATE / 100, // frames of a level, about
    PER_SECOND = 100,
    FAST = 5,               // steps of 50 ms
    SLOW = 3 * PER_SECOND,  // of the slow level
    BEFORE = PER_SECOND,    // that a sudden sound is compared with
    SLOPE = PER_SECOND / 2, // of the level whose slope is bounded
    SMOOTH = 3,             // of a gain
    SUDDEN_REACH = 3,       // steps around a sudden sound that are as soft
    PARTS = 10,             // of a step, about 1 ms, in which peaks are found
    PEAK_REACH = 6,         // parts around a peak that are as soft
    PEAK_LEVEL = 200,       // steps whose middle level a peak is compared with
    PEAK_EVERY = 10,        // steps from one such level to the next
};

#define DECIBELS 3.0102999566398120 // of twice the power
#define SLOPE_MARGIN_DB 0.75
#define SILENCE_POWER 1e-12

// Everything has one value a step; indices go round.
struct leveller {
    float *stereo;
    size_t frames, count; // of steps
    double *power;        // of both channels, K-weighted
    double *louder;       // of the louder channel, as if both were so
    double *gain_db;
    double *level_db; // of the present stage
    double *work;
    double *softer_db; // all that sudden sounds and peaks were softened
    double floor_db;
    // One value a part:
    float *peak;     // power of the highest sample, as if both channels were so
    float *click_db; // gain of peaks
    float *spare;
};

static size_t part_start(const struct leveller *s, size_t part)
{
    return (size_t)((double)s->frames * (double)part / (double)(PARTS * s->count));
}

static size_t start_of(const struct leveller *s, size_t step)
{
    return part_start(s, PARTS * step);
}

static size_t round_loop(size_t count, size_t at, ptrdiff_t by)
{
    ptrdiff_t sum = ((ptrdiff_t)at + by) % (ptrdiff_t)count;
    return (size_t)(sum < 0 ? sum + (ptrdiff_t)count : sum);
}

static size_t wrap(const struct leveller *s, size_t step, ptrdiff_t by)
{
    return round_loop(s->count, step, by);
}

// ---- Levels -------------------------------------------------------------------------------------

// BS.1770's two filters, as close as shelves of this family come.
static void measure_step(struct leveller *s, struct biquad filters[2], size_t step)
{
    size_t start = start_of(s, step), size = start_of(s, step + 1) - start;
    float block[2 * 2 * STEP];
    memcpy(block, s->stereo + 2 * start, 2 * size * sizeof *block);
    for (int i = 0; i < 2; i++)
        biquad_process_stereo(&filters[i], block, size);
    double sums[2] = {0, 0};
    for (size_t part = PARTS * step; part < PARTS * (step + 1); part++) {
        float most = 0;
        for (size_t f = part_start(s, part) - start; f < part_start(s, part + 1) - start; f++) {
            float left = block[2 * f] * block[2 * f], right = block[2 * f + 1] * block[2 * f + 1];
            sums[0] += (double)left;
            sums[1] += (double)right;
            most = fmaxf(most, fmaxf(left, right));
        }
        s->peak[part] = 2 * most;
    }
    s->power[step] = (sums[0] + sums[1]) / (double)size + SILENCE_POWER;
    s->louder[step] = 2 * fmax(sums[0], sums[1]) / (double)size + SILENCE_POWER;
}

// Twice round: the second time the filters know what comes before the beginning.
static void measure(struct leveller *s)
{
    struct biquad filters[2];
    biquad_high_shelf(&filters[0], 1500, 4);
    biquad_highpass(&filters[1], 38, 0.5);
    size_t warm_up = s->count < PER_SECOND ? s->count : PER_SECOND;
    for (size_t k = s->count - warm_up; k < s->count; k++)
        measure_step(s, filters, k);
    for (size_t k = 0; k < s->count; k++)
        measure_step(s, filters, k);
}

// Mean over `width` steps of which `ahead` come after the one in question; round the loop.
static void average(const struct leveller *s, const double *from, double *to, int width, int ahead)
{
    double sum = 0;
    for (int i = 0; i < width; i++)
        sum += from[wrap(s, 0, ahead - i)];
    for (size_t k = 0; k < s->count; k++) {
        to[k] = sum / width;
        sum += from[wrap(s, k, ahead + 1)] - from[wrap(s, k, ahead + 1 - width)];
    }
}

static double decibels(double power)
{
    return DECIBELS * curve_log2(power > SILENCE_POWER ? power : SILENCE_POWER);
}

static double factor(double db)
{
    double gain = curve_gain(db);
    return gain * gain;
}

// The level of `width` steps with the gains so far.
static void measure_level(struct leveller *s, int width)
{
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = s->power[k] * factor(s->gain_db[k]);
    average(s, s->work, s->level_db, width, width / 2);
    for (size_t k = 0; k < s->count; k++)
        s->level_db[k] = decibels(s->level_db[k]);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(struct leveller *s, const double *levels)
{
    memcpy(s->work, levels, s->count * sizeof *levels);
    qsort(s->work, s->count, sizeof *s->work, ascending);
    return s->work[s->count / 2];
}

// ---- The first three stages ---------------------------------------------------------------------

static void level_slowly(struct leveller *s)
{
    measure_level(s, FAST);
    double middle = median(s, s->level_db);
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = fmax(s->level_db[k], middle - 40);
    average(s, s->work, s->level_db, SLOW, SLOW / 2);
    middle = median(s, s->level_db);
    for (size_t k = 0; k < s->count; k++) {
        double off = s->level_db[k] - middle;
        double within = fmin(fmax(off, -LEVELLER_SLOW_DB), LEVELLER_SLOW_DB);
        s->work[k] = fmin(within - off, LEVELLER_RAISE_DB);
    }
    average(s, s->work, s->gain_db, PER_SECOND, PER_SECOND / 2);
    s->floor_db = middle - LEVELLER_FLOOR_DB;
}

// The greatest curve that is nowhere above levels + margin and rises by no more than `slope` a
// second, forward or backward in time. Twice round, so that it closes.
static double *bound_rise(struct leveller *s, const double *levels, double margin, double slope,
                          bool backward, double *out)
{
    double bound = HUGE_VAL;
    for (size_t i = 0; i < 2 * s->count; i++) {
        size_t k = backward ? s->count - 1 - i % s->count : i % s->count;
        bound = fmin(bound + slope / PER_SECOND, fmax(levels[k], s->floor_db) + margin);
        out[k] = bound;
    }
    return out;
}

static void soften_sudden(struct leveller *s, double *softer_db)
{
    measure_level(s, FAST);
    average(s, s->level_db, s->work, BEFORE, 0);
    bound_rise(s, s->work, LEVELLER_SUDDEN_DB, LEVELLER_RISE_DB, false, softer_db);
    for (size_t k = 0; k < s->count; k++)
        s->softer_db[k] = s->work[k] = fmin(softer_db[k] - s->level_db[k], 0);
    // As soft around it, and smoothly so: the mean of leasts is never above what it must be below.
    for (size_t k = 0; k < s->count; k++) {
        softer_db[k] = 0;
        for (int i = -2 * SUDDEN_REACH; i <= 2 * SUDDEN_REACH; i++)
            softer_db[k] = fmin(softer_db[k], s->work[wrap(s, k, i)]);
    }
    average(s, softer_db, s->work, 2 * SUDDEN_REACH + 1, SUDDEN_REACH);
    for (size_t k = 0; k < s->count; k++)
        s->gain_db[k] += s->work[k];
}

// The level without the smear that a window has across an edge: of the time before and the time
// after, that which is more like the moment.
static void measure_edges(struct leveller *s, double *before, double *after)
{
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = s->power[k] * factor(s->gain_db[k]);
    average(s, s->work, before, SLOPE, 0);
    average(s, s->work, after, SLOPE, SLOPE - 1);
    measure_level(s, FAST);
    for (size_t k = 0; k < s->count; k++) {
        double back = decibels(before[k]), ahead = decibels(after[k]), now = s->level_db[k];
        s->level_db[k] = fabs(back - now) < fabs(ahead - now) ? back : ahead;
    }
}

static void bound_slopes(struct leveller *s, bool at_edges, double *bound, double *other)
{
    if (at_edges)
        measure_edges(s, bound, other);
    else
        measure_level(s, SLOPE);
    bound_rise(s, s->level_db, SLOPE_MARGIN_DB, LEVELLER_SLOPE_DB, false, bound);
    bound_rise(s, s->level_db, SLOPE_MARGIN_DB, LEVELLER_SLOPE_DB, true, other);
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = fmin(fmin(bound[k], other[k]) - s->level_db[k], 0);
    average(s, s->work, bound, SMOOTH, SMOOTH / 2);
    for (size_t k = 0; k < s->count; k++)
        s->gain_db[k] += bound[k];
}

// ---- Peaks --------------------------------------------------------------------------------------

// The middle of the levels around a step: what is loud for less than half of the time does not
// count.
static double level_around(struct leveller *s, size_t step)
{
    size_t count = s->count < PEAK_LEVEL ? s->count : PEAK_LEVEL;
    for (size_t i = 0; i < count; i++) {
        size_t k = wrap(s, step, (ptrdiff_t)i - (ptrdiff_t)count / 2);
        s->work[i] = s->louder[k] * factor(s->gain_db[k]);
    }
    qsort(s->work, count, sizeof *s->work, ascending);
    return fmax(decibels(s->work[count / 2]), s->floor_db);
}

// What the peaks of a step must be softened by, above `level_db`.
static void find_peaks(struct leveller *s, size_t step, double level_db)
{
    const double gain = factor(s->gain_db[step]);
    const double least = factor(level_db + LEVELLER_PEAK_DB);
    double most = 0;
    for (size_t part = PARTS * step; part < PARTS * (step + 1); part++) {
        double peak = (double)s->peak[part] * gain;
        double over = peak > least ? decibels(peak) - level_db - LEVELLER_CLICK_DB : 0;
        s->click_db[part] = -(float)over;
        most = fmax(most, over);
    }
    s->softer_db[step] -= most;
}

// As soft around each of them, and smoothly so.
static void round_peaks(struct leveller *s)
{
    const size_t parts = PARTS * s->count;
    for (size_t i = 0; i < parts; i++)
        s->spare[i] = 0;
    for (size_t i = 0; i < parts; i++)
        for (int by = -2 * PEAK_REACH; s->click_db[i] < 0 && by <= 2 * PEAK_REACH; by++) {
            float *softer = &s->spare[round_loop(parts, i, by)];
            *softer = fminf(*softer, s->click_db[i]);
        }
    for (size_t i = 0; i < parts; i++) {
        float sum = 0;
        for (int by = -PEAK_REACH; by <= PEAK_REACH; by++)
            sum += s->spare[round_loop(parts, i, by)];
        s->click_db[i] = sum / (2 * PEAK_REACH + 1);
    }
}

static void soften_peaks(struct leveller *s)
{
    double level_db = 0;
    for (size_t k = 0; k < s->count; k++) {
        if (k % PEAK_EVERY == 0)
            level_db = level_around(s, k + PEAK_EVERY / 2);
        find_peaks(s, k, level_db);
    }
    round_peaks(s);
}

static void report_sudden(const struct leveller *s, struct leveller_report *report)
{
    size_t since = PER_SECOND;
    for (size_t k = 0; k < s->count; k++, since++) {
        if (s->softer_db[k] > -3)
            continue;
        report->sudden_count += since >= PER_SECOND / 2;
        since = 0;
        if (-s->softer_db[k] > report->sudden_db) {
            report->sudden_db = -s->softer_db[k];
            report->sudden_frame = start_of(s, k);
        }
    }
}

// ---- Application --------------------------------------------------------------------------------

// The gain in the middle of a part.
static float gain_at(const struct leveller *s, size_t part)
{
    double at = ((double)(part % PARTS) + 0.5) / PARTS - 0.5; // of a step, from its middle
    size_t step = part / PARTS;
    double here = s->gain_db[step], other = s->gain_db[wrap(s, step, at < 0 ? -1 : 1)];
    return (float)curve_gain(here + fabs(at) * (other - here) + (double)s->click_db[part]);
}

// From the middle of one part to the middle of the next, in a straight line.
static void apply(struct leveller *s)
{
    const size_t parts = PARTS * s->count;
    float gain = gain_at(s, 0);
    for (size_t i = 0; i < parts; i++) {
        size_t next = (i + 1) % parts;
        size_t start = (part_start(s, i) + part_start(s, i + 1)) / 2;
        size_t end = next > 0 ? (part_start(s, next) + part_start(s, next + 1)) / 2
                              : s->frames + part_start(s, 1) / 2;
        float target = gain_at(s, next);
        float step = (target - gain) / (float)(end - start);
        for (size_t f = start; f < end; f++) {
            float *frame = s->stereo + 2 * (f < s->frames ? f : f - s->frames);
            frame[0] *= gain;
            frame[1] *= gain;
            gain += step;
        }
        gain = target;
    }
}

static void make_steady(struct leveller *s, double *one, double *two,
                        struct leveller_report *report)
{
    measure(s);
    level_slowly(s);
    soften_sudden(s, one);
    for (int i = 0; i < 4; i++) // first great steps, then what is too short for those to see
        bound_slopes(s, i < 2, one, two);
    soften_peaks(s);
    report_sudden(s, report);
    apply(s);
}

// NOLINTNEXTLINE(readability-non-const-parameter): it is written to, through the leveller
enum status leveller_process(float *stereo, size_t frames, struct leveller_report *report,
                             struct error *error)
{
    enum { ARRAYS = 8, PART_ARRAYS = 3 };
    struct leveller s = {.stereo = stereo, .frames = frames, .count = frames / STEP};
    *report = (struct leveller_report){0};
    double *memory = calloc(ARRAYS * s.count, sizeof *memory);
    float *parts = calloc(PART_ARRAYS * PARTS * s.count, sizeof *parts);
    bool done = memory && parts;
    if (done) {
        double **arrays[] = {&s.power, &s.louder, &s.gain_db, &s.level_db, &s.work, &s.softer_db};
        for (size_t i = 0; i < 6; i++)
            *arrays[i] = memory + i * s.count;
        s.peak = parts;
        s.click_db = parts + PARTS * s.count;
        s.spare = parts + 2 * PARTS * s.count;
        make_steady(&s, memory + 6 * s.count, memory + 7 * s.count, report);
    }
    free(memory);
    free(parts);
    return done ? STATUS_OK : error_no_memory(error);
}
