// SPDX-License-Identifier: GPL-3.0-or-later
// The narrator that speaks with espeak-ng, in a process of its own (narrator_worker.h).
#ifndef LOOSEN_ESPEAK_NARRATOR_H
#define LOOSEN_ESPEAK_NARRATOR_H

#include "digest.h"
#include "lexicon.h"
#include "narrator.h"

// Start the process and wait until it has loaded the voice. `voice` is copied; `lexicon` (NULL:
// none) is borrowed until narrator_free, and so is `stop` (NULL: none): once another thread sets
// it, this call and narrator_speak return STATUS_INTERRUPTED soon, also when the process hangs.
// STATUS_NARRATOR with a text for the user: no voice data, no such voice or variant. The narrator
// is for one thread at a time.
enum status espeak_narrator_new(struct narrator **narrator, const struct voice *voice,
                                const struct lexicon *lexicon, const _Atomic int *stop,
                                struct error *error);

// Look for the voice's data where the process will find them. Changes the environment for a moment:
// once, before there are threads.
void espeak_narrator_find_data(void);

// Of the library: "1.51".
const char *espeak_narrator_version(void);

// The SHA-256 of the library's data: phonemes, dictionaries, voices and variants. Which of them a
// voice uses only the library knows. STATUS_IO, STATUS_NOT_FOUND, STATUS_NO_MEMORY.
enum status espeak_narrator_data(char hex[DIGEST_SIZE], struct error *error);

#endif
