// SPDX-License-Identifier: GPL-3.0-or-later
// All that a session says, as clips, which a thread of its own makes.
#ifndef LOOSEN_SPEECH_H
#define LOOSEN_SPEECH_H

#include "clip_maker.h"
#include "utterances.h"
#include "voice_choice.h"
#include <pthread.h>

// Which clips get their sound. A listener may change what is said, an export says what its timeline
// does.
enum speech_clips { SPEECH_CLIPS_ALL, SPEECH_CLIPS_OF_TIMELINE };

// All borrowed until speech_free.
struct speech_config {
    const struct settings *settings;
    const struct data_folders *folders;
    struct text language;
    const struct utterances *utterances;
    enum speech_clips clips;
};

// Begins zeroed. While the thread runs, all up to `thread` is that thread's.
struct speech {
    struct speech_config config;
    struct lexicon lexicon;
    struct narrator *narrator;
    struct clip_bank bank; // a clip for each utterance
    struct clip_maker_report report;
    enum status status;
    struct error error;
    pthread_t thread;
    bool running;
    _Atomic int stop; // set to end the thread early
    _Atomic int done; // set by the thread when all is spoken
};

// Begin to speak every utterance: the planner wants to know the length of all clips.
enum status speech_start(struct speech *speech, const struct speech_config *config,
                         struct error *error);

// Whether speech_wait would return at once.
bool speech_is_ready(const struct speech *speech);

// Wait until every clip is there, and end the thread. STATUS_NARRATOR when lines are missing that
// must not be: speech is never replaced by silence unsaid. STATUS_INTERRUPTED after a signal.
enum status speech_wait(struct speech *speech, struct error *error);

// Finish the clips of a timeline that still need it.
enum status speech_finish(struct speech *speech, const struct timeline *timeline,
                          struct error *error);

// The lengths of all clips; the array is the caller's, NULL when out of memory.
int64_t *speech_clip_frames(const struct speech *speech);

// End the thread, if there is one, and free all.
void speech_free(struct speech *speech);

#endif
