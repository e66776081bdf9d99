// SPDX-License-Identifier: GPL-3.0-or-later
// All that a session can say at one length: every distinct text once, for the voice and as it is
// shown.
#ifndef LOOSEN_UTTERANCES_H
#define LOOSEN_UTTERANCES_H

#include "error.h"
#include "session_model.h"

// Where an utterance is shown otherwise than it is spoken: "{2|two}". Offsets and sizes are bytes.
struct respelling {
    size_t spoken_first, spoken_size;
    size_t shown_first, shown_size;
};

// One distinct text for the voice, and how captions show it.
struct utterance {
    struct text spoken; // cleaned: no controls, no "[["; not empty
    struct text shown;
    const struct respelling *respellings; // ascending; between them the two texts are the same
    size_t respelling_count;
    struct text file;   // of the first line that says it; empty: the language's words do
    struct place place; // of that line
};

enum { UTTERANCE_NONE = -1 };

// All that a session can say at one length, each distinct text once.
struct utterances {
    struct arena arena;
    struct utterance *items;
    size_t count;
    int *by_line; // [line_count * SIDE_COUNT]: utterance of line i on side s, or UTTERANCE_NONE
    int cue_in;   // utterance of words.breathe_in
    int cue_out;
    int closing; // utterance of words.closing, or UTTERANCE_NONE
    int *filler; // utterances of words.filler, in the arena
    size_t filler_count;
};

// Expand every line for a session of `length_frames`: "{length}" in words, "{side}" and "{other}"
// for each side that can occur. STATUS_NO_MEMORY or STATUS_OK. Free with utterances_free.
enum status utterances_build(struct utterances *utterances, const struct session *session,
                             int64_t length_frames, struct error *error);
void utterances_free(struct utterances *utterances);

// Add the words for an early end, which only a live session can need.
enum status utterances_add_closing(struct utterances *utterances, const struct session *session,
                                   struct error *error);

// Add the lines for a breath that is left to itself.
enum status utterances_add_filler(struct utterances *utterances, const struct session *session,
                                  struct error *error);

// Where a piece of what is spoken is shown: bytes *first and *size of `spoken` become those of
// `shown`, widened to whole respellings. False when nothing is shown for them, or they lie outside.
bool utterance_shown(const struct utterance *utterance, size_t *first, size_t *size);

// Index of what `line` says on `side` (SIDE_NONE outside @sides).
int utterances_find(const struct utterances *utterances, const struct node *line, enum side side);

#endif
