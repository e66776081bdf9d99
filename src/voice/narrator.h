// SPDX-License-Identifier: GPL-3.0-or-later
// What turns text into raw speech. espeak-ng is one (adapters/espeak_narrator.c); a narrator of
// tones is another (sound/tone_narrator.c), for tests that need no voice.
#ifndef LOOSEN_NARRATOR_H
#define LOOSEN_NARRATOR_H

#include "error.h"
#include "text.h"
#include <stdint.h>

struct voice {
    const char *name; // "en-us+klatt4"
    int rate;         // espeak's words-per-minute setting, 80 .. 450
    int pitch;        // 0 .. 99
    int range;        // 0 .. 99
    int word_gap;     // in 10 ms at rate 175
    int amplitude;    // 0 .. 100
};

// The settings of the default voice of a language ("en", "de"), by what was measured as gentle and
// well understood; never fails, unknown languages get LANG+klatt4.
struct voice voice_default(const char *language, char *name_memory, size_t name_size);

// Where in the sound the voice comes to a word, pauses before the word included. It may name none
// for words that it runs together.
struct narrator_mark {
    size_t sample;
    size_t first; // byte of the text that was given to narrator_speak
    size_t size;  // bytes of the word; > 0
};

// What became of one text; valid during the call that brings it.
struct narrator_sound {
    const int16_t *samples;
    size_t count;
    int sample_rate;                   // Hz
    const struct narrator_mark *marks; // ascending in sound and text, no two of one word
    size_t mark_count;
};

// One finished utterance, in order of completion, called in the narrator_speak thread, exactly once
// for each unless stopped. `count` 0 with `status` != STATUS_OK: the utterance is lost, after one
// retry sentence by sentence (STATUS_NARRATOR: the voice crashed or made no sound; STATUS_TIMEOUT:
// it took too long). Return false to stop early.
typedef bool narrator_done(void *context, size_t index, enum status status,
                           const struct narrator_sound *sound);

struct narrator; // each implementation embeds this as its first member

struct narrator_methods {
    // Speak texts[0..count); several at once where that is faster. The samples of a text depend on
    // nothing but the text and the voice. Blocks until all are done or `done` said stop
    // (STATUS_INTERRUPTED). A lost utterance is not a failure of the call; a voice that can't go on
    // is (STATUS_NARRATOR).
    enum status (*speak)(struct narrator *narrator, const struct text *texts, size_t count,
                         narrator_done *done, void *context, struct error *error);
    void (*free)(struct narrator *narrator);
};

struct narrator {
    const struct narrator_methods *methods;
    int restarts; // how often its process had to be replaced; to be counted and shown
    double cpu_s; // processor time of its processes so far
};

enum status narrator_speak(struct narrator *narrator, const struct text *texts, size_t count,
                           narrator_done *done, void *context, struct error *error);
void narrator_free(struct narrator *narrator); // NULL is fine

// A narrator whose clips are tones of 60 ms a byte of text, at 22050 Hz, with each word marked at
// its byte: a fake for tests that is a real implementation of the interface. An empty text is lost.
enum status tone_narrator_new(struct narrator **narrator, struct error *error);

#endif
