// SPDX-License-Identifier: GPL-3.0-or-later
// All levels that move in a session, as exact functions of the frame, made from its timeline: the
// bed's level (down under speech, up in long pauses and breath bouts) and its shade (darker under
// speech), breath and pacing, the fades at both ends, and the level of the whole.
#ifndef LOOSEN_AUTOMATION_H
#define LOOSEN_AUTOMATION_H

#include "swell.h"

#define AUTOMATION_PAUSE_FRAMES ((int64_t)5 * FRAME_RATE) // longer ones let the bed rise
#define AUTOMATION_FADE_DB (-60.0)
#define AUTOMATION_FIRST_DB (-3.0) // the first phrase of a session, and the bed under it

// A session that ends in sleep is so much softer at its first frame, and falls by so much more up
// to its last one: voice, scene and breath together, straight in dB.
#define AUTOMATION_SLEEP_DB (-4.0)
#define AUTOMATION_SLEEP_FALL_DB (-6.0)

// Above 2 kHz, where words are told apart, the scene is so much softer while the voice speaks, and
// moves there slowly. In a session that ends in sleep it also grows darker, evenly from first frame
// to last.
#define AUTOMATION_SHADE_DB (-4.0)
#define AUTOMATION_SHADE_SLOPE_DB 1.0 // a second
#define AUTOMATION_SLEEP_SHADE_DB (-8.0)

struct automation_config {
    struct scene_movement movement; // of what paces: scene or tone
    double bed_db;                  // offset of the whole bed
    double rise_db;                 // by which it rises where nobody speaks
};

struct automation {
    struct arena arena;
    struct bed_gain bed;
    struct bed_gain tilt;
    struct envelope breath;
    struct envelope pacing;
    enum ending ending;
    int64_t total_frames;
    int64_t lead_frames;
    int64_t tail_frames;
};

// What holds at one frame.
struct automation_values {
    double bed_db;   // around the level at which the scene's crest is as loud as speech allows
    double fade_db;  // of the bed: 0, and down to AUTOMATION_FADE_DB at both ends
    double shade_db; // of the scene's upper range: 0, or less
    double level_db; // of everything: 0, unless the session ends in sleep
    struct scene_swell swell;
};

// STATUS_OK or STATUS_NO_MEMORY. Until the lead is over the values depend on ending, total and
// lead alone, not on events. Free with automation_free.
enum status automation_build(struct automation *automation, const struct timeline *timeline,
                             const struct automation_config *config, struct error *error);
void automation_free(struct automation *automation);

// RT. The values at `frame`; cheap when frames are asked for in order.
struct automation_values automation_at(struct automation *automation, int64_t frame);

#endif
