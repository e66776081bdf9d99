// The model of one scene recipe: plain data, made by the parser, read by the generator. The language
// is described in docs/scenes.md.
#ifndef LOOSEN_RECIPE_H
#define LOOSEN_RECIPE_H

#include "noise.h"
#include "scene.h"

enum {
    RECIPE_LAYERS_MAX = 8,
    RECIPE_NAME_MAX = 32,   // bytes of a scene's or layer's name
    RECIPE_LINE_MAX = 1024, // bytes
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

struct recipe_layer {
    char name[RECIPE_NAME_MAX + 1];
    int line; // where it stands, for messages
    enum noise_colour colour;
    double highpass_hz;     // RECIPE_HIGHPASS_LEAST at least
    double lowpass_hz[2];   // at the trough and at the crest; 0: none
    double level_db;        // at mid-swell
    double breath_db;       // follow breath: crest over trough; 0: stays
    double free_db;         // else swell: crest over trough; 0: stays
    int64_t free_frames[2]; // its least and greatest period
    int64_t delay_frames;   // by which it follows later
};

struct scene_recipe {
    char name[RECIPE_NAME_MAX + 1];
    struct recipe_layer layers[RECIPE_LAYERS_MAX];
    int layer_count;
    double width;    // 0 mono .. 1 independent left and right
    double drift_hz; // of the slow stereo drift; 0: none
};

#endif
