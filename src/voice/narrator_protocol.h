// SPDX-License-Identifier: GPL-3.0-or-later
// What the player and its narrator process say to each other: messages of worker.h whose bodies are
// these structs, in the byte order of the machine, since both ends are one program.
#ifndef LOOSEN_NARRATOR_PROTOCOL_H
#define LOOSEN_NARRATOR_PROTOCOL_H

#include <stdint.h>

enum narrator_message {
    NARRATOR_READY,   // worker: the voice is loaded; no body
    NARRATOR_FAILED,  // worker: it can't be; body: text for the user
    NARRATOR_REQUEST, // player: struct narrator_request, then the text
    NARRATOR_RESULT,  // worker: struct narrator_result, then 16-bit samples
};

enum narrator_outcome {
    OUTCOME_SPOKEN,
    OUTCOME_CRASHED, // the child died
    OUTCOME_SLOW,    // the child took more than NARRATOR_WALL_MS or NARRATOR_CPU_S
    OUTCOME_ENDLESS, // more than NARRATOR_AUDIO_S of sound
    OUTCOME_MUTE,    // no sound, or too little for a text with letters
};

// Limits of one utterance and of the conversation.
enum {
    NARRATOR_TEXT_MAX = 4096,  // bytes of a request's text, phonemes included
    NARRATOR_REASON_MAX = 400, // bytes of NARRATOR_FAILED
    NARRATOR_WALL_MS = 10 * 1000,
    NARRATOR_CPU_S = 10,
    NARRATOR_MEMORY_MIB = 512, // beyond what the process had before
    NARRATOR_AUDIO_S = 120,
    NARRATOR_RATE_MAX = 22050, // Hz; every voice of espeak-ng has this or less
    NARRATOR_MUTE_MS = 30,     // a spoken letter has more sound than that ...
    NARRATOR_MUTE_PEAK = 33,   // ... above -60 dBFS
    NARRATOR_JOBS_MAX = 8,     // children at once
    NARRATOR_WINDOW = 16,      // requests under way; all of them fit into the socket at once
    NARRATOR_SAMPLES_MAX = NARRATOR_AUDIO_S * NARRATOR_RATE_MAX,
    NARRATOR_WORDS_MAX = 512, // marks of one utterance; 1,000 bytes of text have fewer words
};

struct narrator_request {
    uint32_t id;
};

// The voice begins a word of the request's text.
struct narrator_word {
    uint32_t sample;
    uint32_t character; // 0-based
};

struct narrator_result {
    uint32_t id;
    uint32_t outcome; // enum narrator_outcome
    uint32_t rate;    // Hz
    uint32_t count;   // samples that follow
    uint32_t cpu_us;  // of the process and its children, since the last result
    uint32_t word_count;
    struct narrator_word words[NARRATOR_WORDS_MAX];
};

#endif
