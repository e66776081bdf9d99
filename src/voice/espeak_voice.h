// SPDX-License-Identifier: GPL-3.0-or-later
// The voice inside the narrator process: everything that touches libespeak-ng. One per process.
#ifndef LOOSEN_ESPEAK_VOICE_H
#define LOOSEN_ESPEAK_VOICE_H

#include "error.h"
#include "narrator.h"
#include "narrator_protocol.h"

// Initialise the library and load the voice with its settings. STATUS_NARRATOR: the data are
// missing, or there is no such voice or variant.
enum status espeak_voice_load(const struct voice *voice, struct error *error);

// Where the samples of one utterance go.
struct espeak_take {
    int16_t *samples; // caller's memory
    size_t capacity;  // samples that fit
    size_t count;     // samples made
    bool full;        // there would have been more: synthesis was stopped
    int rate;         // Hz

    struct narrator_word *words; // caller's memory
    size_t word_capacity;
    size_t word_count; // words begun; above the capacity: `words` has only the first ones
};

// Speak a null-terminated text ("[[...]]" are phonemes) into `take`. Leaves the library in another
// state than it was: to be called once, in a forked child. False when the library says it failed.
bool espeak_voice_speak(const char *text, struct espeak_take *take);

// Of the library, which need not be initialised for it.
const char *espeak_voice_version(void);

// Look for the library's data as the narrator process does, which has no HOME (other data may lie
// there). Changes the environment for a moment: once, before there are threads.
void espeak_voice_find_folder(void);

// What was found. The library need not be initialised for it.
const char *espeak_voice_folder(void);

#endif
