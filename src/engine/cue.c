// SPDX-License-Identifier: GPL-3.0-or-later
// The breath tone and the chimes are computed from the frame, with nothing kept but phases.
#include "cue.h"

#include "curve.h"

// A tone of amplitude a on both channels has -0.69 + 20 log10(a) LUFS (BS.1770; its weighting is
// near 0 dB at these pitches), so this makes the bed's -38 LUFS.
#define BED_AMPLITUDE 0.01364
#define TONE_HZ 196.0           // at the trough
#define TONE_OCTAVES (4.0 / 12) // up to the crest: a major third
#define TONE_OVERTONE 0.25      // of the octave above
#define TONE_SILENT_DB (-30.0)  // from where it fades in before a bout, straight in dB
#define CHIME_HZ 330.0
#define CHIME_FIFTH 0.5                             // of the partial a fifth above
#define CHIME_DB 4.0                                // its crest over the bed
#define CHIME_FULL_FRAMES ((int64_t)3 * FRAME_RATE) // shorter ones are softer: no steeper slope

void cue_init(struct cue *cue, double tone_db)
{
    *cue = (struct cue){.tone_gain = tone_db > -100 ? BED_AMPLITUDE * curve_gain(tone_db) : 0,
                        .tone_step = TONE_HZ / FRAME_RATE};
}

enum status cue_build(struct cue *cue, struct arena *arena, const struct timeline *timeline,
                      struct error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        count += timeline->events[i].type == EVENT_CHIME;
    cue->chimes = arena_array(arena, count + 1, sizeof *cue->chimes);
    if (!cue->chimes)
        return error_no_memory(error);
    cue->chime_count = cue->chime_at = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_CHIME)
            continue;
        double gain = BED_AMPLITUDE * curve_gain(CHIME_DB);
        if (event->frames < CHIME_FULL_FRAMES)
            gain *= (double)event->frames / CHIME_FULL_FRAMES;
        cue->chimes[cue->chime_count++] = (struct chime){event->start_frame, event->frames, gain};
    }
    return STATUS_OK;
}

void cue_reset(struct cue *cue, double bed_gain)
{
    cue->chime_at = 0;
    cue->tone_turns = 0;
    cue->tone_step = TONE_HZ / FRAME_RATE;
    cue->tone_now = 0;
    cue->bed_now = bed_gain;
}

void cue_restore(struct cue *cue, const struct cue *then)
{
    cue->chime_at = 0;
    cue->tone_turns = then->tone_turns;
    cue->tone_step = then->tone_step;
    cue->tone_now = then->tone_now;
    cue->bed_now = then->bed_now;
}

// Exactly 0 while nothing is paced, 1 in a bout.
static double presence(double pacing)
{
    double silent = curve_gain(TONE_SILENT_DB);
    return (curve_gain(TONE_SILENT_DB * (1 - pacing)) - silent) / (1 - silent);
}

static void add_tone(struct cue *cue, double bed_gain, const struct scene_swell *swell,
                     float *stems, size_t stride)
{
    double step = TONE_HZ / FRAME_RATE * curve_exp2(TONE_OCTAVES * swell->breath);
    double gain = cue->tone_gain * bed_gain * presence(swell->pacing) *
                  curve_gain(CUE_TONE_BREATH_DB * (swell->breath - 0.5));
    double step_change = (step - cue->tone_step) / SCENE_QUANTUM;
    double gain_change = (gain - cue->tone_now) / SCENE_QUANTUM;
    for (int i = 0; i < SCENE_QUANTUM && (gain > 0 || cue->tone_now > 0); i++, stems += stride) {
        cue->tone_step += step_change;
        cue->tone_turns += cue->tone_step;
        cue->tone_now += gain_change;
        float sample = (float)(cue->tone_now * (curve_sine(cue->tone_turns) +
                                                TONE_OVERTONE * curve_sine(2 * cue->tone_turns)));
        stems[0] += sample;
        stems[1] += sample;
    }
    cue->tone_turns -= (double)(int64_t)cue->tone_turns;
    cue->tone_step = step;
    cue->tone_now = gain;
}

// One smooth hump over the chime's whole length.
static void add_chime(const struct cue *cue, const struct chime *chime, int64_t frame,
                      double bed_gain, float *stems, size_t stride)
{
    for (int i = 0; i < SCENE_QUANTUM; i++, stems += stride) {
        int64_t at = frame + i - chime->start_frame;
        if (at < 0 || at >= chime->frames)
            continue;
        double x = (double)at / (double)chime->frames;
        double hump = curve_rise(2 * (x < 0.5 ? x : 1 - x));
        double bed = cue->bed_now + (bed_gain - cue->bed_now) * (i + 1) / SCENE_QUANTUM;
        double turns = CHIME_HZ / FRAME_RATE * (double)at;
        float sample = (float)(chime->gain * bed * hump *
                               (curve_sine(turns) + CHIME_FIFTH * curve_sine(1.5 * turns)));
        stems[0] += sample;
        stems[1] += sample;
    }
}

void cue_render(struct cue *cue, int64_t frame, double bed_gain, const struct scene_swell *swell,
                float *stems, size_t stride)
{
    if (cue->tone_gain > 0)
        add_tone(cue, bed_gain, swell, stems, stride);
    while (cue->chime_at < cue->chime_count &&
           cue->chimes[cue->chime_at].start_frame + cue->chimes[cue->chime_at].frames <= frame)
        cue->chime_at++;
    for (size_t i = cue->chime_at;
         i < cue->chime_count && cue->chimes[i].start_frame < frame + SCENE_QUANTUM; i++)
        add_chime(cue, &cue->chimes[i], frame, bed_gain, stems, stride);
    cue->bed_now = bed_gain;
}
