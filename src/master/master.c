// SPDX-License-Identifier: GPL-3.0-or-later
// Levels, fades and the limiter are applied to each frame of the stems, and all is counted.
#include "master.h"

#include "quad.h"
#include <math.h>
#include <string.h>

enum {
    PIECE_FRAMES =
        256, // at most at once: the callback's memory is fixed, and all stages find a piece
             // in the processor's nearest memory
    CLOSE_FRAMES_LEAST = 480,
};

static const float rise_step = 1.0f / MASTER_RISE_FRAMES; // of gain a frame
static const float fall_step = 1.0f / MASTER_LEVEL_FRAMES;
static const float sample_most = 32.0f; // more than +30 dBFS is nothing that we render

void master_controls_init(struct master_controls *controls)
{
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        atomic_init(&controls->stem_db[stem], 0.0f);
    atomic_init(&controls->started, 0);
    atomic_init(&controls->paused, 0);
    atomic_init(&controls->hold_frame, INT64_MAX);
    atomic_init(&controls->close, 0);
    atomic_init(&controls->close_frames, CLOSE_FRAMES_LEAST);
    atomic_init(&controls->later_frames, 0);
}

void master_counters_init(struct master_counters *counters)
{
    atomic_init(&counters->consumed_frames, 0);
    atomic_init(&counters->played_frames, 0);
    atomic_init(&counters->tail_frames, 0);
    atomic_init(&counters->block_frames, 0);
    atomic_init(&counters->underruns, 0);
    atomic_init(&counters->device_underruns, 0);
    atomic_init(&counters->limited_blocks, 0);
    atomic_init(&counters->bad_frames, 0);
    atomic_init(&counters->silent, 0);
    atomic_init(&counters->log.count, 0);
}

void master_init(struct master *master)
{
    limiter_init(&master->limiter);
    fade_init(&master->fade, LIMITER_DELAY_FRAMES);
    for (int stem = 0; stem < MASTER_STEMS; stem++) {
        master->stem_db[stem] = NAN;
        master->target[stem] = 1.0f;
        master->gain[stem] = 1.0f;
    }
    master->fresh = true;
    master->close_frames = 0;
    master->waiting = true;
}

int master_latency_frames(void)
{
    return LIMITER_DELAY_FRAMES;
}

// The callback is the only writer of the counters.
static void count(_Atomic int64_t *counter, size_t amount)
{
    int64_t before = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, before + (int64_t)amount, memory_order_relaxed);
}

static void count_block(struct master_counters *counters, size_t frames)
{
    if ((int64_t)frames > atomic_load_explicit(&counters->block_frames, memory_order_relaxed))
        atomic_store_explicit(&counters->block_frames, (int64_t)frames, memory_order_relaxed);
    count(&counters->played_frames, frames);
}

float master_gain(float db)
{
    if (!(db > -60.0f)) // also when it is not a number
        return 0.0f;
    return powf(10.0f, (db < 12.0f ? db : 12.0f) / 20.0f);
}

// Returns a bit for each stem whose level is another.
static int read_levels(struct master *master, const struct master_controls *controls)
{
    int changed = 0;
    for (int stem = 0; stem < MASTER_STEMS; stem++) {
        float db = atomic_load_explicit(&controls->stem_db[stem], memory_order_relaxed);
        if (db == master->stem_db[stem])
            continue;
        changed |= 1 << stem;
        master->stem_db[stem] = db;
        master->target[stem] = master_gain(db);
        if (master->fresh)
            master->gain[stem] = master->target[stem];
    }
    return changed;
}

static void note(struct master_log *log, struct master_change change)
{
    int64_t count = atomic_load_explicit(&log->count, memory_order_relaxed);
    log->changes[count % MASTER_CHANGES] = change;
    atomic_store_explicit(&log->count, count + 1, memory_order_release);
}

// Say which controls are taken up at `frame`.
static void note_changes(struct master *master, const struct master_controls *controls, int changed,
                         struct master_log *log, int64_t frame)
{
    for (int32_t stem = 0; stem < MASTER_STEMS; stem++)
        if (changed & 1 << stem)
            note(log, (struct master_change){frame, stem, master->stem_db[stem]});
    if (!atomic_load_explicit(&controls->close, memory_order_acquire))
        return;
    int32_t frames = atomic_load_explicit(&controls->close_frames, memory_order_relaxed);
    if (frames != master->close_frames)
        note(log, (struct master_change){frame, MASTER_STEMS, (float)frames});
    master->close_frames = frames;
}

// How the fade moves a frame: down when closing or paused, else up.
static int32_t read_step(const struct master_controls *controls)
{
    if (atomic_load_explicit(&controls->close, memory_order_acquire)) {
        int32_t frames = atomic_load_explicit(&controls->close_frames, memory_order_relaxed);
        return -fade_step(frames > CLOSE_FRAMES_LEAST ? frames : CLOSE_FRAMES_LEAST);
    }
    if (atomic_load_explicit(&controls->paused, memory_order_relaxed))
        return -fade_step(MASTER_PAUSE_FRAMES);
    return fade_step(MASTER_RISE_FRAMES);
}

static void move_gain(float *gain, float target)
{
    float distance = target - *gain;
    if (distance > rise_step)
        *gain += rise_step;
    else if (distance < -fall_step)
        *gain -= fall_step;
    else
        *gain = target;
}

static bool is_good(float sample)
{
    return fabsf(sample) <= sample_most; // false also when it is not a number
}

// How many frames come before the first bad one.
static size_t good_frames(const float *stems, size_t frames)
{
    size_t at = 0;
    while (at < MASTER_STEM_CHANNELS * frames && is_good(stems[at]))
        at++;
    return at / MASTER_STEM_CHANNELS;
}

static bool is_steady(const struct master *master)
{
    bool steady = true;
    for (int stem = 0; stem < MASTER_STEMS; stem++)
        steady &= master->gain[stem] == master->target[stem];
    return steady;
}

static void mix_frame(const float gain[MASTER_STEMS], const float *stems, float *stereo)
{
    for (size_t c = 0; c < 2; c++)
        stereo[c] = stems[c] * gain[0] + stems[2 + c] * gain[1] + stems[4 + c] * gain[2];
}

// Two frames are three quads: voice and scene, cue and the next voice, the next scene and cue.
// False when any frame was bad: seen in the same loop, since none is as a rule.
static bool mix_steady(const float gain[MASTER_STEMS], const float *stems, float *stereo,
                       size_t frames)
{
    quad_int good = {-1, -1, -1, -1};
    const quad gains[3] = {{gain[0], gain[0], gain[1], gain[1]},
                           {gain[2], gain[2], gain[0], gain[0]},
                           {gain[1], gain[1], gain[2], gain[2]}};
    size_t f = 0;
    for (; f + 2 <= frames; f += 2, stems += 2 * MASTER_STEM_CHANNELS) {
        const quad a = quad_load(stems), b = quad_load(stems + 4), c = quad_load(stems + 8);
        good &=
            quad_within(a, sample_most) & quad_within(b, sample_most) & quad_within(c, sample_most);
        quad_store(stereo + 2 * f, quad_mix(a * gains[0], b * gains[1], c * gains[2]));
    }
    if (f < frames) {
        mix_frame(gain, stems, stereo + 2 * f);
        if (good_frames(stems, 1) == 0)
            return false;
    }
    return good[0] & good[1] & good[2] & good[3];
}

// Mix frames up to the first bad one; returns how many.
static size_t mix(struct master *master, const float *stems, float *stereo, size_t frames)
{
    if (is_steady(master) && mix_steady(master->gain, stems, stereo, frames))
        return frames;
    const size_t good = good_frames(stems, frames);
    for (size_t f = 0; f < good; f++) {
        for (int stem = 0; stem < MASTER_STEMS; stem++)
            move_gain(&master->gain[stem], master->target[stem]);
        mix_frame(master->gain, stems + f * MASTER_STEM_CHANNELS, stereo + 2 * f);
    }
    return good;
}

void master_guard(float *samples, size_t count)
{
    int high = 0;
    for (size_t i = 0; i < count; i++)
        high |= !(fabsf(samples[i]) <= MASTER_PEAK);
    for (size_t i = 0; high && i < count; i++) {
        float sample = samples[i];
        if (fabsf(sample) <= MASTER_PEAK)
            continue;
        samples[i] = sample > 0.0f ? MASTER_PEAK : sample < 0.0f ? -MASTER_PEAK : 0.0f;
    }
}

// True when the limiter did anything.
static bool finish(struct master *master, int32_t step, float *stereo, size_t frames)
{
    bool limited = limiter_process(&master->limiter, stereo, frames);
    fade_process(&master->fade, step, stereo, frames);
    master_guard(stereo, 2 * frames); // cannot act unless a stage before it is broken
    return limited;
}

static void render(struct master *master, int32_t step, struct master_counters *counters,
                   const float *stems, float *stereo, size_t frames)
{
    bool limited = false;
    master->fresh = false;
    for (size_t done = 0; done < frames;) {
        const float *from = stems + done * MASTER_STEM_CHANNELS;
        float *to = stereo + 2 * done;
        size_t left = frames - done;
        size_t mixed = mix(master, from, to, left < PIECE_FRAMES ? left : PIECE_FRAMES);
        if (mixed == 0) {
            memset(to, 0, 2 * sizeof(float));
            fade_down(&master->fade, LIMITER_DELAY_FRAMES + 1);
            count(&counters->bad_frames, 1);
            mixed = 1;
        }
        limited |= finish(master, step, to, mixed);
        done += mixed;
    }
    count(&counters->limited_blocks, limited);
}

void master_process(struct master *master, const struct master_controls *controls,
                    struct master_counters *counters, const float *stems, float *stereo,
                    size_t frames)
{
    read_levels(master, controls);
    render(master, read_step(controls), counters, stems, stereo, frames);
}

// Session frames that are still to be taken.
static int64_t frames_left(const struct master_source *source)
{
    int64_t later =
        source->later_frames ? atomic_load_explicit(source->later_frames, memory_order_relaxed) : 0;
    return source->total_frames + later -
           atomic_load_explicit(&source->ring->consumed, memory_order_relaxed);
}

// Whether the ring holds enough to begin with in a callback of `frames`, or all that is left.
static bool is_filled(const struct master_source *source, size_t frames)
{
    const struct ring *ring = source->ring;
    int64_t wanted = frames_left(source);
    if (wanted > MASTER_REFILL_FRAMES + (int64_t)frames)
        wanted = MASTER_REFILL_FRAMES + (int64_t)frames;
    if (wanted > ring->capacity / 2)
        wanted = ring->capacity / 2;
    return (int64_t)ring_available(ring) >= wanted;
}

// True while there is silence to give and nothing to take. Ends a wait for the ring.
static bool is_resting(struct master *master, const struct master_source *source,
                       const struct master_controls *controls, int32_t step, size_t frames)
{
    if (master->fade.position > 0)
        return false;
    if (step < 0)
        return true;
    if (!master->waiting)
        return false;
    if (!atomic_load_explicit(&controls->started, memory_order_acquire) ||
        !is_filled(source, frames))
        return true;
    master->waiting = false;
    fade_down(&master->fade, LIMITER_DELAY_FRAMES);
    return false;
}

// Up to `frames` frames of one kind: from the ring, or zeros after the end and while it is empty.
static size_t take(struct master *master, const struct master_source *source,
                   struct master_counters *counters, float *stems, size_t frames)
{
    size_t taken = master->waiting ? 0 : ring_read(source->ring, stems, frames);
    if (taken > 0)
        return taken;
    memset(stems, 0, sizeof(float) * MASTER_STEM_CHANNELS * frames);
    if (frames_left(source) <= 0) {
        count(&counters->tail_frames, frames);
        return frames;
    }
    if (!master->waiting)
        count(&counters->underruns, 1);
    master->waiting = true;
    fade_down(&master->fade, LIMITER_DELAY_FRAMES + 1);
    return frames;
}

// Frames of the next piece: none of it lies after a fade's last frame.
static size_t piece_frames(const struct master *master, int32_t step, int64_t until_hold,
                           size_t frames)
{
    if (frames > PIECE_FRAMES)
        frames = PIECE_FRAMES;
    if (until_hold > 0 && (int64_t)frames > until_hold)
        frames = (size_t)until_hold;
    if (step >= 0)
        return frames;
    size_t left = fade_frames_left(&master->fade, step);
    return frames < left ? frames : left;
}

// Frames that may be taken before the pause at `hold_frame` has to begin.
static int64_t frames_until_hold(const struct master_controls *controls,
                                 const struct master_source *source)
{
    return atomic_load_explicit(&controls->hold_frame, memory_order_acquire) - MASTER_PAUSE_FRAMES -
           atomic_load_explicit(&source->ring->consumed, memory_order_relaxed);
}

void master_callback(struct master *master, const struct master_source *source,
                     const struct master_controls *controls, struct master_counters *counters,
                     float *stereo, size_t frames)
{
    float stems[PIECE_FRAMES * MASTER_STEM_CHANNELS];
    int changed = read_levels(master, controls);
    note_changes(master, controls, changed, &counters->log,
                 atomic_load_explicit(&source->ring->consumed, memory_order_relaxed));
    const int32_t wanted_step = read_step(controls);
    const int32_t hold_step = -fade_step(MASTER_PAUSE_FRAMES); // a long closing fade is held, too
    int32_t step = wanted_step;
    bool closing = atomic_load_explicit(&controls->close, memory_order_relaxed);
    size_t done = 0;
    while (done < frames) {
        int64_t until_hold = frames_until_hold(controls, source);
        step = wanted_step > hold_step && until_hold <= 0 ? hold_step : wanted_step;
        if (is_resting(master, source, controls, step, frames))
            break;
        size_t piece = piece_frames(master, step, until_hold, frames - done);
        piece = take(master, source, counters, stems, piece);
        render(master, step, counters, stems, stereo + 2 * done, piece);
        done += piece;
    }
    memset(stereo + 2 * done, 0, 2 * sizeof(float) * (frames - done));
    if (closing)
        count(&counters->tail_frames, frames - done);
    atomic_store_explicit(&counters->consumed_frames,
                          atomic_load_explicit(&source->ring->consumed, memory_order_relaxed),
                          memory_order_relaxed);
    atomic_store_explicit(&counters->silent, step < 0 && master->fade.position == 0,
                          memory_order_release);
    count_block(counters, frames);
}
