// SPDX-License-Identifier: GPL-3.0-or-later
// The default voices of all languages, with a memory: each text is spoken once in a run of tests,
// and its length is known from then on. Whatever goes wrong fails the running test.
#ifndef LOOSEN_TEST_READER_H
#define LOOSEN_TEST_READER_H

#include "lexicon.h"
#include "session_load.h"

struct utterances;

struct narrator;

enum { READINGS_MAX = 8192, VOICES_MAX = 16 };

// Of one language.
struct reader_voice {
    char language[32];
    struct narrator *narrator;
    struct lexicon lexicon; // empty when the language needs none
};

struct reading {
    const struct reader_voice *voice;
    struct text spoken;
    int64_t frames;
};

struct reader {
    struct reader_voice voices[VOICES_MAX]; // opened when first needed
    size_t voice_count;
    struct arena arena; // the texts
    struct reading *readings;
    size_t count;
};

void reader_open(struct reader *reader);
void reader_close(struct reader *reader);

// The length of each utterance's clip, as the program plays it in that language. clip_frames:
// [utterances->count].
void reader_measure(struct reader *reader, struct text language,
                    const struct utterances *utterances, int64_t *clip_frames);

// The voice runs in a process of its own, which is this program started again: main of a test with
// a reader begins with this, and returns *result when it says true.
bool reader_is_worker(int argc, char **argv, int *result);

// For cmocka's groups: *state is an open reader.
int reader_set_up(void **state);
int reader_tear_down(void **state);

#endif
