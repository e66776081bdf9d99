// SPDX-License-Identifier: GPL-3.0-or-later
// An exported session as its files and its plan say it, and how parts of it are measured.
#ifndef LOOSEN_MIX_H
#define LOOSEN_MIX_H

#include <sndfile.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RATE = 48000, BLOCK = 4096, EVENTS_MAX = 20000, TEXT_MAX = 300 };

struct line {
    int64_t start, frames;
    char text[TEXT_MAX];           // its first bytes
    bool first, soft;              // soft: after 30 s without voice
    double voice_lufs, scene_lufs; // NAN: too short to say
};

struct phase {
    int64_t start, frames;
    bool in, out; // neither: a hold
    int cycle;    // of its bout or touch
};

struct chime {
    int64_t start, frames;
};

struct mix {
    SNDFILE *mix, *voice, *scene, *cue;
    SNDFILE *waves; // what paces: the scene, or the cue where there is none
    SNDFILE *plain; // the scene without --clear; NULL: was not asked for
    bool has_scene;
    int64_t total, lead, tail;
    bool sleep;
    struct line lines[EVENTS_MAX];
    struct phase phases[EVENTS_MAX];  // of bouts
    struct phase touches[EVENTS_MAX]; // of breaths that accompany a touch
    struct chime chimes[EVENTS_MAX];
    size_t line_count, phase_count, touch_count, chime_count;
    int faults;
};

// A file that can't be used ends the program.
_Noreturn void die(const char *what, const char *name);

// names: MIX VOICE SCENE CUE PLAN.json; `plain` may be NULL.
void mix_open(struct mix *mix, char **names, const char *plain);
void mix_close(struct mix *mix);

void fault(struct mix *mix, const char *format, ...) __attribute__((format(printf, 2, 3)));
void between(struct mix *mix, const char *what, double value, double least, double most);

// Up to BLOCK frames from where the file stands; how many there were.
size_t read_some(SNDFILE *file, float *stereo, int64_t frames);

// Integrated loudness of a window, LUFS; at least 0.4 s.
double loudness(SNDFILE *file, int64_t start, int64_t frames);

// Its power in dB, and that of silence -200.
double power_db(SNDFILE *file, int64_t start, int64_t frames);

// What a session that ends in sleep is meant to have lost at this frame, dB.
double sleep_db(const struct mix *mix, int64_t frame);

#endif
