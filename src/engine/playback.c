// SPDX-License-Identifier: GPL-3.0-or-later
// Speech events find their clips, and these are mixed with ramps at their ends.
#include "playback.h"

#include "curve.h"

#include <assert.h>

static bool has_clip(const struct event *event, const struct clip_bank *bank)
{
    int utterance = event->as.speech.utterance;
    if (!bank || utterance < 0 || (size_t)utterance >= bank->count)
        return false;
    assert(bank->clips[utterance].take.rate == 0); // it would be heard as it is
    return bank->clips[utterance].samples;
}

static size_t count_speech(const struct timeline *timeline)
{
    size_t count = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        count += timeline->events[i].type == EVENT_SPEECH;
    return count;
}

enum status playback_build(struct playback *playback, struct arena *arena,
                           const struct timeline *timeline, const struct clip_bank *bank,
                           double first_db, struct error *error)
{
    *playback = (struct playback){NULL, 0, 0};
    playback->clips = arena_array(arena, count_speech(timeline) + 1, sizeof *playback->clips);
    if (!playback->clips)
        return error_no_memory(error);
    int64_t silent_since = 0;
    bool first = true;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        if (event->type != EVENT_SPEECH || !has_clip(event, bank))
            continue;
        const struct clip *clip = &bank->clips[event->as.speech.utterance];
        playback->clips[playback->count++] = (struct placed_clip){
            .start_frame = event->start_frame,
            .frames = event->frames < clip->frames ? event->frames : clip->frames,
            .clip_frames = clip->frames,
            .samples = clip->samples,
            .gain = (float)(curve_gain(first ? first_db : 0) / 32768),
            .soft = !first && event->start_frame - silent_since >= PLAYBACK_SILENCE_FRAMES,
            .cut = event->frames < clip->frames,
        };
        silent_since = event->start_frame + playback->clips[playback->count - 1].frames;
        first = false;
    }
    return STATUS_OK;
}

void playback_rewind(struct playback *playback)
{
    playback->at = 0;
}

static float smooth(float x)
{
    return x * x * (3 - 2 * x);
}

// The envelope where it is not 1; `at` is the frame within the clip.
static float edge_gain(const struct placed_clip *clip, int64_t at)
{
    int64_t ramp =
        clip->clip_frames / 2 < PLAYBACK_RAMP_FRAMES ? clip->clip_frames / 2 : PLAYBACK_RAMP_FRAMES;
    int64_t left = clip->clip_frames - 1 - at;
    int64_t near = at < left ? at : left;
    float gain = near < ramp ? smooth((float)near / (float)ramp) : 1;
    if (clip->soft && at < PLAYBACK_SOFT_FRAMES + PLAYBACK_SOFT_RAMP_FRAMES) {
        const float low = 0.63095734f; // PLAYBACK_SOFT_DB
        int64_t risen = at - PLAYBACK_SOFT_FRAMES;
        gain *=
            risen <= 0 ? low : low + (1 - low) * smooth((float)risen / PLAYBACK_SOFT_RAMP_FRAMES);
    }
    int64_t cut = clip->frames - 1 - at;
    if (clip->cut && cut < PLAYBACK_RAMP_FRAMES)
        gain *= smooth((float)cut / (float)PLAYBACK_RAMP_FRAMES);
    return gain;
}

static bool is_plain(const struct placed_clip *clip, int64_t from, int64_t to)
{
    int64_t plain_from =
        clip->soft ? PLAYBACK_SOFT_FRAMES + PLAYBACK_SOFT_RAMP_FRAMES : PLAYBACK_RAMP_FRAMES;
    return from >= plain_from && to <= clip->frames - PLAYBACK_RAMP_FRAMES;
}

// Frames from .. to of the clip; `stems` is where `from` sounds.
static void add_clip(const struct placed_clip *clip, int64_t from, int64_t to, float *stems,
                     size_t stride)
{
    bool plain = is_plain(clip, from, to);
    for (int64_t i = from; i < to; i++, stems += stride) {
        float sample = (float)clip->samples[i] * clip->gain;
        if (!plain)
            sample *= edge_gain(clip, i);
        stems[0] += sample;
        stems[1] += sample;
    }
}

void playback_render(struct playback *playback, int64_t frame, size_t count, float *stems,
                     size_t stride)
{
    int64_t end = frame + (int64_t)count;
    while (playback->at < playback->count &&
           playback->clips[playback->at].start_frame + playback->clips[playback->at].frames <=
               frame)
        playback->at++;
    for (size_t i = playback->at; i < playback->count; i++) {
        const struct placed_clip *clip = &playback->clips[i];
        if (clip->start_frame >= end)
            break;
        int64_t from = frame > clip->start_frame ? frame - clip->start_frame : 0;
        int64_t to =
            end - clip->start_frame < clip->frames ? end - clip->start_frame : clip->frames;
        if (from < to)
            add_clip(clip, from, to, stems + (size_t)(clip->start_frame + from - frame) * stride,
                     stride);
    }
}
