// SPDX-License-Identifier: GPL-3.0-or-later
// The voice: clips of a bank placed at exact frames, with ramps at both ends and softer beginnings.
#ifndef LOOSEN_PLAYBACK_H
#define LOOSEN_PLAYBACK_H

#include "arena.h"
#include "clip.h"
#include "error.h"
#include "timeline.h"

#define PLAYBACK_RAMP_FRAMES (FRAME_RATE / 40) // 25 ms at each end of a clip
// After so long without voice a sentence begins softly: so many dB down for so long, then back over
// the ramp.
#define PLAYBACK_SILENCE_FRAMES ((int64_t)30 * FRAME_RATE)
#define PLAYBACK_SOFT_DB (-4.0)
#define PLAYBACK_SOFT_FRAMES (FRAME_RATE * 6 / 10)
#define PLAYBACK_SOFT_RAMP_FRAMES (FRAME_RATE / 2)

struct placed_clip {
    int64_t start_frame;
    int64_t frames;         // that are heard
    int64_t clip_frames;    // of the whole clip
    const int16_t *samples; // borrowed from the bank
    float gain;             // of the whole clip
    bool soft;              // begins softly
    bool cut;               // ends before its clip does
};

struct playback {
    struct placed_clip *clips; // in the arena, in order of start
    size_t count;
    size_t at; // first that may not have ended
};

// Place the timeline's speech; an event that is shorter than its clip cuts it off with a ramp of
// PLAYBACK_RAMP_FRAMES, without a change to what comes before; utterances that the bank does not
// have are silent. STATUS_NO_MEMORY. `first_db` is the level of the first phrase.
enum status playback_build(struct playback *playback, struct arena *arena,
                           const struct timeline *timeline, const struct clip_bank *bank,
                           double first_db, struct error *error);

// RT. Add the voice of frames frame .. frame + count to both channels of `stems` (`stride` floats a
// frame). Frames must be asked for in order; playback_rewind goes back to 0.
void playback_render(struct playback *playback, int64_t frame, size_t count, float *stems,
                     size_t stride);
void playback_rewind(struct playback *playback);

#endif
