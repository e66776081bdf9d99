// SPDX-License-Identifier: GPL-3.0-or-later
// The words that loosen speaks by itself in one language (scripts/LANG/words), and lengths of time
// in them.
#ifndef LOOSEN_WORDS_H
#define LOOSEN_WORDS_H

#include "buffer.h"
#include "choosing.h"
#include "node.h"

enum {
    WORDS_SCENES_FILE = 64, // of one file; a language's and an author's come together
    WORDS_SCENES_MAX = 2 * WORDS_SCENES_FILE,
    WORDS_FILLER_MAX = 40,
};

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
    struct text caption_quiet; // "quiet, {length}"

    // For lists of sessions.
    struct text list_title;    // above the first one
    struct text list_newcomer; // below: what the star says
    struct text list_range;    // "{least}-{most} min, usually {natural}"
    struct text list_needs;    // "you need {needs}"
    struct text list_yours;    // above the author's own sessions
    struct text list_replaces; // below one that is called as one of loosen's
    struct text newcomer;      // the id of the session that the star stands at
    struct text need[NEED_COUNT];
    struct text effort[EFFORT_COUNT]; // [EFFORT_UNKNOWN] is empty
    struct text talk[TALK_COUNT];
    struct text place[PLACE_COUNT]; // "chair": "in a chair"

    struct words_scene scenes[WORDS_SCENES_MAX]; // those that the language knows
    size_t scene_count;
};

enum { WORDS_NUMBER_MOST = 90 }; // numbers up to the longest session's minutes are required

// `pattern` with its placeholder replaced; as it is when it has none.
void words_fill(struct text pattern, struct text placeholder, struct text value,
                struct buffer *out);

// "6-30 min, usually 10", of the least, most and natural minutes.
enum { WORDS_RANGE_COUNT = 3 };
void words_range(const struct words *words, const int64_t minutes[WORDS_RANGE_COUNT],
                 struct buffer *out);

// How lists tell of a position: "chair" is "in a chair".
struct text words_place(const struct words *words, struct text name);

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
