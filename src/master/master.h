// SPDX-License-Identifier: GPL-3.0-or-later
// The last stage, the same for loudspeaker and file: live levels with ramps, pause and fault fades,
// limiter, final safety. What runs in an audio callback is marked RT: no allocation, lock, log or
// system call.
//
// Nothing starts or stops suddenly. A fresh master is silent until the first frame has passed the
// limiter's look-ahead and then rises over MASTER_RISE_FRAMES, at the start of a session as at
// every resume. A frame that is missing or bad enters the look-ahead as zeros, and the output has
// faded to silence by the time that it would be heard.
#ifndef LOOSEN_MASTER_H
#define LOOSEN_MASTER_H

#include "fade.h"
#include "limiter.h"
#include "ring.h"
#include <stdatomic.h>
#include <stdbool.h>

enum {
    MASTER_STEMS = 3,            // voice, scene, cue
    MASTER_STEM_CHANNELS = 6,    // stereo each
    MASTER_RISE_FRAMES = 12000,  // 250 ms: start, return from a pause or fault, level up
    MASTER_PAUSE_FRAMES = 4800,  // 100 ms: into a pause
    MASTER_LEVEL_FRAMES = 4800,  // 100 ms: a live level down by a gain of 1 (up: the rise)
    MASTER_REFILL_FRAMES = 4800, // that the ring must hold beyond a block before playing starts
};

#define MASTER_PEAK 0.8912f // -1 dBFS: no output sample is ever larger

// What the player may change while it runs; the callback reads it once a block. Plain atomics in
// shared memory.
struct master_controls {
    _Atomic float
        stem_db[MASTER_STEMS]; // live level of each stem: above -60, where it is off, to +12
    _Atomic int started;       // master_callback takes frames from the ring
    _Atomic int paused;        // fade out and hold the position; fade in on resume
    _Atomic int64_t
        hold_frame;    // pause, or end a closing fade, so that no frame from here on is taken
    _Atomic int close; // fade out over close_frames and then stay silent
    _Atomic int32_t close_frames; // 480 at least
    _Atomic int64_t later_frames; // by which the session ends later than was said when it began
};

// A change of the controls as the callback took it up: from the stems of `frame` on.
struct master_change {
    int64_t frame; // of the session
    int32_t stem;  // 0 .. MASTER_STEMS - 1: its level; MASTER_STEMS: a closing fade
    float value;   // dB; frames of the fade
};

enum { MASTER_CHANGES = 64 }; // that are kept

// The last changes, number n at index n % MASTER_CHANGES; read by the player often enough to miss
// none.
struct master_log {
    _Atomic int64_t count; // of all changes so far
    struct master_change changes[MASTER_CHANGES];
};

// What the callback counts; read by the player at any time.
struct master_counters {
    _Atomic int64_t consumed_frames;  // the session clock: session frames taken from the ring
    _Atomic int64_t played_frames;    // frames given to the device, silence included
    _Atomic int64_t tail_frames;      // of those, after the session's end or the closing fade
    _Atomic int64_t block_frames;     // the most that the device took at once
    _Atomic int64_t underruns;        // times the ring was empty while playing
    _Atomic int64_t device_underruns; // times the device said so
    _Atomic int64_t limited_blocks;   // blocks in which the limiter did anything
    _Atomic int64_t bad_frames;       // frames replaced: not finite, or absurdly loud
    struct master_log log;            // what it took from the controls
    _Atomic int silent;               // 1 once a pause or close fade has reached silence
};

struct master {
    struct limiter limiter;
    struct fade fade;
    float stem_db[MASTER_STEMS]; // the level that `target` was computed from; NAN: not read yet
    float target[MASTER_STEMS];  // gain, 0 .. 4
    float gain[MASTER_STEMS];    // present gain, on its way to `target`
    bool fresh;                  // no frame yet: levels need no ramp
    int32_t close_frames;        // of the closing fade under way; 0: none
    bool waiting;                // for the ring to fill
};

void master_controls_init(struct master_controls *controls);
void master_counters_init(struct master_counters *counters);
void master_init(struct master *master);

// Frames by which the output lags behind the stems (the limiter's look-ahead): an exporter drops
// this many at the start and feeds as many zero frames at the end.
int master_latency_frames(void);

// RT. The gain of a live level: 0 from -60 dB down, and when it is not a number; at most 12 dB.
float master_gain(float db);

// RT. Mix `frames` frames of stems (MASTER_STEM_CHANNELS floats each) to stereo. Every output
// sample is finite and at most MASTER_PEAK. With the controls at their initial values the result
// depends on the stems alone, whatever the block sizes.
void master_process(struct master *master, const struct master_controls *controls,
                    struct master_counters *counters, const float *stems, float *stereo,
                    size_t frames);

// RT. Ears come before everything: cut `count` samples at MASTER_PEAK; what is no number becomes 0.
void master_guard(float *samples, size_t count);

struct master_source {
    struct ring *ring;    // its counters are session frames
    int64_t total_frames; // of the session; silence follows, without an underrun being counted
    const _Atomic int64_t *later_frames; // to be added to it; NULL: none
};

// RT. The whole of an audio callback: take stems from the ring, master them, fill `stereo` with
// `frames` frames; count. Until `started`, while the ring has too little, in a pause and after
// closing it gives silence and takes nothing.
void master_callback(struct master *master, const struct master_source *source,
                     const struct master_controls *controls, struct master_counters *counters,
                     float *stereo, size_t frames);

#endif
