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
    struct lossy_check *check = calloc(1, sizeof *check);
    if (!check)
        return error_no_memory(error);
    check->channels = config->channels;
    check->step_frames = (size_t)(config->rate / STEP_RATE);
    check->block_frames = STEPS * check->step_frames;
    int64_t block_frames = (int64_t)check->block_frames;
    check->block_count = (config->frames + block_frames - 1) / block_frames;
    check->views = calloc((size_t)(check->block_count * config->channels), sizeof *check->views);
    check->verdict = (struct lossy_check_verdict){.same = true,
                                                  .above_db = -200,
                                                  .below_db = -200,
                                                  .error_db = -200,
                                                  .drift_db = -200,
                                                  .peak_db = -200};
    if (!check->views) {
        lossy_check_free(check);
        return error_no_memory(error);
    }
    *out = check;
    return STATUS_OK;
}

void lossy_check_free(struct lossy_check *check)
{
    if (!check)
        return;
    free(check->views);
    free(check);
}

static double power_of(const struct lossy_check *check, const struct channel *channel)
{
    return channel->square / (double)check->block_frames;
}

// The loudest of what stands around a block, in power and in peak.
static struct view beside(const struct lossy_check *check, int channel)
{
    struct view most = {0};
    int64_t reach = 1 + (SMEAR_FRAMES - 1) / (int64_t)check->block_frames;
    int64_t last = check->blocks + reach;
    for (int64_t i = check->blocks - reach; i <= last; i++) {
        if (i < 0 || i >= check->block_count || i == check->blocks)
            continue;
        const struct view *view = &check->views[i * check->channels + channel];
        most.power = fmaxf(most.power, view->power);
        most.peak = fmaxf(most.peak, view->peak);
    }
    return most;
}

static struct view view_of(const struct lossy_check *check, const struct channel *channel)
{
    struct view view = {.power = (float)power_of(check, channel), .peak = channel->peak};
    double most = 0;
    for (int i = 0; i < STEPS; i++)
        most = fmax(most, fabs(channel->values[i]));
    view.scale = (float)(most / (double)check->step_frames / VALUE_MAX);
    for (int i = 0; i < STEPS && most > 0; i++)
        view.values[i] = (int8_t)lrint(channel->values[i] / most * VALUE_MAX);
    return view;
}

static double decibels(double ratio)
{
    return 10 * log10(fmax(ratio, 1e-20));
}

static void reject(struct lossy_check *check, int64_t block)
{
    struct lossy_check_verdict *verdict = &check->verdict;
    if (verdict->same)
        verdict->frame = block * (int64_t)check->block_frames;
    verdict->same = false;
}

// Comparisons are such that what is not a number is rejected.
static void judge_level(struct lossy_check *check, double given, double got, double floor)
{
    struct lossy_check_verdict *verdict = &check->verdict;
    double louder = (got + floor) / (given + floor);
    verdict->above_db = fmax(verdict->above_db, decibels(louder));
    verdict->below_db = fmax(verdict->below_db, decibels(1 / louder));
    if (!(louder <= LOUDER_MAX && louder >= 1 / SOFTER_MAX))
        reject(check, check->blocks);
}

static void judge_peak(struct lossy_check *check, double given, double got, double floor)
{
    double ratio = (got + floor) / (given + floor);
    check->verdict.peak_db = fmax(check->verdict.peak_db, 2 * decibels(ratio));
    if (!(ratio <= PEAK_MAX))
        reject(check, check->blocks);
}

static void judge_stretch(struct lossy_check *check, struct stretch *stretch)
{
    double allowed = stretch->wave + LEAKED_MAX / DRIFT_MAX * stretch->level + stretch->floor;
    double ratio = stretch->blocks > 0 ? stretch->error / allowed : 0;
    check->verdict.drift_db = fmax(check->verdict.drift_db, decibels(ratio));
    if (!(ratio <= DRIFT_MAX))
        reject(check, check->blocks - stretch->blocks + 1);
    *stretch = (struct stretch){0};
}

static void judge_wave(struct lossy_check *check, const struct view *view,
                       const struct channel *channel, double floor)
{
    struct stretch *stretch = &check->stretches[channel - check->present];
    double wave = 0, error = 0;
    for (int i = 0; i < STEPS; i++) {
        double given = (double)view->scale * view->values[i];
        double got = channel->values[i] / (double)check->step_frames;
        wave += given * given / STEPS;
        error += (got - given) * (got - given) / STEPS;
    }
    double level = (double)view->power;
    double ratio = error / (wave + LEAKED_MAX / ERROR_MAX * level + floor);
    check->verdict.error_db = fmax(check->verdict.error_db, decibels(ratio));
    if (!(ratio <= ERROR_MAX))
        reject(check, check->blocks);
    stretch->error += error / STRETCH_BLOCKS;
    stretch->wave += wave / STRETCH_BLOCKS;
    stretch->level += level / STRETCH_BLOCKS;
    stretch->floor += floor / STRETCH_BLOCKS;
    if (++stretch->blocks == STRETCH_BLOCKS)
        judge_stretch(check, stretch);
}

static void judge_block(struct lossy_check *check, int index)
{
    const struct view *view = &check->views[check->blocks * check->channels + index];
    const struct channel *channel = &check->present[index];
    const struct view near = beside(check, index);
    double floor = FLOOR + SMEARED_MAX * (double)near.power;
    judge_level(check, (double)view->power, power_of(check, channel), floor);
    judge_peak(check, (double)view->peak, (double)channel->peak,
               PEAK_FLOOR + SMEARED_PEAK_MAX * (double)near.peak);
    judge_wave(check, view, channel, floor);
}

static void end_block(struct lossy_check *check)
{
    for (int i = 0; i < check->channels && check->blocks < check->block_count; i++) {
        struct view *view = &check->views[check->blocks * check->channels + i];
        if (check->comparing)
            judge_block(check, i);
        else
            *view = view_of(check, &check->present[i]);
    }
    check->blocks++;
    check->filled = 0;
    memset(check->present, 0, sizeof check->present);
}

// Frames of one step.
static void add_frames(struct lossy_check *check, const float *samples, size_t frames)
{
    size_t channels = (size_t)check->channels;
    for (size_t i = 0; i < channels; i++) {
        double sum = 0, square = 0;
        float peak = check->present[i].peak;
        for (size_t k = 0; k < frames; k++) {
            float sample = samples[channels * k + i];
            peak = peak > fabsf(sample) ? peak : fabsf(sample);
            sum += (double)sample;
            square += (double)sample * (double)sample;
        }
        check->present[i].peak = peak;
        check->present[i].values[check->filled / check->step_frames] += sum;
        check->present[i].square += square;
    }
    check->filled += frames;
    if (check->filled == check->block_frames)
        end_block(check);
}

static void add(struct lossy_check *check, const float *samples, size_t frames)
{
    while (frames > 0) {
        size_t space = check->step_frames - check->filled % check->step_frames;
        size_t part = frames < space ? frames : space;
        add_frames(check, samples, part);
        samples += (size_t)check->channels * part;
        frames -= part;
    }
}

static void end_pass(struct lossy_check *check)
{
    if (check->filled > 0)
        end_block(check);
    if (check->blocks < check->block_count)
        reject(check, check->blocks);
    check->blocks = 0;
}

void lossy_check_note(struct lossy_check *check, const float *samples, size_t frames)
{
    add(check, samples, frames);
}

void lossy_check_compare(struct lossy_check *check, const float *samples, size_t frames)
{
    if (!check->comparing) {
        end_pass(check);
        check->comparing = true;
    }
    add(check, samples, frames);
}

struct lossy_check_verdict lossy_check_judge(struct lossy_check *check)
{
    if (check->filled > 0)
        end_block(check);
    if (check->blocks != check->block_count)
        reject(check, check->blocks);
    for (int i = 0; i < check->channels; i++)
        judge_stretch(check, &check->stretches[i]);
    return check->verdict;
}
