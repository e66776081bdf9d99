// The last stage, the same for loudspeaker and file: live levels with ramps, pause and fault fades,
// limiter, final safety. Everything here may run in an audio callback (RT): no allocation, lock,
// log or system call.
#ifndef LOOSEN_MASTER_H
#define LOOSEN_MASTER_H

#include "limiter.h"
#include "ring.h"
#include <stdbool.h>

enum { MASTER_STEMS = 3, MASTER_STEM_CHANNELS = 6 }; // voice, scene, cue; stereo each

// What the player may change while it runs; the callback reads it once a block. Plain atomics in
// shared memory.
struct master_controls {
    _Atomic float stem_db[MASTER_STEMS]; // live level of each stem, -60 .. +12; ramped
    _Atomic int paused;                  // fade out and hold the position; fade in on resume
    _Atomic int close;                   // fade out over close_frames and then stay silent
    _Atomic int32_t close_frames;
};

// What the callback counts; read by the player at any time.
struct master_counters {
    _Atomic int64_t consumed_frames;  // session frames taken from the ring: the session clock
    _Atomic int64_t played_frames;    // frames given to the device, silence included
    _Atomic int64_t underruns;        // times the ring was empty while playing
    _Atomic int64_t device_underruns; // times the device said so
    _Atomic int64_t limited_blocks;   // blocks in which the limiter did anything
    _Atomic int64_t bad_samples;      // non-finite samples replaced
    _Atomic int silent;               // 1 once a pause or close fade has reached silence
};

struct master {
    struct limiter limiter;
    float gain[MASTER_STEMS];   // current, ramped towards the controls
    float fade;                 // pause/close fade, 0 .. 1
    bool started;
};

void master_controls_init(struct master_controls *controls);
void master_init(struct master *master);

// Frames by which the output lags behind the stems (the limiter's look-ahead): an exporter drops
// this many at the start and feeds as many zero frames at the end.
int master_latency_frames(void);

// RT. Mix `frames` frames of stems (MASTER_STEM_CHANNELS floats each) to stereo. Every output sample
// is finite and at most -1 dBFS. With the controls at their initial values the result depends on
// the stems alone, whatever the block sizes.
void master_process(struct master *master, const struct master_controls *controls,
                    struct master_counters *counters, const float *stems, float *stereo,
                    size_t frames);

// RT. The whole of an audio callback: take stems from the ring, master them, fill `stereo` with
// `frames` frames; fades on underrun, pause and close; counts. `ended` frames: the session's total,
// after which silence follows without an underrun being counted.
struct master_source {
    struct ring *ring;
    int64_t total_frames; // session length; the ring's counters reach total + latency at the end
};
void master_callback(struct master *master, const struct master_source *source,
                     const struct master_controls *controls, struct master_counters *counters,
                     float *stereo, size_t frames);

#endif
