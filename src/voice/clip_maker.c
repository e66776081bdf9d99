// SPDX-License-Identifier: GPL-3.0-or-later
// Utterances become clips: spoken, trimmed, polished, levelled and converted.
// Filters and loudness work at the voice's own rate, before the conversion to 48 kHz: half the work
// for the same sound.
#include "clip_maker.h"

#include "duration.h"
#include "loudness.h"
#include "peak_softener.h"
#include "polish.h"
#include "resampler.h"
#include "trim.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    EDGE_MS = 25,        // silence around a clip, for the engine's ramps
    LOST_BYTE_MS = 65,   // a letter takes about as long
    LOST_LEAST_MS = 500, // a lost clip is not shorter
};

#define EASE_MOST_DB 6.0 // peaks are brought down by no more

struct voicing {
    const struct clip_maker_config *config; // NULL: nothing is spoken any more
    const _Atomic int *stop;
    struct clip_bank *bank;
    struct clip_maker_report *report;
    bool clear;
    struct resampler *resampler; // for `rate`; NULL before the first clip
    struct polish polish;        // for `rate`
    int rate;                    // Hz
    enum status status;          // why clips can't be made
    struct error *error;         // likewise
};

// Of this thread.
static double cpu_s(void)
{
    struct timespec now = {.tv_sec = 0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum status use_rate(struct voicing *voicing, int rate)
{
    if (voicing->resampler && voicing->rate == rate)
        return STATUS_OK;
    resampler_free(voicing->resampler);
    voicing->resampler = NULL;
    voicing->rate = rate;
    polish_init(&voicing->polish, rate, voicing->clear);
    return resampler_new(&voicing->resampler, rate, voicing->error);
}

static size_t edge_samples(int rate)
{
    return (size_t)(EDGE_MS * rate / 1000);
}

// With the silence around it.
static size_t whole_samples(const struct clip_take *take)
{
    return take->count + 2 * edge_samples(take->rate);
}

// The speech as floats with silence around it, polished. NULL: out of memory.
static float *polished(const struct voicing *voicing, const struct clip *clip)
{
    const size_t edge = edge_samples(clip->take.rate);
    const size_t count = whole_samples(&clip->take);
    float *speech = calloc(count, sizeof *speech);
    if (!speech)
        return NULL;
    for (size_t i = 0; i < clip->take.count; i++)
        speech[edge + i] = (float)clip->samples[i] / 32768.0F;
    polish_process(&voicing->polish, speech, count);
    return speech;
}

static float peak_of(const float *samples, size_t count)
{
    float peak = 0;
    for (size_t i = 0; i < count; i++) {
        float size = fabsf(samples[i]);
        peak = size > peak ? size : peak;
    }
    return peak;
}

// The gain that makes a clip CLIP_MAKER_LUFS loud, but so that no peak is more than EASE_MOST_DB
// too high.
static float find_gain(struct voicing *voicing, const float *samples, size_t count, double lufs)
{
    double wanted = isfinite(lufs) ? pow(10, (CLIP_MAKER_LUFS - lufs) / 20) : 1;
    double peak = (double)fmaxf(peak_of(samples, count), 1e-6F);
    double most = pow(10, (CLIP_MAKER_PEAK_DB + EASE_MOST_DB) / 20) / peak;
    voicing->report->quieter += wanted > most;
    return (float)fmin(wanted, most);
}

// Level `samples` in place and round them into the clip.
static void store(struct voicing *voicing, struct clip *clip, float *samples, double lufs)
{
    const size_t count = (size_t)clip->frames;
    const float gain = find_gain(voicing, samples, count, lufs);
    for (size_t i = 0; i < count; i++)
        samples[i] *= gain;
    voicing->report->eased +=
        peak_softener_peaks(samples, count, (float)pow(10, CLIP_MAKER_PEAK_DB / 20)) > 0;
    // Rounding half away from zero, in a form that compilers turn into vector code.
    for (size_t i = 0; i < count; i++) {
        float value = samples[i] * 32768.0F;
        clip->samples[i] = (int16_t)(value + (value < 0 ? -0.5F : 0.5F));
    }
    clip->take = (struct clip_take){.rate = 0};
}

static enum status convert(struct voicing *voicing, struct clip *clip, const float *speech)
{
    const size_t count = whole_samples(&clip->take);
    double lufs;
    float *out = NULL;
    size_t out_count = 0;
    enum status status =
        loudness_measure_at(&lufs, speech, count, 1, voicing->rate, voicing->error);
    THEN(status,
         resampler_convert(voicing->resampler, &out, &out_count, speech, count, voicing->error));
    if (status == STATUS_OK)
        store(voicing, clip, out, lufs);
    free(out);
    return status;
}

// From the take to the sound.
static enum status finish_clip(struct voicing *voicing, struct clip *clip)
{
    enum status status = use_rate(voicing, clip->take.rate);
    if (status != STATUS_OK)
        return status;
    float *speech = polished(voicing, clip);
    status = speech ? convert(voicing, clip, speech) : error_no_memory(voicing->error);
    free(speech);
    return status;
}

// Where a word that the voice comes to at mark `index` is heard: behind the silence there.
static size_t find_onset(const struct narrator_sound *sound, size_t index)
{
    const size_t start = sound->marks[index].sample;
    const size_t end =
        index + 1 < sound->mark_count ? sound->marks[index + 1].sample : sound->count;
    struct trim trim = trim_find(sound->samples + start, end - start);
    return trim.count > 0 ? start + trim.first : start;
}

// Carry the marks over to the finished clip. Filters and converter delay the sound by less than
// CLIP_MAKER_MARK_MS.
static enum status place_marks(struct voicing *voicing, struct clip *clip,
                               const struct narrator_sound *sound, struct trim trim)
{
    const int64_t edge = (int64_t)edge_samples(sound->sample_rate);
    clip->marks = malloc((sound->mark_count + 1) * sizeof *clip->marks);
    if (!clip->marks)
        return error_no_memory(voicing->error);
    for (size_t i = 0; i < sound->mark_count; i++) {
        const struct narrator_mark *mark = &sound->marks[i];
        int64_t sample = (int64_t)find_onset(sound, i) - (int64_t)trim.first;
        if (sample < 0 || sample >= (int64_t)trim.count)
            continue; // a word without a sound
        clip->marks[clip->mark_count++] = (struct clip_mark){
            (edge + sample) * FRAME_RATE / sound->sample_rate, mark->first, mark->size};
    }
    return STATUS_OK;
}

// All but the sound.
static enum status take_down(struct voicing *voicing, struct clip *clip,
                             const struct narrator_sound *sound)
{
    const struct trim trim = trim_find(sound->samples, sound->count);
    clip->take = (struct clip_take){trim.count, sound->sample_rate};
    clip->frames = (int64_t)resampler_frames(whole_samples(&clip->take), sound->sample_rate);
    // Both have room, first the take, then what becomes of it.
    const size_t room = trim.count > (size_t)clip->frames ? trim.count : (size_t)clip->frames;
    clip->samples = malloc(room * sizeof *clip->samples);
    if (!clip->samples)
        return error_no_memory(voicing->error);
    memcpy(clip->samples, sound->samples + trim.first, trim.count * sizeof *clip->samples);
    return place_marks(voicing, clip, sound, trim);
}

static enum status make_clip(struct voicing *voicing, struct clip *clip,
                             const struct narrator_sound *sound)
{
    enum status status = take_down(voicing, clip, sound);
    if (status == STATUS_OK && !voicing->config->later)
        status = finish_clip(voicing, clip);
    return status;
}

static enum status make_silence(struct voicing *voicing, struct clip *clip, struct text text)
{
    int64_t ms = (int64_t)text.size * LOST_BYTE_MS;
    clip->frames = frames_from_ms(ms > LOST_LEAST_MS ? ms : LOST_LEAST_MS);
    clip->samples = calloc((size_t)clip->frames, sizeof *clip->samples);
    clip->lost = true;
    voicing->report->lost++;
    return clip->samples ? STATUS_OK : error_no_memory(voicing->error);
}

static bool take_utterance(void *context, size_t index, enum status status,
                           const struct narrator_sound *sound)
{
    struct voicing *voicing = context;
    struct clip *clip = &voicing->bank->clips[index];
    if (status == STATUS_OK)
        voicing->status = make_clip(voicing, clip, sound);
    else
        voicing->status = make_silence(voicing, clip, voicing->config->texts[index]);
    return voicing->status == STATUS_OK && !(voicing->stop && atomic_load(voicing->stop));
}

enum status clip_maker_speak(struct clip_bank *bank, struct clip_maker_report *report,
                             const struct clip_maker_config *config, const _Atomic int *stop,
                             struct error *error)
{
    *report = (struct clip_maker_report){.lost = 0};
    *bank = (struct clip_bank){calloc(config->count + 1, sizeof *bank->clips), config->count};
    if (!bank->clips) {
        bank->count = 0;
        return error_no_memory(error);
    }
    struct error own = {.status = STATUS_OK};
    struct voicing voicing = {.config = config,
                              .stop = stop,
                              .bank = bank,
                              .report = report,
                              .clear = config->clear,
                              .error = &own};
    const double start_s = cpu_s() + config->narrator->cpu_s;
    enum status status = narrator_speak(config->narrator, config->texts, config->count,
                                        take_utterance, &voicing, error);
    if (status == STATUS_INTERRUPTED && voicing.status != STATUS_OK) // it was us who stopped
        status = error_set(error, voicing.status, "%s", own.text);
    resampler_free(voicing.resampler);
    report->cpu_s = cpu_s() + config->narrator->cpu_s - start_s;
    if (status != STATUS_OK)
        clip_bank_free(bank);
    return status;
}

enum status clip_maker_finish(struct clip_bank *bank, struct clip_maker_report *report,
                              const struct timeline *timeline, bool clear, struct error *error)
{
    struct voicing voicing = {.bank = bank, .report = report, .clear = clear, .error = error};
    const double start_s = cpu_s();
    enum status status = STATUS_OK;
    for (size_t i = 0; i < timeline->event_count && status == STATUS_OK; i++) {
        const struct event *event = &timeline->events[i];
        struct clip *clip =
            event->type == EVENT_SPEECH ? &bank->clips[event->as.speech.utterance] : NULL;
        if (clip && clip->take.rate > 0)
            status = finish_clip(&voicing, clip);
    }
    resampler_free(voicing.resampler);
    report->cpu_s += cpu_s() - start_s;
    return status;
}
