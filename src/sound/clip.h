// SPDX-License-Identifier: GPL-3.0-or-later
// Speech ready to be mixed: immutable 16-bit mono at 48 kHz, trimmed, polished and levelled. Its
// length is known before its sound is made.
#ifndef LOOSEN_CLIP_H
#define LOOSEN_CLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where a word begins to sound, and where it stands in the text that the clip speaks, as it is
// shown.
struct clip_mark {
    int64_t start_frame; // from the clip's first frame
    size_t first;        // byte of the text
    size_t size;         // bytes, without the punctuation around the word; > 0
};

// What the voice said, trimmed: what a clip is finished from.
struct clip_take {
    size_t count; // samples
    int rate;     // Hz; 0: the clip is finished
};

struct clip {
    int64_t frames;        // > 0
    int16_t *samples;      // [frames], full scale 32768; owned by the bank
    struct clip_take take; // until the clip is finished, its samples are these, at its beginning
    bool lost;             // the voice failed: silence about as long as the words would have taken
    struct clip_mark *marks; // owned by the bank; ascending in time and in the text, no two alike.
    size_t mark_count;       // A word of which the voice gave no certain place has none; may be 0
};

// The word that sounds at `frame` of the clip, or the last one that did; NULL before the first.
const struct clip_mark *clip_word_at(const struct clip *clip, int64_t frame);

// Clip u speaks utterance u.
struct clip_bank {
    struct clip *clips;
    size_t count;
};

void clip_bank_free(struct clip_bank *bank);

#endif
