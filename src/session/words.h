// SPDX-License-Identifier: GPL-3.0-or-later
// The words that loosen speaks by itself in one language (scripts/LANG/words), and lengths of time
// in them.
#ifndef LOOSEN_WORDS_H
#define LOOSEN_WORDS_H

#include "buffer.h"
#include "node.h"

enum { WORDS_SCENES_MAX = 64, WORDS_FILLER_MAX = 40 };

// How captions tell of a scene.
struct words_scene {
    struct text name; // of the scene: "shore"
    struct text text;
};

// Words of one language that loosen says by itself: scripts/LANG/words.
struct words {
    struct text language;
    struct text side[SIDE_COUNT]; // "left", "right"
    struct text breathe_in;       // spoken on the first two breaths of a bout
    struct text breathe_out;
    struct text closing;                  // key "farewell": a listener ends a session early
    struct text notice_volume;            // printed below the safety notice
    struct text notice_begin;             // which keys confirm it, and leave
    struct text filler[WORDS_FILLER_MAX]; // "company 1": where nothing is said for long
    size_t filler_count;
    struct text number[100];  // number[12] = "twelve"; empty: not given
    struct text one_minute;   // "one minute"
    struct text minutes;      // "{n} minutes"
    struct text minutes_half; // "{n} and a half minutes"
    struct text about;        // "about {length}", for lengths that are no half minutes

    // For captions, which put them in brackets.
    struct text caption_in; // while the breath goes in
    struct text caption_out;
    struct text caption_hold;
    struct text caption_swell; // a breath goes on under a touch
    struct text caption_chime;
    struct text caption_quiet;                   // "quiet, {length}"
    struct words_scene scenes[WORDS_SCENES_MAX]; // those that the language knows
    size_t scene_count;
};

enum { WORDS_NUMBER_MOST = 90 }; // numbers up to the longest session's minutes are required

// How captions tell of the scene `name`; empty when the language has no words for it.
struct text words_scene(const struct words *words, struct text name);

// "quiet, two minutes": to the half minute.
void words_quiet(const struct words *words, int64_t length_frames, struct buffer *out);

// The same for what is left in the middle of a session of `length_frames`: to the half minute below
// four minutes, else to the minute.
void words_left(const struct words *words, int64_t length_frames, struct buffer *out);

// "ten minutes", "seven and a half minutes", "about eight minutes".
void words_length(const struct words *words, int64_t length_frames, struct buffer *out);

#endif
