// SPDX-License-Identifier: GPL-3.0-or-later
// The model of one scene recipe: plain data, made by the parser, read by the generator. The
// language is described in docs/scenes.md.
#ifndef LOOSEN_RECIPE_H
#define LOOSEN_RECIPE_H

#include "duration.h"
#include "noise.h"
#include "recording.h"

enum {
    RECIPE_LAYERS_MAX = 8,
    RECIPE_NAME_MAX = 32,     // bytes of a scene's or layer's name
    RECIPE_LINE_MAX = 1024,   // bytes
    RECIPE_SUMMARY_MAX = 100, // bytes
    RECIPE_NOTES_MAX = 8,     // of one layer
    RECIPE_GRAINS_MAX = 10,   // that may sound at once, on average
    RECIPE_FILES_MAX = 2,     // recordings
    RECIPE_PATH_MAX = 200,    // bytes of a recording's name
};

#define RECIPE_HZ_LEAST 20
#define RECIPE_HZ_MOST 20000
#define RECIPE_HIGHPASS_LEAST 40 // small loudspeakers rattle below
#define RECIPE_HIGHPASS_DEFAULT 45
#define RECIPE_WIDTH_DEFAULT 0.7
#define RECIPE_BREATH_DB_MOST \
    8                         // of the breath's swell: keeps the fastest paced breath below 6 dB/s
#define RECIPE_FREE_DB_MOST 6 // of the free swell
#define RECIPE_FREE_SLOPE_MOST 2.0 // dB a second
#define RECIPE_PERIOD_LEAST ((int64_t)4 * FRAME_RATE)
#define RECIPE_PERIOD_MOST ((int64_t)60 * FRAME_RATE)
#define RECIPE_DELAY_MOST ((int64_t)5 * FRAME_RATE)
#define RECIPE_ATTACK_LEAST frames_from_ms(20) // no crackle
#define RECIPE_ATTACK_MOST frames_from_ms(1000)
#define RECIPE_DECAY_LEAST frames_from_ms(40)
#define RECIPE_DECAY_MOST frames_from_ms(3000)
#define RECIPE_SAMPLE_FRAMES ((int64_t)10 * FRAME_RATE) // within 0.2 LU of a long measurement
#define RECIPE_SAMPLE_MOST ((int64_t)60 * FRAME_RATE)   // of a recording
#define RECIPE_MOVE_LEAST ((int64_t)10 * FRAME_RATE)
#define RECIPE_MOVE_MOST ((int64_t)120 * FRAME_RATE)

// Drops of water and the like.
struct recipe_grains {
    double rate;           // a second
    double pitch_hz[2];    // least and greatest
    int64_t attack_frames; // RECIPE_ATTACK_LEAST at least
    int64_t decay_frames;  // from the crest to -60 dB
};

// Tones that sound all the time.
struct recipe_chord {
    double note_hz[RECIPE_NOTES_MAX];
    int note_count;
    bool overtones;      // a chord's notes have one each, plain tones have none
    double beat_hz;      // mean rate
    int64_t move_frames; // mean length of one movement
};

// A recording, looped.
struct recipe_file {
    char path[RECIPE_PATH_MAX + 1]; // below the recipe's folder
    int column;                     // where it stands, for messages
    int64_t fade_frames;            // of the joint
    struct recording *recording;    // owned by the recipe; NULL until it is loaded
};

// What a layer begins with.
enum recipe_kind { RECIPE_NOISE, RECIPE_GRAINS, RECIPE_CHORD, RECIPE_RECORDING };

struct recipe_layer {
    char name[RECIPE_NAME_MAX + 1];
    int line; // where it stands, for messages
    enum recipe_kind kind;
    enum noise_colour colour;    // of RECIPE_NOISE
    struct recipe_grains grains; // of RECIPE_GRAINS
    struct recipe_chord chord;   // of RECIPE_CHORD
    struct recipe_file file;     // of RECIPE_RECORDING
    double highpass_hz;          // RECIPE_HIGHPASS_LEAST at least
    double lowpass_hz[2];        // at the trough and at the crest; 0: none
    double level_db;             // at mid-swell
    double breath_db;            // follow breath: crest over trough; 0: stays
    double free_db;              // else swell: crest over trough; 0: stays
    int64_t free_frames[2];      // its least and greatest period
    int64_t delay_frames;        // by which it follows later
};

struct scene_recipe {
    char name[RECIPE_NAME_MAX + 1];
    char summary[RECIPE_SUMMARY_MAX + 1]; // one line for a listing; may be empty
    struct recipe_layer layers[RECIPE_LAYERS_MAX];
    int layer_count;
    double width;    // 0 mono .. 1 independent left and right
    double drift_hz; // of the slow stereo drift; 0: none
};

#endif
