// SPDX-License-Identifier: GPL-3.0-or-later
// A coarse search finds places that are alike, closer ones compare their bands, the best is joined.
#include "loop.h"

#include "biquad.h"
#include "curve.h"
#include "duration.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    COARSE_STEP = 32,  // frames between the places of the first search
    FINE_TAPS = 20000, // samples compared at each place of the second one
    HEADS = 3,         // beginnings that are tried
    PLACES = 12,       // that are looked at closely
    APART = FRAME_RATE / 20,
    BANDS = 7, // octaves from 125 Hz
    AROUND = FRAME_RATE / 10,
    TAIL_MOST = 20 * FRAME_RATE,
};

#define DECIBELS 3.0102999566398120 // of twice the power
#define SPECTRUM_WEIGHT 0.03        // of a decibel of difference against correlation

// One joint: the frames before `end` are compared with those before `start`.
struct place {
    size_t start, end;
    double correlation;
};

// ---- Likeness -----------------------------------------------------------------------------------

// One signal of both channels in which neither can hide the other.
static float mixed(const float *stereo, size_t frame)
{
    return stereo[2 * frame] + 0.6f * stereo[2 * frame + 1];
}

static double correlation_at(const float *stereo, const struct place *place, size_t fade,
                             size_t step)
{
    double product = 0, power_a = 0, power_b = 0;
    const float *a = stereo + 2 * (place->start - fade), *b = stereo + 2 * (place->end - fade);
    for (size_t f = 0; f < fade; f += step) {
        double x = (double)mixed(a, f), y = (double)mixed(b, f);
        product += x * y;
        power_a += x * x;
        power_b += y * y;
    }
    double both = sqrt(power_a * power_b);
    return both > 0 ? product / both : 0;
}

// ---- The coarse search --------------------------------------------------------------------------

// One sample of every COARSE_STEP. Tones above half that rate appear as others, but as coherent
// ones: they are as much alike at these places as they were.
struct sketch {
    float *samples; // owned
    double *power;  // [count + 1]: of all samples before; owned
    size_t count;
};

static void sketch_free(struct sketch *sketch)
{
    free(sketch->samples);
    free(sketch->power);
}

static enum status sketch_init(struct sketch *sketch, const float *stereo, size_t frames,
                               struct error *error)
{
    sketch->count = frames / COARSE_STEP;
    sketch->samples = calloc(sketch->count + 1, sizeof *sketch->samples);
    sketch->power = calloc(sketch->count + 1, sizeof *sketch->power);
    if (!sketch->samples || !sketch->power) {
        sketch_free(sketch);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < sketch->count; i++) {
        float sample = mixed(stereo, i * COARSE_STEP);
        sketch->samples[i] = sample;
        sketch->power[i + 1] = sketch->power[i] + (double)sample * (double)sample;
    }
    return STATUS_OK;
}

// Lanes of its own let the sum be made several at a time.
static double product_of(const float *a, const float *b, size_t count)
{
    float sums[8] = {0};
    for (size_t i = 0; i + 8 <= count; i += 8)
        for (size_t lane = 0; lane < 8; lane++)
            sums[lane] += a[i + lane] * b[i + lane];
    double sum = 0;
    for (size_t lane = 0; lane < 8; lane++)
        sum += (double)sums[lane];
    return sum;
}

static double compare(const struct sketch *sketch, size_t a, size_t b, size_t count)
{
    double both = sqrt((sketch->power[a + count] - sketch->power[a]) *
                       (sketch->power[b + count] - sketch->power[b]));
    return both > 0 ? product_of(sketch->samples + a, sketch->samples + b, count) / both : 0;
}

// ---- The best places ----------------------------------------------------------------------------

// Best first.
struct ranking {
    struct place places[PLACES];
    size_t count;
};

static bool is_near(const struct place *a, const struct place *b)
{
    size_t distance = a->end > b->end ? a->end - b->end : b->end - a->end;
    return a->start == b->start && distance < APART;
}

static void rank(struct ranking *ranking, const struct place *place)
{
    struct place *list = ranking->places;
    size_t at = 0, last = ranking->count;
    if (last == PLACES && place->correlation <= list[PLACES - 1].correlation)
        return;
    while (at < ranking->count && list[at].correlation >= place->correlation)
        if (is_near(&list[at++], place))
            return;
    for (size_t i = at; i < ranking->count; i++) // a neighbour that is less like gives way
        if (is_near(&list[i], place))
            last = i < last ? i : last;
    if (last == PLACES)
        last = PLACES - 1;
    memmove(list + at + 1, list + at, (last - at) * sizeof *list);
    list[at] = *place;
    ranking->count += last == ranking->count;
}

static void search(struct ranking *ranking, const struct sketch *sketch, size_t fade)
{
    const size_t count = sketch->count, piece = fade / COARSE_STEP;
    const size_t tail = count / 4 < TAIL_MOST / COARSE_STEP ? count / 4 : TAIL_MOST / COARSE_STEP;
    for (size_t head = 0; head < HEADS; head++) {
        size_t start = piece + head * (count / 40);
        for (size_t end = count - tail; end <= count; end++) {
            struct place place = {start * COARSE_STEP, end * COARSE_STEP,
                                  compare(sketch, start - piece, end - piece, piece)};
            rank(ranking, &place);
        }
    }
}

// The best end within a step of the coarse search.
static void refine(struct place *place, const float *stereo, size_t frames, size_t fade)
{
    struct place best = *place, other = *place;
    const size_t step = 1 + fade / FINE_TAPS;
    best.correlation = correlation_at(stereo, &best, fade, step);
    for (other.end = place->end - COARSE_STEP; other.end <= place->end + COARSE_STEP; other.end++) {
        if (other.end > frames)
            break;
        other.correlation = correlation_at(stereo, &other, fade, step);
        if (other.correlation > best.correlation)
            best = other;
    }
    *place = best;
}

// ---- Spectrum -----------------------------------------------------------------------------------

static void measure_bands(const float *stereo, size_t from, size_t fade, double *bands_db)
{
    for (int b = 0; b < BANDS; b++) {
        struct biquad band;
        double power = 1e-12;
        biquad_bandpass(&band, 125 << b, 1.2);
        for (size_t f = 0; f < fade;) {
            float block[2 * 512];
            size_t part = fade - f < 512 ? fade - f : 512;
            memcpy(block, stereo + 2 * (from + f), 2 * part * sizeof *block);
            biquad_process_stereo(&band, block, part);
            for (size_t i = 0; i < 2 * part; i++)
                power += (double)block[i] * (double)block[i];
            f += part;
        }
        bands_db[b] = DECIBELS * curve_log2(power / (double)fade);
    }
}

// Mean difference of the octaves that matter, in decibels.
static double difference_of(const double *a, const double *b)
{
    double top = a[0], sum = 0;
    int count = 0;
    for (int i = 1; i < BANDS; i++)
        top = fmax(top, a[i]);
    for (int i = 0; i < BANDS; i++) {
        if (a[i] < top - 40)
            continue;
        sum += fmin(fabs(a[i] - b[i]), 20);
        count++;
    }
    return sum / count;
}

static struct place choose(struct ranking *ranking, const float *stereo, size_t frames, size_t fade)
{
    struct place best = ranking->places[0];
    double best_score = -HUGE_VAL;
    for (size_t i = 0; i < ranking->count; i++) {
        struct place *place = &ranking->places[i];
        double head[BANDS], tail[BANDS];
        refine(place, stereo, frames, fade);
        measure_bands(stereo, place->start - fade, fade, head);
        measure_bands(stereo, place->end - fade, fade, tail);
        double score = place->correlation - SPECTRUM_WEIGHT * difference_of(head, tail);
        if (score > best_score) {
            best_score = score;
            best = *place;
        }
    }
    return best;
}

enum status loop_find(struct loop *loop, const float *stereo, size_t frames, size_t fade,
                      struct error *error)
{
    struct ranking ranking = {.count = 0};
    struct sketch sketch;
    fade -= fade % COARSE_STEP;
    enum status status = sketch_init(&sketch, stereo, frames, error);
    if (status != STATUS_OK)
        return status;
    search(&ranking, &sketch, fade);
    sketch_free(&sketch);
    struct place best = choose(&ranking, stereo, frames, fade);
    best.correlation = correlation_at(stereo, &best, fade, 1);
    *loop = (struct loop){best.start, best.end, fade, fmin(fmax(best.correlation, 0), 1)};
    return STATUS_OK;
}

// ---- The joint ----------------------------------------------------------------------------------

// A piece of the recording with some of what is around it, for the filters, and what is left of it
// when bands have been taken out.
struct piece {
    size_t lead, frames; // before the fade; all of it
    float *rest;         // stereo; owned
    float *band;         // owned
};

static enum status piece_init(struct piece *piece, const float *stereo, size_t frames, size_t end,
                              size_t fade, struct error *error)
{
    size_t start = end - fade;
    piece->lead = start < AROUND ? start : AROUND;
    piece->frames = piece->lead + fade + (frames - end < AROUND ? frames - end : AROUND);
    piece->rest = malloc(2 * piece->frames * sizeof *piece->rest);
    piece->band = malloc(2 * piece->frames * sizeof *piece->band);
    if (!piece->rest || !piece->band)
        return error_no_memory(error);
    memcpy(piece->rest, stereo + 2 * (start - piece->lead),
           2 * piece->frames * sizeof *piece->rest);
    return STATUS_OK;
}

static void piece_free(struct piece *piece)
{
    free(piece->rest);
    free(piece->band);
}

static void turn_round(float *stereo, size_t frames)
{
    for (size_t a = 0, b = frames - 1; a < b; a++, b--) {
        float frame[2] = {stereo[2 * a], stereo[2 * a + 1]};
        memcpy(stereo + 2 * a, stereo + 2 * b, sizeof frame);
        memcpy(stereo + 2 * b, frame, sizeof frame);
    }
}

// Filtered forward and backward a band has no phase of its own: band and rest add up to what was
// there, and neither leaks far into the other.
static void take_band(struct piece *piece, double corner_hz)
{
    struct biquad lowpass;
    memcpy(piece->band, piece->rest, 2 * piece->frames * sizeof *piece->band);
    for (int direction = 0; direction < 2 && corner_hz > 0; direction++) {
        biquad_lowpass(&lowpass, corner_hz, 0.70710678118654752);
        biquad_process_stereo(&lowpass, piece->band, piece->frames);
        turn_round(piece->band, piece->frames);
    }
    for (size_t i = 0; i < 2 * piece->frames; i++)
        piece->rest[i] -= piece->band[i];
}

static double correlation_of(const float *a, const float *b, size_t count)
{
    double product = 0, power_a = 0, power_b = 0;
    for (size_t i = 0; i < count; i++) {
        product += (double)a[i] * (double)b[i];
        power_a += (double)a[i] * (double)a[i];
        power_b += (double)b[i] * (double)b[i];
    }
    double both = sqrt(power_a * power_b);
    return both > 0 ? fmin(fmax(product / both, 0), 1) : 0;
}

static void add_band(const struct piece *from, const struct piece *to, size_t fade, float *stereo)
{
    const float *out = from->band + 2 * from->lead, *in = to->band + 2 * to->lead;
    const double correlation = correlation_of(out, in, 2 * fade);
    for (size_t f = 0; f < fade; f++) {
        double turns = curve_rise(((double)f + 0.5) / (double)fade) / 4;
        double rising = curve_sine(turns), falling = curve_sine(0.25 + turns);
        double both = sqrt(1 + 2 * correlation * rising * falling);
        float gains[2] = {(float)(falling / both), (float)(rising / both)};
        stereo[2 * f] += gains[0] * out[2 * f] + gains[1] * in[2 * f];
        stereo[2 * f + 1] += gains[0] * out[2 * f + 1] + gains[1] * in[2 * f + 1];
    }
}

enum status loop_join(const struct loop *loop, float *stereo, size_t frames, struct error *error)
{
    struct piece from = {.rest = NULL}, to = {.rest = NULL};
    enum status status = piece_init(&from, stereo, frames, loop->end, loop->fade, error);
    THEN(status, piece_init(&to, stereo, frames, loop->start, loop->fade, error));
    float *out = stereo + 2 * (loop->end - loop->fade);
    if (status == STATUS_OK)
        memset(out, 0, 2 * loop->fade * sizeof *out);
    for (int b = 0; b < BANDS && status == STATUS_OK; b++) {
        double corner_hz = b + 1 < BANDS ? 177 << b : 0; // the last band is the rest
        take_band(&from, corner_hz);
        take_band(&to, corner_hz);
        add_band(&from, &to, loop->fade, out);
    }
    piece_free(&from);
    piece_free(&to);
    return status;
}
