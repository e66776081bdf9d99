#include "likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANNELS_MAX = 2,
    STEP_FRAMES = 64, // that make one value of the waveform
    STEPS = LIKENESS_BLOCK_FRAMES / STEP_FRAMES,
    VALUE_MAX = 127,
    STRETCH_BLOCKS = 64, // 2.7 s at 48 kHz: over which drift is judged
};

// As powers, full scale being 1.
#define FLOOR 1e-8       // -80 dB: what codecs add to silence
#define LOUDER_MAX 2.0   // times the level: 3 dB
#define SOFTER_MAX 4.0   // 6 dB
#define ERROR_MAX 0.7    // of the waveform's power, in a block
#define DRIFT_MAX 0.2    // and over a stretch
#define LEAKED_MAX 0.003 // of the level, that errors from above 375 Hz may leave below it

// The picture of one channel of one block.
struct view {
    float power;          // mean square
    float scale;          // of the values
    int8_t values[STEPS]; // means of STEP_FRAMES samples
};

// A channel of the present block.
struct channel {
    double square;        // sum
    double values[STEPS]; // sums
};

// Powers over a stretch.
struct stretch {
    double error, wave, level;
    int blocks;
};

struct likeness {
    int channels;
    int64_t block_count;
    struct view *views; // [block_count * channels], owned
    int64_t blocks;     // done in this pass
    size_t filled;      // frames of the present one
    bool comparing;
    struct channel present[CHANNELS_MAX];
    struct stretch stretches[CHANNELS_MAX];
    struct likeness_verdict verdict;
};

enum status likeness_new(struct likeness **out, int channels, int64_t frames, struct error *error)
{
    struct likeness *likeness = calloc(1, sizeof *likeness);
    if (!likeness)
        return error_no_memory(error);
    likeness->channels = channels;
    likeness->block_count = (frames + LIKENESS_BLOCK_FRAMES - 1) / LIKENESS_BLOCK_FRAMES;
    likeness->views = calloc((size_t)(likeness->block_count * channels), sizeof *likeness->views);
    likeness->verdict = (struct likeness_verdict){
        .same = true, .above_db = -200, .below_db = -200, .error_db = -200, .drift_db = -200};
    if (!likeness->views) {
        likeness_free(likeness);
        return error_no_memory(error);
    }
    *out = likeness;
    return STATUS_OK;
}

void likeness_free(struct likeness *likeness)
{
    if (!likeness)
        return;
    free(likeness->views);
    free(likeness);
}

static struct view view_of(const struct channel *channel)
{
    struct view view = {.power = (float)(channel->square / LIKENESS_BLOCK_FRAMES)};
    double most = 0;
    for (int i = 0; i < STEPS; i++)
        most = fmax(most, fabs(channel->values[i]));
    view.scale = (float)(most / STEP_FRAMES / VALUE_MAX);
    for (int i = 0; i < STEPS && most > 0; i++)
        view.values[i] = (int8_t)lrint(channel->values[i] / most * VALUE_MAX);
    return view;
}

static double decibels(double ratio)
{
    return 10 * log10(fmax(ratio, 1e-20));
}

static void reject(struct likeness *likeness, int64_t block)
{
    struct likeness_verdict *verdict = &likeness->verdict;
    if (verdict->same)
        verdict->frame = block * LIKENESS_BLOCK_FRAMES;
    verdict->same = false;
}

static void judge_level(struct likeness *likeness, double given, double got)
{
    struct likeness_verdict *verdict = &likeness->verdict;
    verdict->above_db = fmax(verdict->above_db, decibels((got + FLOOR) / (given + FLOOR)));
    verdict->below_db = fmax(verdict->below_db, decibels((given + FLOOR) / (got + FLOOR)));
    if (got + FLOOR > LOUDER_MAX * (given + FLOOR) || given + FLOOR > SOFTER_MAX * (got + FLOOR))
        reject(likeness, likeness->blocks);
}

static void judge_stretch(struct likeness *likeness, struct stretch *stretch)
{
    double allowed = stretch->wave + LEAKED_MAX / DRIFT_MAX * stretch->level + FLOOR;
    double ratio = stretch->error / allowed;
    likeness->verdict.drift_db = fmax(likeness->verdict.drift_db, decibels(ratio));
    if (ratio > DRIFT_MAX)
        reject(likeness, likeness->blocks - stretch->blocks + 1);
    *stretch = (struct stretch){0};
}

static void judge_wave(struct likeness *likeness, const struct view *view,
                       const struct channel *channel, struct stretch *stretch)
{
    double wave = 0, error = 0;
    for (int i = 0; i < STEPS; i++) {
        double given = (double)view->scale * view->values[i];
        double got = channel->values[i] / STEP_FRAMES;
        wave += given * given / STEPS;
        error += (got - given) * (got - given) / STEPS;
    }
    double level = (double)view->power;
    double ratio = error / (wave + LEAKED_MAX / ERROR_MAX * level + FLOOR);
    likeness->verdict.error_db = fmax(likeness->verdict.error_db, decibels(ratio));
    if (ratio > ERROR_MAX)
        reject(likeness, likeness->blocks);
    stretch->error += error / STRETCH_BLOCKS;
    stretch->wave += wave / STRETCH_BLOCKS;
    stretch->level += level / STRETCH_BLOCKS;
    if (++stretch->blocks == STRETCH_BLOCKS)
        judge_stretch(likeness, stretch);
}

static void end_block(struct likeness *likeness)
{
    for (int i = 0; i < likeness->channels && likeness->blocks < likeness->block_count; i++) {
        struct view *view = &likeness->views[likeness->blocks * likeness->channels + i];
        const struct channel *channel = &likeness->present[i];
        if (!likeness->comparing) {
            *view = view_of(channel);
            continue;
        }
        judge_level(likeness, (double)view->power, channel->square / LIKENESS_BLOCK_FRAMES);
        judge_wave(likeness, view, channel, &likeness->stretches[i]);
    }
    likeness->blocks++;
    likeness->filled = 0;
    memset(likeness->present, 0, sizeof likeness->present);
}

// Frames of one step.
static void add_frames(struct likeness *likeness, const float *samples, size_t frames)
{
    size_t channels = (size_t)likeness->channels;
    for (size_t i = 0; i < channels; i++) {
        double sum = 0, square = 0;
        for (size_t k = 0; k < frames; k++) {
            double sample = (double)samples[channels * k + i];
            sum += sample;
            square += sample * sample;
        }
        likeness->present[i].values[likeness->filled / STEP_FRAMES] += sum;
        likeness->present[i].square += square;
    }
    likeness->filled += frames;
    if (likeness->filled == LIKENESS_BLOCK_FRAMES)
        end_block(likeness);
}

static void add(struct likeness *likeness, const float *samples, size_t frames)
{
    while (frames > 0) {
        size_t space = STEP_FRAMES - likeness->filled % STEP_FRAMES;
        size_t part = frames < space ? frames : space;
        add_frames(likeness, samples, part);
        samples += (size_t)likeness->channels * part;
        frames -= part;
    }
}

static void end_pass(struct likeness *likeness)
{
    if (likeness->filled > 0)
        end_block(likeness);
    if (likeness->blocks < likeness->block_count)
        reject(likeness, likeness->blocks);
    likeness->blocks = 0;
}

void likeness_note(struct likeness *likeness, const float *samples, size_t frames)
{
    add(likeness, samples, frames);
}

void likeness_compare(struct likeness *likeness, const float *samples, size_t frames)
{
    if (!likeness->comparing) {
        end_pass(likeness);
        likeness->comparing = true;
    }
    add(likeness, samples, frames);
}

struct likeness_verdict likeness_judge(struct likeness *likeness)
{
    if (likeness->filled > 0)
        end_block(likeness);
    if (likeness->blocks != likeness->block_count)
        reject(likeness, likeness->blocks);
    for (int i = 0; i < likeness->channels; i++)
        judge_stretch(likeness, &likeness->stretches[i]);
    return likeness->verdict;
}
