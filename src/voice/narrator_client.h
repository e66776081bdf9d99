// SPDX-License-Identifier: GPL-3.0-or-later
// The player's side of the narrator process: starts it, asks it, and replaces it when it fails.
#ifndef LOOSEN_NARRATOR_CLIENT_H
#define LOOSEN_NARRATOR_CLIENT_H

#include "lexicon.h"
#include "narrator.h"
#include "narrator_protocol.h"
#include "worker.h"

struct narrator_reply {
    struct narrator_result head;
    int16_t samples[NARRATOR_SAMPLES_MAX];
};

enum { NARRATOR_NAME_MAX = 128 };

struct narrator_client {
    struct voice voice; // name is voice_name
    char voice_name[NARRATOR_NAME_MAX];
    const struct lexicon *lexicon; // borrowed; may be NULL
    const _Atomic int *stop;       // borrowed; may be NULL
    struct worker worker;
    struct narrator_reply *reply; // owned; the newest result
    int restarts;                 // how often the process was replaced because it failed
    double cpu_s;                 // processor time that it told of, all restarts together
};

// Start the process and wait until it has loaded the voice; fails as espeak_narrator_new does, and
// is to be closed all the same.
enum status narrator_client_open(struct narrator_client *client, const struct voice *voice,
                                 const struct lexicon *lexicon, const _Atomic int *stop,
                                 struct error *error);
void narrator_client_close(struct narrator_client *client);

// One result, in order of completion; valid during the call, and without sound unless
// OUTCOME_SPOKEN. Return false to stop.
typedef bool narrator_client_take(void *context, size_t index, enum narrator_outcome outcome,
                                  const struct narrator_sound *sound);

// Have texts[0..count) spoken. A process that dies or hangs is replaced once a call and asked for
// what is missing; STATUS_NARRATOR when that does not help, STATUS_INTERRUPTED when `take` stopped
// or `stop` was set.
enum status narrator_client_ask(struct narrator_client *client, const struct text *texts,
                                size_t count, narrator_client_take *take, void *context,
                                struct error *error);

#endif
