// SPDX-License-Identifier: GPL-3.0-or-later
// A recording is cleaned, measured, cut, looped and levelled, in this order.
#include "recording.h"

#include "biquad.h"
#include "loop.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = FRAME_RATE / 10 }; // frames in which the ends are judged

#define HIGHPASS_HZ 45
#define ENDS_POWER \
    0.063 // -12 dB of the mean: before and after, the recording has not begun or is over
#define SILENCE_POWER 1e-8
#define RMS 0.1 // -20 dBFS

static double power_of(const float *stereo, size_t frames)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * frames; i++)
        sum += (double)stereo[i] * (double)stereo[i];
    return sum / (double)(2 * frames);
}

static void remove_dc(float *stereo, size_t frames)
{
    double mean[2] = {0, 0};
    for (size_t i = 0; i < 2 * frames; i++)
        mean[i % 2] += (double)stereo[i] / (double)frames;
    for (size_t i = 0; i < 2 * frames; i++)
        stereo[i] -= (float)mean[i % 2];
    struct biquad highpass;
    biquad_highpass(&highpass, HIGHPASS_HZ, 0.7071);
    biquad_process_stereo(&highpass, stereo, frames);
}

// ---- Where it sounds ----------------------------------------------------------------------------

struct part {
    size_t start, frames;
};

// A few loud moments must not make all else an end: of each step no more counts than four times the
// mean so far.
static double mean_power(const float *stereo, size_t frames)
{
    double most = HUGE_VAL, mean = 0;
    for (int round = 0; round < 4; round++) {
        double sum = 0;
        size_t steps = frames / STEP;
        for (size_t i = 0; i < steps; i++)
            sum += fmin(power_of(stereo + 2 * i * STEP, STEP), most);
        mean = sum / (double)steps;
        most = 4 * mean;
    }
    return mean;
}

static struct part find_sound(const float *stereo, size_t frames, double mean)
{
    double least = mean * ENDS_POWER;
    size_t first = 0, last = frames / STEP;
    while (first < last && power_of(stereo + 2 * first * STEP, STEP) < least)
        first++;
    while (last > first && power_of(stereo + 2 * (last - 1) * STEP, STEP) < least)
        last--;
    return (struct part){first * STEP, (last - first) * STEP};
}

static enum status check_sound(struct part *part, const float *stereo, size_t frames,
                               struct error *error)
{
    double mean = frames >= STEP ? mean_power(stereo, frames) : 0;
    if (frames >= STEP && mean < SILENCE_POWER)
        return error_set(error, STATUS_BAD_INPUT, "it is silent");
    if (frames >= STEP)
        *part = find_sound(stereo, frames, mean);
    if (part->frames >= RECORDING_LEAST)
        return STATUS_OK;
    return error_set(
        error, STATUS_BAD_INPUT, "it has %.1f s of sound, and a scene needs at least %d s",
        seconds_from_frames((int64_t)part->frames), (int)(RECORDING_LEAST / FRAME_RATE));
}

// ---- Samples ------------------------------------------------------------------------------------

// As 16 bits with the highest peak at full scale: the noise of that is some 80 dB below the sound.
static enum status store(struct recording *recording, const float *stereo, struct error *error)
{
    size_t count = 2 * (size_t)recording->frames;
    recording->samples = malloc(count * sizeof *recording->samples);
    if (!recording->samples)
        return error_no_memory(error);
    double most = 1e-9, rms = sqrt(power_of(stereo, (size_t)recording->frames));
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs((double)stereo[i]));
    const float gain = (float)(INT16_MAX / most);
    for (size_t i = 0; i < count; i++)
        recording->samples[i] = (int16_t)lrintf(stereo[i] * gain);
    recording->scale = (float)(RMS / rms * most / INT16_MAX);
    return STATUS_OK;
}

enum status recording_new(struct recording **out, float *stereo, size_t frames, int64_t fade_frames,
                          struct recording_report *report, struct error *error)
{
    struct part part = {0, 0};
    remove_dc(stereo, frames);
    enum status status = check_sound(&part, stereo, frames, error);
    if (status != STATUS_OK)
        return status;
    struct recording *recording = calloc(1, sizeof *recording);
    if (!recording)
        return error_no_memory(error);
    size_t fade = (size_t)fade_frames < part.frames / 4 ? (size_t)fade_frames : part.frames / 4;
    struct loop loop;
    status = loop_find(&loop, stereo + 2 * part.start, part.frames, fade, error);
    THEN(status, loop_join(&loop, stereo + 2 * part.start, part.frames, error));
    if (status != STATUS_OK) {
        recording_free(recording);
        return status;
    }
    float *first = stereo + 2 * (part.start + loop.start);
    recording->frames = (int64_t)(loop.end - loop.start);
    *report = (struct recording_report){.fade_frames = (int64_t)loop.fade,
                                        .joint_frame = recording->frames - (int64_t)loop.fade,
                                        .correlation = loop.correlation};
    status = leveller_process(first, (size_t)recording->frames, &report->sudden, error);
    report->sudden.sudden_frame += part.start + loop.start;
    THEN(status, store(recording, first, error));
    if (status == STATUS_OK)
        *out = recording;
    else
        recording_free(recording);
    return status;
}

void recording_free(struct recording *recording)
{
    if (!recording)
        return;
    free(recording->samples);
    free(recording);
}

void recording_render(const struct recording *recording, int64_t frame, size_t count, float *stereo)
{
    int64_t at = frame % recording->frames;
    for (size_t f = 0; f < count; f++, stereo += 2) {
        const int16_t *sample = recording->samples + 2 * at;
        stereo[0] = (float)sample[0] * recording->scale;
        stereo[1] = (float)sample[1] * recording->scale;
        at = at + 1 < recording->frames ? at + 1 : 0;
    }
}
