// SPDX-License-Identifier: GPL-3.0-or-later
// Each block's level, peak and waveform are kept as a small picture, and compared with later.
#include "lossy_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANNELS_MAX = 2,
    STEP_RATE = 750, // values of the waveform a second
    STEPS = 32,      // that make a block of 43 ms
    VALUE_MAX = 127,
    STRETCH_BLOCKS = 64, // 2.7 s: over which drift is judged
    SMEAR_FRAMES = 2048  // the longest block that a codec works on
};

// As powers, full scale being 1.
#define FLOOR 1e-8     // -80 dB: what codecs add to silence
#define LOUDER_MAX 2.0 // times the level: 3 dB
#define SOFTER_MAX 2.0
#define PEAK_MAX 2.0 // times the highest sample: 6 dB
#define PEAK_FLOOR 1e-3
#define ERROR_MAX 0.7   // of the waveform's power, in a block
#define DRIFT_MAX 0.1   // and over a stretch
#define LEAKED_MAX 0.01 // of the level, that errors from above 375 Hz may leave below it
// Codecs smear a loud block into a soft one beside it: so much of its power, or of its peak.
#define SMEARED_MAX 0.003
#define SMEARED_PEAK_MAX 0.1

// The picture of one channel of one block.
struct view {
    float power; // mean square
    float peak;
    float scale;          // of the values
    int8_t values[STEPS]; // means of step_frames samples
};

// A channel of the present block.
struct channel {
    double square; // sum
    float peak;
    double values[STEPS]; // sums
};

// Powers over a stretch.
struct stretch {
    double error, wave, level, floor;
    int blocks;
};

struct lossy_check {
    int channels;
    size_t step_frames; // that make one value of the waveform
    size_t block_frames;
    int64_t block_count;
    struct view *views; // [block_count * channels], owned
    int64_t blocks;     // done in this pass
    size_t filled;      // frames of the present one
    bool comparing;
    struct channel present[CHANNELS_MAX];
    struct stretch stretches[CHANNELS_MAX];
    struct lossy_check_verdict verdict;
};

enum status lossy_check_new(struct lossy_check **out, const struct lossy_check_config *config,
                            struct error *error)
{
    struct lossy_check *likeness = calloc(1, sizeof *likeness);
    if (!likeness)
        return error_no_memory(error);
    likeness->channels = config->channels;
    likeness->step_frames = (size_t)(config->rate / STEP_RATE);
    likeness->block_frames = STEPS * likeness->step_frames;
    int64_t block_frames = (int64_t)likeness->block_frames;
    likeness->block_count = (config->frames + block_frames - 1) / block_frames;
    likeness->views =
        calloc((size_t)(likeness->block_count * config->channels), sizeof *likeness->views);
    likeness->verdict = (struct lossy_check_verdict){.same = true,
                                                     .above_db = -200,
                                                     .below_db = -200,
                                                     .error_db = -200,
                                                     .drift_db = -200,
                                                     .peak_db = -200};
    if (!likeness->views) {
        lossy_check_free(likeness);
        return error_no_memory(error);
    }
    *out = likeness;
    return STATUS_OK;
}

void lossy_check_free(struct lossy_check *likeness)
{
    if (!likeness)
        return;
    free(likeness->views);
    free(likeness);
}

static double power_of(const struct lossy_check *likeness, const struct channel *channel)
{
    return channel->square / (double)likeness->block_frames;
}

// The loudest of what stands around a block, in power and in peak.
static struct view beside(const struct lossy_check *likeness, int channel)
{
    struct view most = {0};
    int64_t reach = 1 + (SMEAR_FRAMES - 1) / (int64_t)likeness->block_frames;
    int64_t last = likeness->blocks + reach;
    for (int64_t i = likeness->blocks - reach; i <= last; i++) {
        if (i < 0 || i >= likeness->block_count || i == likeness->blocks)
            continue;
        const struct view *view = &likeness->views[i * likeness->channels + channel];
        most.power = fmaxf(most.power, view->power);
        most.peak = fmaxf(most.peak, view->peak);
    }
    return most;
}

static struct view view_of(const struct lossy_check *likeness, const struct channel *channel)
{
    struct view view = {.power = (float)power_of(likeness, channel), .peak = channel->peak};
    double most = 0;
    for (int i = 0; i < STEPS; i++)
        most = fmax(most, fabs(channel->values[i]));
    view.scale = (float)(most / (double)likeness->step_frames / VALUE_MAX);
    for (int i = 0; i < STEPS && most > 0; i++)
        view.values[i] = (int8_t)lrint(channel->values[i] / most * VALUE_MAX);
    return view;
}

static double decibels(double ratio)
{
    return 10 * log10(fmax(ratio, 1e-20));
}

static void reject(struct lossy_check *likeness, int64_t block)
{
    struct lossy_check_verdict *verdict = &likeness->verdict;
    if (verdict->same)
        verdict->frame = block * (int64_t)likeness->block_frames;
    verdict->same = false;
}

// Comparisons are such that what is not a number is rejected.
static void judge_level(struct lossy_check *likeness, double given, double got, double floor)
{
    struct lossy_check_verdict *verdict = &likeness->verdict;
    double louder = (got + floor) / (given + floor);
    verdict->above_db = fmax(verdict->above_db, decibels(louder));
    verdict->below_db = fmax(verdict->below_db, decibels(1 / louder));
    if (!(louder <= LOUDER_MAX && louder >= 1 / SOFTER_MAX))
        reject(likeness, likeness->blocks);
}

static void judge_peak(struct lossy_check *likeness, double given, double got, double floor)
{
    double ratio = (got + floor) / (given + floor);
    likeness->verdict.peak_db = fmax(likeness->verdict.peak_db, 2 * decibels(ratio));
    if (!(ratio <= PEAK_MAX))
        reject(likeness, likeness->blocks);
}

static void judge_stretch(struct lossy_check *likeness, struct stretch *stretch)
{
    double allowed = stretch->wave + LEAKED_MAX / DRIFT_MAX * stretch->level + stretch->floor;
    double ratio = stretch->blocks > 0 ? stretch->error / allowed : 0;
    likeness->verdict.drift_db = fmax(likeness->verdict.drift_db, decibels(ratio));
    if (!(ratio <= DRIFT_MAX))
        reject(likeness, likeness->blocks - stretch->blocks + 1);
    *stretch = (struct stretch){0};
}

static void judge_wave(struct lossy_check *likeness, const struct view *view,
                       const struct channel *channel, double floor)
{
    struct stretch *stretch = &likeness->stretches[channel - likeness->present];
    double wave = 0, error = 0;
    for (int i = 0; i < STEPS; i++) {
        double given = (double)view->scale * view->values[i];
        double got = channel->values[i] / (double)likeness->step_frames;
        wave += given * given / STEPS;
        error += (got - given) * (got - given) / STEPS;
    }
    double level = (double)view->power;
    double ratio = error / (wave + LEAKED_MAX / ERROR_MAX * level + floor);
    likeness->verdict.error_db = fmax(likeness->verdict.error_db, decibels(ratio));
    if (!(ratio <= ERROR_MAX))
        reject(likeness, likeness->blocks);
    stretch->error += error / STRETCH_BLOCKS;
    stretch->wave += wave / STRETCH_BLOCKS;
    stretch->level += level / STRETCH_BLOCKS;
    stretch->floor += floor / STRETCH_BLOCKS;
    if (++stretch->blocks == STRETCH_BLOCKS)
        judge_stretch(likeness, stretch);
}

static void judge_block(struct lossy_check *likeness, int index)
{
    const struct view *view = &likeness->views[likeness->blocks * likeness->channels + index];
    const struct channel *channel = &likeness->present[index];
    const struct view near = beside(likeness, index);
    double floor = FLOOR + SMEARED_MAX * (double)near.power;
    judge_level(likeness, (double)view->power, power_of(likeness, channel), floor);
    judge_peak(likeness, (double)view->peak, (double)channel->peak,
               PEAK_FLOOR + SMEARED_PEAK_MAX * (double)near.peak);
    judge_wave(likeness, view, channel, floor);
}

static void end_block(struct lossy_check *likeness)
{
    for (int i = 0; i < likeness->channels && likeness->blocks < likeness->block_count; i++) {
        struct view *view = &likeness->views[likeness->blocks * likeness->channels + i];
        if (likeness->comparing)
            judge_block(likeness, i);
        else
            *view = view_of(likeness, &likeness->present[i]);
    }
    likeness->blocks++;
    likeness->filled = 0;
    memset(likeness->present, 0, sizeof likeness->present);
}

// Frames of one step.
static void add_frames(struct lossy_check *likeness, const float *samples, size_t frames)
{
    size_t channels = (size_t)likeness->channels;
    for (size_t i = 0; i < channels; i++) {
        double sum = 0, square = 0;
        float peak = likeness->present[i].peak;
        for (size_t k = 0; k < frames; k++) {
            float sample = samples[channels * k + i];
            peak = peak > fabsf(sample) ? peak : fabsf(sample);
            sum += (double)sample;
            square += (double)sample * (double)sample;
        }
        likeness->present[i].peak = peak;
        likeness->present[i].values[likeness->filled / likeness->step_frames] += sum;
        likeness->present[i].square += square;
    }
    likeness->filled += frames;
    if (likeness->filled == likeness->block_frames)
        end_block(likeness);
}

static void add(struct lossy_check *likeness, const float *samples, size_t frames)
{
    while (frames > 0) {
        size_t space = likeness->step_frames - likeness->filled % likeness->step_frames;
        size_t part = frames < space ? frames : space;
        add_frames(likeness, samples, part);
        samples += (size_t)likeness->channels * part;
        frames -= part;
    }
}

static void end_pass(struct lossy_check *likeness)
{
    if (likeness->filled > 0)
        end_block(likeness);
    if (likeness->blocks < likeness->block_count)
        reject(likeness, likeness->blocks);
    likeness->blocks = 0;
}

void lossy_check_note(struct lossy_check *likeness, const float *samples, size_t frames)
{
    add(likeness, samples, frames);
}

void lossy_check_compare(struct lossy_check *likeness, const float *samples, size_t frames)
{
    if (!likeness->comparing) {
        end_pass(likeness);
        likeness->comparing = true;
    }
    add(likeness, samples, frames);
}

struct lossy_check_verdict lossy_check_judge(struct lossy_check *likeness)
{
    if (likeness->filled > 0)
        end_block(likeness);
    if (likeness->blocks != likeness->block_count)
        reject(likeness, likeness->blocks);
    for (int i = 0; i < likeness->channels; i++)
        judge_stretch(likeness, &likeness->stretches[i]);
    return likeness->verdict;
}
