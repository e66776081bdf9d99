#include "steadier.h"

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
};

#define DECIBELS 3.0102999566398120 // of twice the power
#define PEAK_DB 12.0                // that noise has over its level
#define SLOPE_MARGIN_DB 0.75
#define SILENCE_POWER 1e-12

// Everything has one value a step; indices go round.
struct steadier {
    float *stereo;
    size_t frames, count; // of steps
    double *power;        // of both channels, K-weighted
    double *peak;         // power of the highest sample
    double *gain_db;
    double *level_db; // of the present stage
    double *work;
    double floor_db;
};

static size_t start_of(const struct steadier *s, size_t step)
{
    return (size_t)((double)s->frames * (double)step / (double)s->count);
}

static size_t wrap(const struct steadier *s, size_t step, ptrdiff_t by)
{
    ptrdiff_t count = (ptrdiff_t)s->count;
    ptrdiff_t at = ((ptrdiff_t)step + by) % count;
    return (size_t)(at < 0 ? at + count : at);
}

// ---- Levels -------------------------------------------------------------------------------------

// BS.1770's two filters, as close as shelves of this family come.
static void measure_step(struct steadier *s, struct biquad filters[2], size_t step)
{
    size_t start = start_of(s, step), size = start_of(s, step + 1) - start;
    float block[2 * 2 * STEP];
    memcpy(block, s->stereo + 2 * start, 2 * size * sizeof *block);
    for (int i = 0; i < 2; i++)
        biquad_process_stereo(&filters[i], block, size);
    double sum = 0, most = 0;
    for (size_t i = 0; i < 2 * size; i++) {
        double square = (double)block[i] * (double)block[i];
        sum += square;
        most = fmax(most, square);
    }
    s->power[step] = sum / (double)size + SILENCE_POWER;
    s->peak[step] = 2 * most + SILENCE_POWER; // as the power of both channels
}

// Twice round: the second time the filters know what comes before the beginning.
static void measure(struct steadier *s)
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
static void average(const struct steadier *s, const double *from, double *to, int width, int ahead)
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
static void measure_level(struct steadier *s, int width)
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

static double median(struct steadier *s, const double *levels)
{
    memcpy(s->work, levels, s->count * sizeof *levels);
    qsort(s->work, s->count, sizeof *s->work, ascending);
    return s->work[s->count / 2];
}

// ---- The three stages ---------------------------------------------------------------------------

static void level_slowly(struct steadier *s)
{
    measure_level(s, FAST);
    double middle = median(s, s->level_db);
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = fmax(s->level_db[k], middle - 40);
    average(s, s->work, s->level_db, SLOW, SLOW / 2);
    middle = median(s, s->level_db);
    for (size_t k = 0; k < s->count; k++) {
        double off = s->level_db[k] - middle;
        double within = fmin(fmax(off, -STEADIER_SLOW_DB), STEADIER_SLOW_DB);
        s->work[k] = fmin(within - off, STEADIER_RAISE_DB);
    }
    average(s, s->work, s->gain_db, PER_SECOND, PER_SECOND / 2);
    s->floor_db = middle - STEADIER_FLOOR_DB;
}

// The greatest curve that is nowhere above levels + margin and rises by no more than `slope` a second,
// forward or backward in time. Twice round, so that it closes.
static double *bound_rise(struct steadier *s, const double *levels, double margin, double slope,
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

// How far a step is above the bound as it strikes the ear: its 50 ms, or its highest peak.
static double excess_at(const struct steadier *s, size_t step, double bound_db)
{
    double peak = decibels(s->peak[step] * factor(s->gain_db[step])) - PEAK_DB;
    return fmax(fmax(s->level_db[step], peak) - bound_db, 0);
}

static void report_sudden(const struct steadier *s, const double *softer_db,
                          struct steadier_report *report)
{
    size_t since = PER_SECOND;
    for (size_t k = 0; k < s->count; k++, since++) {
        if (softer_db[k] > -3)
            continue;
        report->sudden_count += since >= PER_SECOND / 2;
        since = 0;
        if (-softer_db[k] > report->sudden_db) {
            report->sudden_db = -softer_db[k];
            report->sudden_frame = start_of(s, k);
        }
    }
}

static void soften_sudden(struct steadier *s, double *softer_db, struct steadier_report *report)
{
    measure_level(s, FAST);
    average(s, s->level_db, s->work, BEFORE, 0);
    bound_rise(s, s->work, STEADIER_SUDDEN_DB, STEADIER_RISE_DB, false, softer_db);
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = -excess_at(s, k, softer_db[k]);
    // As soft around it, and smoothly so: the mean of leasts is never above what it must be below.
    for (size_t k = 0; k < s->count; k++) {
        softer_db[k] = 0;
        for (int i = -2 * SUDDEN_REACH; i <= 2 * SUDDEN_REACH; i++)
            softer_db[k] = fmin(softer_db[k], s->work[wrap(s, k, i)]);
    }
    report_sudden(s, s->work, report);
    average(s, softer_db, s->work, 2 * SUDDEN_REACH + 1, SUDDEN_REACH);
    for (size_t k = 0; k < s->count; k++)
        s->gain_db[k] += s->work[k];
}

// The level without the smear that a window has across an edge: of the time before and the time after,
// that which is more like the moment.
static void measure_edges(struct steadier *s, double *before, double *after)
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

static void bound_slopes(struct steadier *s, bool at_edges, double *bound, double *other)
{
    if (at_edges)
        measure_edges(s, bound, other);
    else
        measure_level(s, SLOPE);
    bound_rise(s, s->level_db, SLOPE_MARGIN_DB, STEADIER_SLOPE_DB, false, bound);
    bound_rise(s, s->level_db, SLOPE_MARGIN_DB, STEADIER_SLOPE_DB, true, other);
    for (size_t k = 0; k < s->count; k++)
        s->work[k] = fmin(fmin(bound[k], other[k]) - s->level_db[k], 0);
    average(s, s->work, bound, SMOOTH, SMOOTH / 2);
    for (size_t k = 0; k < s->count; k++)
        s->gain_db[k] += bound[k];
}

// ---- Application --------------------------------------------------------------------------------

// From the middle of one step to the middle of the next, in a straight line.
static void apply(struct steadier *s)
{
    for (size_t k = 0; k < s->count; k++) {
        size_t next = (k + 1) % s->count;
        size_t start = (start_of(s, k) + start_of(s, k + 1)) / 2;
        size_t end = next > 0 ? (start_of(s, next) + start_of(s, next + 1)) / 2
                              : s->frames + start_of(s, 1) / 2;
        float gain = (float)curve_gain(s->gain_db[k]);
        float step = ((float)curve_gain(s->gain_db[next]) - gain) / (float)(end - start);
        for (size_t f = start; f < end; f++) {
            float *frame = s->stereo + 2 * (f < s->frames ? f : f - s->frames);
            frame[0] *= gain;
            frame[1] *= gain;
            gain += step;
        }
    }
}

static void make_steady(struct steadier *s, double *one, double *two,
                        struct steadier_report *report)
{
    measure(s);
    level_slowly(s);
    soften_sudden(s, one, report);
    for (int i = 0; i < 4; i++) // first great steps, then what is too short for those to see
        bound_slopes(s, i < 2, one, two);
    apply(s);
}

bool steadier_process(float *stereo, size_t frames, struct steadier_report *report)
{
    enum { ARRAYS = 7 };
    struct steadier s = {.stereo = stereo, .frames = frames, .count = frames / STEP};
    *report = (struct steadier_report){0};
    double *memory = calloc(ARRAYS * s.count, sizeof *memory);
    if (!memory)
        return false;
    double **arrays[] = {&s.power, &s.peak, &s.gain_db, &s.level_db, &s.work};
    for (size_t i = 0; i < 5; i++)
        *arrays[i] = memory + i * s.count;
    make_steady(&s, memory + 5 * s.count, memory + 6 * s.count, report);
    free(memory);
    return true;
}
