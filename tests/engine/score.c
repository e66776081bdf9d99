// SPDX-License-Identifier: GPL-3.0-or-later
#include "score.h"

#include "random.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

static int64_t frames_of(double seconds)
{
    return (int64_t)(seconds * FRAME_RATE + 0.5);
}

static struct clip tone(int64_t frames)
{
    struct clip clip = {.frames = frames, .samples = malloc((size_t)frames * sizeof *clip.samples)};
    assert(clip.samples);
    for (int64_t i = 0; i < frames; i++)
        clip.samples[i] = (int16_t)lrint(4600 * cos(6.283185307 * 200 / FRAME_RATE * (double)i));
    return clip;
}

void score_init(struct score *score)
{
    *score = (struct score){.now = TIMELINE_LEAD_FRAMES};
    score->clips[SCORE_LINE] = tone(2 * FRAME_RATE);
    score->clips[SCORE_WORD] = tone(FRAME_RATE / 2);
    score->bank = (struct clip_bank){score->clips, 2};
    score->timeline = (struct timeline){.lead_frames = TIMELINE_LEAD_FRAMES,
                                        .total_frames = TIMELINE_LEAD_FRAMES,
                                        .events = score->events};
}

void score_deinit(struct score *score)
{
    free(score->clips[SCORE_LINE].samples);
    free(score->clips[SCORE_WORD].samples);
}

static void add(struct score *score, struct event event)
{
    assert(score->timeline.event_count < SCORE_EVENTS_MAX);
    score->events[score->timeline.event_count++] = event;
}

void score_wait(struct score *score, double seconds)
{
    score->now += frames_of(seconds);
}

void score_say(struct score *score, int utterance)
{
    add(score, (struct event){.type = EVENT_SPEECH,
                              .start_frame = score->now,
                              .frames = score->clips[utterance].frames,
                              .as.speech = {.utterance = utterance}});
    score->now += score->clips[utterance].frames;
}

void score_chime(struct score *score, double seconds)
{
    add(score, (struct event){
                   .type = EVENT_CHIME, .start_frame = score->now, .frames = frames_of(seconds)});
    score->now += frames_of(seconds);
}

void score_bout(struct score *score)
{
    score->bouts++;
}

static void phase(struct score *score, enum breath_phase kind, double seconds, float to, bool word)
{
    float from = score->position;
    score->position = to;
    int64_t start = score->now;
    add(score, (struct event){
                   .type = EVENT_BREATH,
                   .start_frame = start,
                   .frames = frames_of(seconds),
                   .as.breath = {.phase = kind, .bout = score->bouts - 1, .from = from, .to = to}});
    if (word)
        score_say(score, SCORE_WORD);
    score->now = start + frames_of(seconds);
}

void score_breathe(struct score *score, int count, double in_s, double out_s, bool words)
{
    for (int i = 0; i < count; i++) {
        phase(score, BREATH_IN, in_s, 1, words && i < 2);
        phase(score, BREATH_OUT, out_s, 0, words && i < 2);
    }
}

static void accompany(struct score *score, struct event event, double seconds)
{
    event.type = EVENT_SWELL;
    event.start_frame = score->now;
    event.frames = frames_of(seconds);
    event.as.breath.bout = -1;
    event.as.breath.from = event.as.breath.phase == BREATH_OUT;
    event.as.breath.to = event.as.breath.phase == BREATH_IN;
    add(score, event);
}

void score_accompany(struct score *score, int count, double in_s, double out_s, int every)
{
    for (int i = 0; i < count; i++) {
        struct event phase = {.as.breath = {.phase = BREATH_IN, .cycle = i, .cycles = count}};
        const int64_t turn = score->now + frames_of(in_s);
        accompany(score, phase, in_s);
        if (every > 0 && i % every == 0) {
            score_wait(score, 0.5);
            score_say(score, SCORE_LINE);
        }
        score->now = turn;
        phase.as.breath.phase = BREATH_OUT;
        accompany(score, phase, out_s);
        score->now = turn + frames_of(out_s);
    }
}

void score_sigh(struct score *score)
{
    phase(score, BREATH_IN, 2, 0.6f, false);
    phase(score, BREATH_IN, 1, 1, false);
    phase(score, BREATH_HOLD, 0.5, 1, false);
    phase(score, BREATH_OUT, 6, 0, false);
}

void score_end(struct score *score, double tail_s)
{
    score->timeline.tail_frames = frames_of(tail_s);
    score->timeline.total_frames = score->now + score->timeline.tail_frames;
}

static double draw(uint64_t seed, uint64_t *counter, double least, double most)
{
    return least + (most - least) * random_unit(random_at(seed, (*counter)++));
}

static void random_bout(struct score *score, uint64_t seed, uint64_t *counter)
{
    score_bout(score);
    double period = 6, pace = draw(seed, counter, 7.5, 13.3);
    bool words = draw(seed, counter, 0, 1) < 0.7;
    if (draw(seed, counter, 0, 1) < 0.2) {
        score_sigh(score);
        score_sigh(score);
        return;
    }
    for (bool first = true; period < pace; period += 0.6, first = false)
        score_breathe(score, first ? 2 : 1, period * 0.4, period * 0.6, words && first);
    score_breathe(score, (int)draw(seed, counter, 1, 12), pace * 0.4, pace * 0.6, false);
}

static void random_touch(struct score *score, uint64_t seed, uint64_t *counter)
{
    double period = draw(seed, counter, 7.5, 13.3);
    int count = (int)draw(seed, counter, 1, 9), every = (int)draw(seed, counter, 0, 4);
    score_accompany(score, count, period * 0.4, period * 0.6, every);
}

void score_random(struct score *score, uint64_t seed)
{
    uint64_t counter = 0;
    score_init(score);
    for (int section = 0; section < 6; section++) {
        int lines = (int)draw(seed, &counter, 1, 6);
        for (int i = 0; i < lines; i++) {
            score_say(score, draw(seed, &counter, 0, 1) < 0.8 ? SCORE_LINE : SCORE_WORD);
            score_wait(score, draw(seed, &counter, 0.3, draw(seed, &counter, 0, 1) < 0.8 ? 3 : 9));
        }
        double kind = draw(seed, &counter, 0, 1);
        if (kind < 0.4)
            random_bout(score, seed, &counter);
        else
            score_wait(score, draw(seed, &counter, 2, 60));
        if (kind > 0.3)
            score_wait(score, draw(seed, &counter, 0, 2));
        if (kind > 0.9)
            score_chime(score, 4);
        if (draw(seed, &counter, 0, 1) < 0.5)
            random_touch(score, seed, &counter);
    }
    score_say(score, SCORE_LINE);
    score_end(score, draw(seed, &counter, 8, 15));
}
